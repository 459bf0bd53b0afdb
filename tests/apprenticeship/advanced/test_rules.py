"""Credit for previous experience: tables of the rules, and the published case."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.advanced.model import Claim, Decided, Outcome, ProbationEnd
from apprenticeship.advanced.report import SMALLEST, outcome_lines
from apprenticeship.advanced.rules import (
    check_claim,
    check_grant,
    most,
    probation_end,
    remaining,
    term_minutes,
)
from apprenticeship.people.model import Stretch
from apprenticeship.refusals import Invalid
from graph.world import Program, WorkProcess

REGISTERED = date(2026, 1, 5)
AT = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = 60
PROGRAM = Program(
    key="shop",
    term_months=48,
    term_minutes=8000 * HOUR,
    work_processes=(
        WorkProcess("shop:milling", "Milling", 509 * HOUR, 900 * HOUR),
        WorkProcess("shop:turning", "Turning", 400 * HOUR, None),
        WorkProcess("shop:rest", "The rest", None, None),
    ),
)


def test_the_published_case_of_prior_learning() -> None:
    """Bud, help article "Prior learning and planned hours": a minimum of 509, 10 exempt, new minimum 499."""
    assert remaining(509, 10) == 499
    assert remaining(10, 509) == 0


@pytest.mark.parametrize(
    ("change", "worked", "day", "why"),
    [
        ({}, {}, date(2027, 1, 5), "12 months, the longest"),
        ({"term_months": 24}, {}, date(2026, 7, 5), "6 months, the longest"),
        ({"term_months": None}, {}, date(2027, 1, 5), "12 months, the longest"),
        ({"term_months": 2}, {}, date(2026, 2, 5), "1 months, the longest"),
        ({"probation_months": 3}, {}, date(2026, 4, 5), "3 months of probation"),
        ({"probation_months": 18}, {}, date(2027, 1, 5), "12 months, the longest"),
        ({"probation_minutes": 960}, {3: 480}, date(2027, 1, 5), "12 months, the longest"),
        ({"probation_minutes": 960}, {3: 480, 9: 480}, date(2026, 1, 15), "16 hours of probation"),
        ({"probation_minutes": 960}, {9: 480, 3: 480, 20: 480}, date(2026, 1, 15), "16 hours of probation"),
        ({"probation_minutes": 960, "probation_months": 3}, {200: 960}, date(2026, 4, 5), "3 months"),
    ],
)
def test_probation_ends_with_the_first_of_what_is_registered_and_what_the_law_allows(
    change: dict[str, int], worked: dict[int, int], day: date, why: str
) -> None:
    program = replace(PROGRAM, **change)  # type: ignore[arg-type] # from the table above
    by_day = {REGISTERED + timedelta(days=number): minutes for number, minutes in worked.items()}
    found = probation_end(program, REGISTERED, (), by_day)
    assert (found.day, found.why.startswith(why)) == (day, True)


def test_days_suspended_are_no_probation() -> None:
    pause = Stretch(since=date(2026, 2, 1), until=date(2026, 2, 11))
    program = replace(PROGRAM, probation_months=3)
    assert probation_end(program, REGISTERED, (pause,), {}).day == date(2026, 4, 15)


@pytest.mark.parametrize(
    ("change", "hours"),
    [
        ({}, 7000),
        ({"term_months": 24}, 6000),
        ({"term_months": 6}, 0),
        ({"term_months": 3}, 0),
        ({"term_months": None}, 7000),
        ({"term_minutes": None, "term_months": None}, 0),
        ({"term_minutes": 1500 * HOUR, "term_months": None}, 500),
        ({"term_minutes": None, "work_processes": ()}, 7000),
        ({"term_minutes": None, "term_months": None, "work_processes": ()}, 0),
    ],
)
def test_six_months_on_the_job_remain(change: dict[str, object], hours: int) -> None:
    program = replace(PROGRAM, **change)  # type: ignore[arg-type] # from the table above
    assert most(program) == hours * HOUR
    assert most(program) <= term_minutes(program)


CLAIM = {"asked": {"milling": 100 * HOUR}, "documents": ("Letter of the old shop",), "applied_on": REGISTERED}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({}, None),
        ({"applied_on": REGISTERED - timedelta(days=30)}, None),
        ({"applied_on": REGISTERED + timedelta(days=1)}, "applied_on"),
        ({"documents": ()}, "documents"),
        ({"documents": ("x" * 301,)}, "documents"),
        ({"documents": ("x",) * 21}, "documents"),
        ({"asked": {}}, "hours"),
        ({"asked": {"milling": 0}}, "hours"),
        ({"asked": {"welding": HOUR}}, "hours"),
        ({"asked": {"milling": 900 * HOUR}}, None),
        ({"asked": {"milling": 900 * HOUR + 1}}, "hours-milling"),
        ({"asked": {"turning": 400 * HOUR + 1}}, "hours-turning"),
        ({"asked": {"milling": -1}}, "hours-milling"),
        ({"asked": {"rest": 20_000 * HOUR}}, None),
    ],
)
def test_what_is_a_claim(change: dict[str, object], where: str | None) -> None:
    said = None
    try:
        check_claim(PROGRAM, registered=REGISTERED, **{**CLAIM, **change})  # type: ignore[arg-type] # the table
    except Invalid as refused:
        said = refused.where
    assert said == where


END = ProbationEnd(date(2026, 4, 5), "3 months of probation")


@pytest.mark.parametrize(
    ("granted", "reason", "day", "where"),
    [
        ({"milling": 100 * HOUR}, "seen", END.day - timedelta(days=1), None),
        ({"milling": 100 * HOUR}, "seen", END.day, "hours"),
        ({}, "nothing shown", END.day + timedelta(days=99), None),
        ({"milling": 100 * HOUR}, " ", END.day - timedelta(days=1), "reason"),
        ({"milling": 201 * HOUR}, "seen", REGISTERED, "hours-milling"),
        ({"turning": HOUR}, "seen", REGISTERED, "hours-turning"),
        ({"rest": 7000 * HOUR}, "seen", REGISTERED, None),
        ({"rest": 7000 * HOUR + 1}, "seen", REGISTERED, "hours"),
        ({"rest": 7000 * HOUR, "milling": 1}, "seen", REGISTERED, "hours"),
    ],
)
def test_what_may_be_granted(granted: dict[str, int], reason: str, day: date, where: str | None) -> None:
    asked = {"milling": 200 * HOUR, "rest": 9000 * HOUR}
    said = None
    try:
        check_grant(PROGRAM, asked, granted, reason, decided_on=day, end=END)
    except Invalid as refused:
        said = refused.where
    assert said == where


def claim(number: int, granted: int | None) -> Claim:
    decided = None
    if granted is not None:
        decided = Decided(
            granted={"milling": granted} if granted else {},
            reason="seen",
            decided_on=REGISTERED,
            probation_ends=END.day,
            tell_by=REGISTERED,
            raise_decision=None,
            decided_at=AT,
            decided_by=UUID(int=1),
        )
    return Claim(
        id=number,
        enrolment=UUID(int=number),
        person=UUID(int=number),
        program="shop",
        applied_on=REGISTERED,
        asked={"milling": 10},
        documents=("x",),
        claimed_at=AT,
        claimed_by=UUID(int=number),
        decided=decided,
    )


@given(st.lists(st.sampled_from([None, 0, 5, 10]), max_size=60))
def test_small_cells_are_hidden_and_cannot_be_worked_out(outcomes: list[int | None]) -> None:
    claims = [claim(number, granted) for number, granted in enumerate(outcomes)]
    lines = {line.outcome: line for line in outcome_lines(claims)}
    assert set(lines) == set(Outcome)
    true = {outcome: sum(one.outcome is outcome for one in claims) for outcome in Outcome}
    hidden = [outcome for outcome, line in lines.items() if line.claims is None]
    for outcome, line in lines.items():
        if line.claims is None:
            assert (line.asked, line.granted) == (None, None)
        else:
            assert line.claims == true[outcome]
            assert not 0 < line.claims < SMALLEST
            assert line.asked == 10 * line.claims
    if len(hidden) == 1:
        assert sum(true.values()) == true[hidden[0]], "with one hidden alone, everybody is in it"
