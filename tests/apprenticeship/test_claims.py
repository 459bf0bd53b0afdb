"""What a claim may say: refused at its field in words, and never left to the database to refuse."""

from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import date
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.evidence.checking import FIELDS, check_claim
from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.refusals import Invalid
from tests.thoroughness import examples

TODAY = date(2026, 11, 21)
HOURS = {"kind": EvidenceKind.HOURS, "subject": None, "minutes": 60, "work_process": "milling"}
COURSE = {"kind": EvidenceKind.COURSE, "subject": "nims:mac-101"}
SCORE = {"kind": EvidenceKind.SCORE, "subject": "ncrc:math", "score": 5}

WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "a day ahead": ({"happened_on": date(2026, 11, 22)}, "happened_on", "lies ahead"),
    "a day long ago": ({"happened_on": date(1901, 1, 1)}, "happened_on", "look at the year"),
    "no subject": ({"subject": None}, "subject", "needs this"),
    "an empty subject": ({"subject": ""}, "subject", "needs this"),
    "a zero byte": ({"subject": "nims\0"}, "subject", "no text"),
    "half a character": ({"attested_by": "\ud800"}, "attested_by", "no text"),
    "too many words": ({"attested_by": "a" * 201}, "attested_by", "201 characters"),
    "a rating beyond all scales": ({"rating": 2**40}, "rating", "out of range"),
    "a part of a competency": ({"part": "theory"}, "part", "says nothing of this"),
    "an unknown result": ({"result": "maybe"}, "result", "pass or fail"),
    "a decision": ({"kind": EvidenceKind.WAIVER, "waives": "competency"}, "kind", "sponsor decides"),
    "a revocation": ({"kind": EvidenceKind.REVOCATION, "revokes": 1}, "kind", "sponsor decides"),
    "hours beyond the day": ({**HOURS, "minutes": 1441}, "minutes", "at most 24"),
    "no hours": ({**HOURS, "minutes": 0}, "minutes", "out of range"),
    "hours of nothing": ({**HOURS, "minutes": None}, "minutes", "needs this"),
    "hours nowhere": ({**HOURS, "work_process": None}, "work_process", "needs this"),
    "a score without a value": ({**SCORE, "score": None}, "score", "needs this"),
    "a score without end": ({**SCORE, "score": 10**9}, "score", "out of range"),
    "credits below nothing": ({**COURSE, "credits": -1}, "credits", "out of range"),
    "hours of a course nowhere": ({**COURSE, "minutes": 60}, "work_process", "both or neither"),
}


def claim(**changes: Any) -> Fact:
    whole = {"kind": EvidenceKind.COMPETENCY, "subject": "nims:layout", "happened_on": TODAY}
    return Fact(**{**whole, **changes})


@pytest.mark.parametrize("case", WRONG)
def test_a_claim_that_does_not_hold_together_is_refused_at_its_field(case: str) -> None:
    changes, where, words = WRONG[case]
    with pytest.raises(Invalid, match=words) as refusal:
        check_claim(claim(**changes), None, TODAY)
    assert refusal.value.where == where


@pytest.mark.parametrize("right", [{}, {"rating": 0}, {"result": "fail"}, HOURS, COURSE, SCORE], ids=str)
def test_a_claim_that_holds_together_is_let_through(right: dict[str, Any]) -> None:
    check_claim(claim(**right), "Zwei Zeilen,\n\teine 🙂", TODAY)


@pytest.mark.parametrize("note", ["a" * 4_001, "\0", "\x1b[31m", "\udfff"])
def test_a_note_that_cannot_be_kept_is_refused(note: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_claim(claim(), note, TODAY)
    assert refusal.value.where == "note"


texts = st.none() | st.text(max_size=6) | st.sampled_from(["pass", "fail", "rti", "competency", "\0"])
numbers = st.none() | st.integers(-3, 2_000) | st.sampled_from([2**31, -(2**31), 2**63])
ANYTHING = {
    "part": texts,
    "result": texts,
    "rating": numbers,
    "minutes": numbers,
    "work_process": texts,
    "college": texts,
    "grade": texts,
    "credits": numbers,
    "score": numbers,
    "subject": texts,
    "waives": st.none() | texts,
    "attested_by": texts,
}
facts = st.builds(
    Fact,
    kind=st.sampled_from(sorted(FIELDS)),
    happened_on=st.dates(),
    until=st.none() | st.dates(),
    revokes=st.none(),
    source_key=st.none(),
    **ANYTHING,
)
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "result": st.sampled_from([None, "pass", "fail"]),
    "minutes": st.sampled_from([None, 1, 60, 1440, 1441]),
    "work_process": st.sampled_from([None, "milling", "rti"]),
    "rating": st.sampled_from([None, 0, 4, 100]),
    "credits": st.sampled_from([None, 0, 300]),
    "score": st.sampled_from([-5, 0, 1_000_000]),
    "subject": st.sampled_from([None, "nims:layout"]),
}
words = st.sampled_from([None, "Lakeside", "B"])
likely = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda kind: st.builds(
        Fact,
        kind=st.just(kind),
        happened_on=st.dates(date(1950, 1, 1), TODAY),
        **{name: LIKELY.get(name, words) for name in sorted(FIELDS[kind])},
    )
)


@pytest.fixture
async def connection(migrated_url: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(migrated_url)
    await connection.execute("INSERT INTO person VALUES (gen_random_uuid(), 'Ada Tran', now())")
    yield connection
    await connection.close()


async def test_what_is_let_through_is_never_refused_by_the_database(connection: Any) -> None:
    """The checks in words and the constraints say the same; only the words are for people."""
    drawn: list[Fact] = []

    @examples(250)
    @given(facts | likely | likely)
    def draw(fact: Fact) -> None:
        try:
            check_claim(fact, None, TODAY)
        except Invalid:
            return
        drawn.append(fact)

    draw()
    names = [field.name for field in fields(Fact)]
    await connection.executemany(
        f"INSERT INTO evidence ({', '.join(names)}, entry, status, recorded, recorded_by, person)"  # noqa: S608 - names of fields
        f" SELECT {', '.join(f'${n}' for n in range(1, len(names) + 1))}, 0, 'submitted', now(), id, id"
        " FROM person",
        [tuple(getattr(fact, name) for name in names) for fact in drawn],
    )
    assert len({fact.kind for fact in drawn}) == len(FIELDS)
    assert len(drawn) > 20
