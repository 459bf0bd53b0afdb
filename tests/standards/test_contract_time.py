"""Hours with their caps, whole months without suspended time, wage steps and money."""

from typing import Any

import pytest

from tests.standards.asking import answer, explained, framework, program, record

SHOP = framework("competencies: [{id: turn, title: Turning}]\ncredentials: [{id: cert, title: C}]")
TURN = "id: t, competency: turn, on: 2025-04-01, status: verified"


def months(rule: str, as_of: str, enrolments: str) -> dict[str, Any]:
    world = SHOP + program(f"completion: {rule}")
    found: dict[str, Any] = answer(world, record(enrolments=enrolments), as_of)["completion"]
    return found


def enrolled(registered: str, more: str = "") -> str:
    return f"[{{program: trade, registered: {registered}{more}}}]"


JULY_TO_SEPTEMBER = ", suspended: [{from: 2025-07-01, until: 2025-09-01}]"
OVERLAPPING = ", suspended: [{from: 2025-07-15, until: 2025-09-01}, {from: 2025-07-01, until: 2025-08-01}]"


@pytest.mark.parametrize(
    ("registered", "more", "count", "reached"),
    [
        ("2025-01-06", "", 12, "2026-01-06"),
        ("2025-01-31", "", 1, "2025-02-28"),
        ("2025-01-31", "", 2, "2025-03-31"),
        ("2024-02-29", "", 12, "2025-02-28"),
        # 62 suspended days: 12 months would be over on 2026-01-06, and 62 days later it is 9 March
        ("2025-01-06", JULY_TO_SEPTEMBER, 12, "2026-03-09"),
        ("2025-01-06", OVERLAPPING, 12, "2026-03-09"),
        ("2025-01-06", JULY_TO_SEPTEMBER, 5, "2025-06-06"),
        # six months would be over on 6 July, five days into the suspension
        ("2025-01-06", JULY_TO_SEPTEMBER, 6, "2025-09-06"),
        ("2025-01-06", ", ended: 2026-01-06", 12, "2026-01-06"),
    ],
)
def test_whole_months_are_reached_on_the_day(registered: str, more: str, count: int, reached: str) -> None:
    rule = f"{{months: {count}, since: registered}}"
    year, month, day = map(int, reached.split("-"))
    eve = f"{year}-{month:02}-{day - 1:02}"
    on_the_day = months(rule, reached, enrolled(registered, more))
    assert (on_the_day["holds"], on_the_day["since"]) == (True, reached)
    before = months(rule, eve, enrolled(registered, more))
    assert (before["holds"], before["missing"]) == (False, [{"wait_until": reached}])


@pytest.mark.parametrize("more", [", suspended: [{from: 2025-07-01}]", ", ended: 2026-01-05"])
def test_months_stop_at_the_end_and_in_an_open_suspension(more: str) -> None:
    found = months("{months: 12, since: registered}", "2030-01-01", enrolled("2025-01-06", more))
    assert not found["holds"]
    assert found["missing"] == [{"wait_until": None}]


def test_progress_of_months_is_the_whole_months_done() -> None:
    found = months("{months: 12, since: registered}", "2025-12-31", enrolled("2025-01-06", JULY_TO_SEPTEMBER))
    # 62 days before 2025-12-31 is 30 October: nine months and some days
    assert found["progress"] == {"fraction": "3/4", "percent": 75.0}


def test_months_count_from_the_latest_registration_by_the_day() -> None:
    both = "[{program: trade, registered: 2020-01-06}, {program: trade, registered: 2025-01-06}]"
    assert months("{months: 12, since: registered}", "2025-01-05", both)["holds"]
    assert not months("{months: 12, since: registered}", "2025-01-06", both)["holds"]
    assert months("{months: 12, since: registered}", "2026-01-06", both)["since"] == "2026-01-06"


MILLING = """
work_processes:
  - {id: milling, title: Milling, hours: {min: 500, max: 900}}
  - {id: grinding, title: Grinding}
completion: {hours: 2000, in: ojl}
"""
LOGGED = (
    "id: a, hours: 800.5, in: milling, on: 2025-03-01, status: verified",
    "id: b, hours: 200, in: milling, on: 2025-04-01, status: verified",
    "id: c, hours: 38.25, in: grinding, on: 2025-05-01, status: verified",
    "id: d, hours: 10, in: ojl, on: 2025-05-01, status: verified",
    "id: e, hours: 7, in: rti, on: 2025-05-01, status: verified",
    "id: f, hours: 500, in: grinding, on: 2025-05-01, status: submitted",
)


def test_hours_above_the_cap_count_nowhere() -> None:
    found = answer(SHOP + program(MILLING), record(*LOGGED), "2025-12-31")
    assert found["hours"] == {
        "milling": {"approved": 1000.5, "counted": 900, "min": 500, "max": 900},
        "grinding": {"approved": 38.25, "counted": 38.25},
        "ojl": {"approved": 1048.75, "counted": 948.25},
        "rti": {"approved": 7, "counted": 7},
    }
    # 948.25 of 2,000 hours
    assert found["completion"]["progress"] == {"fraction": "3793/8000", "percent": 47.4}
    assert found["completion"]["missing"] == [{"hours": 1051.75, "in": "ojl"}]


