"""Awards with more sets of evidence than are written down: what is best can be told by counting pieces alone."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apprenticeship.credit import large
from tests.apprenticeship.credit.agreements import Request
from tests.apprenticeship.credit.dense import AS_OF
from tests.oracle.worlds import RandomWorld
from tests.thoroughness import examples

Tree = dict[str, Any]
PIECES = 12
ENTRY = 100

Asked = list[tuple[int, float]]
"""For each award how many pieces it needs, whichever, and its credits."""


def request(asked: Asked, way: str) -> Request:
    names = [f"m{number:02}" for number in range(PIECES)]
    awards = [
        {
            "id": f"a{number}",
            "course": f"MFG {number}",
            "title": f"Course {number}",
            "credits": worth,
            "when": {"credentials": needed} if way == "any" else {"hours": needed * ENTRY - 30, "in": "ojl"},
        }
        for number, (needed, worth) in enumerate(asked)
    ]
    head = {"id": "agreement", "college": "Lakeside", "effective": {"from": "2017-01-15"}}
    agreement = {"journeymark": 1, "agreement": {**head, "program": {"title": "Machining"}}, "awards": awards}
    shown = [{"credential": name} if way == "any" else {"hours": ENTRY, "in": "ojl"} for name in names]
    evidence = [
        {"id": f"e{number:02}", "on": "2025-05-09", "status": "verified", **one}
        for number, one in enumerate(shown)
    ]
    record = {
        "journeymark": 1,
        "record": {
            "person": {"id": "a", "name": "Ada Tran"},
            "enrolments": [{"program": "p", "registered": "2020-01-06"}],
            "evidence": evidence,
        },
    }
    world = RandomWorld([large.framework(names), large.program()], record, AS_OF)
    return Request(world, agreement)


def best_of(asked: Asked) -> float:
    """The most credits of awards that together need no more pieces than there are."""
    return max(
        sum(worth for _, worth in chosen)
        for size in range(len(asked) + 1)
        for chosen in combinations(asked, size)
        if sum(needed for needed, _ in chosen) <= PIECES
    )


@pytest.mark.parametrize("way", ["any", "hours"])
@given(asked=st.lists(st.tuples(st.integers(2, 7), st.sampled_from([1.5, 2, 3, 4])), min_size=1, max_size=7))
@examples(8)
def test_awards_content_with_any_pieces_are_given_as_if_pieces_were_counted(way: str, asked: Asked) -> None:
    answer = request(asked, way).asked().answer()
    assert answer.credits == round(best_of(asked) * 100)
    assert answer.search.proven
    used = [piece for given_ in answer.best.given for piece in given_.evidence]
    assert len(used) == len(set(used)) == answer.best.pieces
    for given_ in answer.best.given:
        needed, _ = asked[int(given_.award.id[1:])]
        assert len(given_.evidence) == needed, "no piece that could be left out"


def test_that_not_all_sets_were_written_down_is_said() -> None:
    answer = request([(6, 3), (6, 3), (6, 3)], "any").asked().answer()
    assert answer.search.bounded
    assert answer.search.proven
    assert answer.best.ids == ("a0", "a1")
