"""Whom a list means, and what is said of rows that mean nobody."""

from uuid import UUID

import pytest

from apprenticeship.credit_rosters.asking import NOBODY, wanted_of
from apprenticeship.people.model import Listed
from apprenticeship.refusals import Invalid
from apprenticeship.roster.reading import read_table

ADA, BEN, BEN_TOO, HIDDEN = (UUID(int=number) for number in range(1, 5))
SEEN = (
    Listed(id=ADA, name="Ada Tran"),
    Listed(id=BEN, name="Ben Okafor"),
    Listed(id=BEN_TOO, name="Ben  OKAFOR"),
)
NUMBERS = {"L-1": ADA, "L-2": BEN, "L-4": HIDDEN}


@pytest.mark.parametrize(
    ("text", "people", "unfound"),
    [
        ("number\nL-1\nL-2\n", [ADA, BEN], []),
        ("Name\n ada  tran\n", [ADA], []),
        ("email,name\na@b.example,Ada Tran\n", [ADA], []),
        ("name;number\nSomebody Else;L-1\n", [ADA], []),
        ("number,name\n,Ada Tran\n\n,,\n", [ADA], []),
        ("number\nL-1\nL-3\n", [ADA], [(3, "L-3", NOBODY)]),
        ("number\nL-1\nL-4\n", [ADA], [(3, "L-4", NOBODY)]),
        ("name\nHidden Person\nAda Tran\n", [ADA], [(2, "Hidden Person", NOBODY)]),
        ("name\nBen Okafor\n", [], [(2, "Ben Okafor", "2 people of this name; give the number")]),
        ("number,name\nL-1,\n,Ada Tran\n", [ADA], [(3, "Ada Tran", "the same as row 2")]),
    ],
)
def test_a_list_means_those_whom_the_registrar_may_see(
    text: str, people: list[UUID], unfound: list[tuple[int, str, str]]
) -> None:
    found = wanted_of(read_table("list.csv", text.encode()), SEEN, NUMBERS)
    assert list(found.people) == people
    assert [(one.row, one.said, one.why) for one in found.unfound] == unfound


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("learner\nL-1\n", "Row 1: there is no column 'number' or 'name'"),
        ("number,Number\nL-1,L-2\n", "Row 1: the column 'number' stands twice"),
    ],
)
def test_a_heading_that_cannot_be_read_is_refused(text: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        wanted_of(read_table("list.csv", text.encode()), SEEN, NUMBERS)