def test_the_cap_is_respected_on_every_day() -> None:
    days = {"2025-02-28": 0, "2025-03-01": 800.5, "2025-04-01": 900, "2025-05-01": 900}
    for day, counted in days.items():
        hours = answer(SHOP + program(MILLING), record(*LOGGED), day)["hours"]
        assert hours["milling"]["counted"] == counted


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ("0.025", 2),
        ("0.0249", 1),
        ("0.0083", 0),
        ("0.00834", 1),
        ("38.5", 2310),
        ("7.9917", 480),
        ("1e1", 600),
    ],
)
def test_hours_are_held_as_minutes_and_half_minutes_round_up(hours: str, minutes: int) -> None:
    logged = f"id: a, hours: {hours}, in: ojl, on: 2025-03-01, status: verified"
    found = answer(SHOP + program("completion: {hours: 1000, in: ojl}"), record(logged), "2025-12-31")
    whole, rest = divmod(minutes, 60)
    assert found["hours"]["ojl"]["counted"] == (whole if not rest else round(minutes / 60, 2))
    assert found["completion"]["progress"]["percent"] == minutes * 1000 // 60000 / 10


WAGES = """
wages:
  journey_rate:
    - {usd_per_hour: 32.00, from: 2025-01-01}
    - {usd_per_hour: 33.33, from: 2026-01-01}
  steps:
    - {id: start, percent: 50}
    - {id: s2, percent: 62.5, when: {competency: turn}}
    - {id: s3, percent: 70, when: {all: [{credential: cert}, {months: 6, since: step}]}}
"""
CERT = "id: c, credential: cert, on: 2025-02-01, status: verified"


def wage(
    as_of: str, *evidence: str, enrolments: str = enrolled("2025-01-06"), wages: str = WAGES
) -> dict[str, Any]:
    found: dict[str, Any] = answer(SHOP + program(wages), record(*evidence, enrolments=enrolments), as_of)[
        "wage"
    ]
    return found


def test_the_first_step_is_reached_on_the_day_of_registration() -> None:
    before = wage("2025-01-05")
    assert (before["step"], before["next"], before["usd_per_hour"]) == (None, "start", None)
    assert wage("2025-01-06") == {
        "step": "start",
        "percent": 50.0,
        "usd_per_hour": "16.00",
        "since": "2025-01-06",
        "next": "s2",
        "next_usd_per_hour": "20.00",
        "progress": {"fraction": "0/1", "percent": 0.0},
    }


def test_steps_are_climbed_in_order() -> None:
    """The third step's own rule held early; it is reached only after the second, and its months count from there."""
    assert wage("2025-09-30", CERT)["step"] == "start"
    second = wage("2025-09-30", CERT, TURN)
    assert (second["step"], second["since"], second["next"]) == ("s2", "2025-04-01", "s3")
    # the credential, and five of six months since 1 April: (1 + 5/6) / 2
    assert second["progress"] == {"fraction": "11/12", "percent": 91.6}
    third = wage("2025-10-01", CERT, TURN)
    assert (third["step"], third["since"], third["next"]) == ("s3", "2025-10-01", None)


def test_since_step_counts_from_registration_after_the_first_step() -> None:
    wages = WAGES.replace("when: {competency: turn}", "when: {months: 3, since: step}")
    assert wage("2025-04-05", wages=wages)["step"] == "start"
    assert wage("2025-04-06", wages=wages)["step"] == "s2"


def test_months_since_a_step_name_what_it_was_reached_with_and_not_what_came_later() -> None:
    second = "when: {any: [{competency: turn}, {credential: cert}]}"
    world = SHOP + program(WAGES.replace("when: {competency: turn}", second))
    reached, later = TURN.replace("id: t", "id: z"), CERT.replace("2025-02-01", "2025-08-01")
    found = explained(
        world, record(reached, later, enrolments=enrolled("2025-01-06")), "2025-12-31", "step:s3"
    )
    assert found["members"][1]["members"][1]["because"] == ["z"]


def test_since_step_leaves_suspended_time_out() -> None:
    suspended = enrolled("2025-01-06", ", suspended: [{from: 2025-05-01, until: 2025-05-11}]")
    assert wage("2025-10-10", CERT, TURN, enrolments=suspended)["step"] == "s2"
    assert wage("2025-10-11", CERT, TURN, enrolments=suspended)["step"] == "s3"


def test_pay_is_a_share_of_the_rate_of_the_day_and_half_cents_round_up() -> None:
    assert wage("2025-12-31", TURN)["usd_per_hour"] == "20.00"
    # 62.5 % of 33.33 is 20.83125, 50 % is 16.665
    assert wage("2026-01-01", TURN)["usd_per_hour"] == "20.83"
    assert wage("2026-01-01")["usd_per_hour"] == "16.67"


def test_a_step_may_be_written_in_dollars_and_half_cents_round_up() -> None:
    second = "{id: s2, usd_per_hour: 19.0049, when: {competency: turn}}"
    wages = f"wages: {{steps: [{{id: start, usd_per_hour: 18.005}}, {second}]}}"
    found = wage("2025-02-01", wages=wages)
    assert (found["usd_per_hour"], found["next_usd_per_hour"], found["percent"]) == ("18.01", "19.00", None)


def test_a_step_that_is_still_to_be_reached_says_what_and_how_long() -> None:
    found = explained(SHOP + program(WAGES), record(CERT), "2025-09-30", "step:s3")
    assert not found["holds"]
    # turning today reaches the second step today; six months later is 30 March
    assert found["fix"] == [{"earn": "competency:turn"}, {"wait_until": "2026-03-30"}]
