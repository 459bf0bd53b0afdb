"""Wage schedules whose answers somebody else has published: each table says where.

Percentages, hours and dollars are as published; the competencies that stand for training points are ours.
"""

import pytest

from graph.evaluating import WageAnswer
from standards.linting import lint
from tests.standards.asking import evaluated, explained, framework, program, read, record

BULLETIN = [
    *((0, 55, 15.40), (1000, 60, 16.80), (2000, 65, 18.20), (3000, 70, 19.60), (4000, 75, 21.00)),
    *((5000, 80, 22.40), (6000, 85, 23.80), (7000, 90, 25.20), (8000, 95, 26.60), (8500, 100, 28.00)),
]
"""US DOL Bulletin 2024-14 (HVAC), its work process schedule: hours, percent of $28.00, dollars an hour."""


def bulletin() -> str:
    steps = "\n".join(
        f"    - {{id: p{at}, percent: {percent}, usd_per_hour: {dollars}"
        + (f", when: {{hours: {hours}, in: ojl}}}}" if at else "}")
        for at, (hours, percent, dollars) in enumerate(BULLETIN)
    )
    return program(
        "term: {hours: {min: 7920, max: 8920}}\n"
        "work_processes: [{id: hvac, title: All processes, hours: {min: 7920, max: 9380}}]\n"
        "wages:\n  journey_rate: {usd_per_hour: 28.00, from: 2024-01-01}\n  steps:\n" + steps
    )


def wage(world: str, *evidence: str, as_of: str) -> WageAnswer:
    found = evaluated(world, record(*evidence), as_of).wage
    assert found is not None
    return found


@pytest.mark.parametrize(("hours", "percent", "dollars"), BULLETIN)
def test_the_ten_step_bulletin_pays_as_printed(hours: int, percent: int, dollars: float) -> None:
    worked = f"id: h, hours: {hours}, in: hvac, on: 2025-02-03, status: verified"
    found = wage(bulletin(), *([worked] if hours else []), as_of="2025-02-03")
    assert (found.percent, found.cents) == (percent * 100, round(dollars * 100))


@pytest.mark.parametrize(("at", "hours"), [(at, row[0]) for at, row in enumerate(BULLETIN) if at])
def test_a_minute_before_the_hours_the_bulletin_pays_the_step_before(at: int, hours: int) -> None:
    worked = f"id: h, hours: {hours - 1}.98, in: hvac, on: 2025-02-03, status: verified"
    assert wage(bulletin(), worked, as_of="2025-02-03").percent == BULLETIN[at - 1][1] * 100


def test_the_lint_finds_what_is_wrong_in_the_bulletin() -> None:
    found = [(f.code, f.message.partition(";")[0]) for f in lint(read(bulletin()))]
    assert found == [
        ("hours-do-not-add-up", "declared max 8920 hours, the work processes add up to 9380"),
        ("step-beyond-term", "8000 hours lie above the minimum term"),
        ("step-beyond-term", "8500 hours lie above the minimum term"),
    ]


UNITS = framework("competencies:\n" + "".join(f"  - {{id: u{n}, title: Unit {n}}}\n" for n in range(4)))
STAGES = UNITS + program("""
    wages:
      steps:
        - {id: stage-1, percent: 42}
        - {id: stage-2, percent: 55, when: {any: [{competencies: 1}, {months: 12, since: registered}]}}
        - {id: stage-3, percent: 75, when: {any: [{competencies: 2}, {months: 24, since: registered}]}}
        - {id: stage-4, percent: 88, when: {any: [{competencies: 3}, {months: 36, since: registered}]}}
""")
"""Metal trades (award AP789529, clause 28, historical): 25 % of the points or 12 months, whichever is earlier.

24 and 36 months, and the 88 % of stage 4, are read from clauses of enterprise agreements. A unit is 25 % of the points.
"""


@pytest.mark.parametrize(
    ("units", "as_of", "percent"),
    [
        (0, "2025-01-06", 42),
        (0, "2026-01-05", 42),
        (0, "2026-01-06", 55),
        (1, "2025-03-01", 55),
        (1, "2026-01-06", 55),
        (2, "2025-03-01", 75),
        (0, "2027-01-05", 55),
        (0, "2027-01-06", 75),
        (3, "2025-03-01", 88),
        (1, "2028-01-06", 88),
        (4, "2025-03-01", 88),
    ],
)
def test_metal_trades_stages_come_by_points_or_months_whichever_is_earlier(
    units: int, as_of: str, percent: int
) -> None:
    shown = [f"id: e{n}, competency: u{n}, on: 2025-03-01, status: verified" for n in range(units)]
    assert wage(STAGES, *shown, as_of=as_of).percent == percent * 100


def test_prior_learning_leaves_the_rest_of_the_hours() -> None:
    """Bud, article 28869055953181: a minimum of 509 hours, 10 exempt, leaves 499."""
    world = program("completion: {hours: 509, in: rti}")
    exempt = "id: prior, hours: 10, in: rti, on: 2025-01-06, status: verified, note: prior learning"
    found = explained(world, record(exempt), "2025-01-06", "completion")
    assert found["missing"] == [{"hours": 499, "in": "rti"}]
