"""What rows do does not depend on how a file is cut into chunks, and doing them twice does nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.evidence.checking import DAY_MINUTES
from apprenticeship.roster.deciding import Outcome, There, decide
from apprenticeship.roster.model import RosterRow, RowState
from tests.thoroughness import examples

DAY = date(2026, 5, 12)
SPACE = UUID(int=7)
NUMBERS = ("17", "18", "19")
NOTHING = There(
    people={}, names={}, enrolments=frozenset(), facts={}, minutes={}, gone=frozenset(), importer=UUID(int=1)
)

days = st.integers(0, 2).map(lambda number: DAY + timedelta(days=number))
evidence: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {
            "credential": st.sampled_from(["nims:mms", "nims:tcs1"]),
            "part": st.sampled_from([None, "theory"]),
            "result": st.sampled_from(["pass", "fail"]),
            "on": days,
        }
    ),
    st.fixed_dictionaries(
        {
            "minutes": st.integers(1, DAY_MINUTES),
            "work_process": st.sampled_from(["milling", "turning"]),
            "on": days,
        }
    ),
)
enrolments: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"program": st.sampled_from(["machinist", "operator"]), "registered": days}),
)


@st.composite
def rosters(draw: st.DrawFn) -> list[RosterRow]:
    rows = draw(st.lists(st.tuples(st.sampled_from(NUMBERS), evidence, enrolments), max_size=14))
    return [
        RosterRow(row=place, number=number, name=f"Person {number}", **what, **where)
        for place, (number, what, where) in enumerate(rows, start=2)
    ]


def after(there: There, outcomes: Sequence[Outcome]) -> There:
    """Say what is in the database once the outcomes are stored."""
    kept = [one for one in outcomes if one.state is RowState.CHANGED]
    people = {**there.people, **{one.row.number: uuid5(SPACE, one.row.number) for one in kept}}
    facts, minutes, enrolled = dict(there.facts), dict(there.minutes), set(there.enrolments)
    for one in kept:
        person, row = people[one.row.number], one.row
        if one.new_enrolment and row.program is not None and row.registered is not None:
            assert (person, row.program, row.registered) not in enrolled
            enrolled.add((person, row.program, row.registered))
        if one.new_fact and row.fact is not None:
            assert (person, str(row.source_key)) not in facts
            facts[person, str(row.source_key)] = row.fact
            if row.minutes is not None and row.on is not None:
                minutes[person, row.on] = minutes.get((person, row.on), 0) + row.minutes
    names = {person: f"Person {number}" for number, person in people.items()}
    return replace(
        there, people=people, names=names, enrolments=frozenset(enrolled), facts=facts, minutes=minutes
    )


def each_fact_once(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """Leave out what the plan of a file already refuses: a second row for the same fact."""
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for row in rows:
        key = (row.number, row.source_key)
        if row.source_key is None or key not in seen:
            kept.append(row)
        seen.add(key)
    return kept


@examples(150)
@given(rosters(), st.integers(1, 5))
def test_chunks_come_to_the_same_as_the_whole(drawn: list[RosterRow], size: int) -> None:
    rows = each_fact_once(drawn)
    whole = decide(rows, NOTHING)
    there = NOTHING
    parts: list[Outcome] = []
    for start in range(0, len(rows), size):
        outcomes = decide(rows[start : start + size], there)
        there = after(there, outcomes)
        parts += outcomes
    assert [(one.row.row, one.state) for one in parts] == [(one.row.row, one.state) for one in whole]
    assert there == after(NOTHING, whole)


@examples(150)
@given(rosters())
def test_a_file_again_changes_nothing(drawn: list[RosterRow]) -> None:
    rows = each_fact_once(drawn)
    there = after(NOTHING, decide(rows, NOTHING))
    again = decide(rows, there)
    assert {one.state for one in again} <= {RowState.UNCHANGED, RowState.REFUSED}
    assert after(there, again) == there
    assert all(total <= DAY_MINUTES for total in there.minutes.values())
