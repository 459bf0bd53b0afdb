"""Worked cases: people of whom one can say by hand when they are there."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from graph.dates import add_months
from graph.facts import Enrolment, Person
from graph.forecasting.crew import CrewForecast, Outlook, Unforeseen
from graph.forecasting.history import history_of
from graph.forecasting.needs import Kind, needs_of
from graph.forecasting.payroll import FULL_TIME, Terms, paid_minutes, payroll, together
from graph.gates.compiling import compile_gates
from graph.gates.reading import Reading
from tests.graph.forecasting.crews import AS_OF, PROGRAM, TEXT, crowd, forecast, hours, person, signed, world

MONTHLY = [signed("abd"[back], add_months(AS_OF, -3 * back) - timedelta(days=9)) for back in range(3)]


def outlooks(found: CrewForecast, place: int = 0) -> dict[str, Outlook]:
    return {one.goal.rpartition(":")[2]: one for one in found.outlook(place)}


def test_a_steady_pace_of_hours_has_one_day() -> None:
    # 12 months of 80 hours are 960; of 1,000 the 40 that lack take half of the next month
    step = outlooks(forecast(person("p", *hours(12, 80, "ojl"))))["s2"]
    assert step.foreseen is not None
    assert step.foreseen.earliest == step.foreseen.expected == step.foreseen.latest
    assert abs(step.foreseen.expected - (AS_OF + timedelta(days=16))).days <= 1


def test_months_are_waited_for_however_fast_somebody_is() -> None:
    fast = person("p", *hours(3, 400, "ojl"), months=3)
    assert outlooks(forecast(fast))["s2"].foreseen is not None
    days = forecast(fast).days[1]
    assert (days == add_months(AS_OF, 3).toordinal()).all()


def test_suspended_time_does_not_count_toward_months() -> None:
    span = (add_months(AS_OF, -2), add_months(AS_OF, 1))
    enrolled = Enrolment(PROGRAM, add_months(AS_OF, -5), (span,))
    days = forecast(person("p", *hours(5, 400, "ojl"), enrolments=[enrolled])).days[1]
    away = (span[1] - span[0]).days
    due = add_months(enrolled.registered, 6) + timedelta(days=away)
    assert (days >= due.toordinal()).all()


def test_months_since_a_step_begin_with_the_step() -> None:
    found = forecast(person("p", *hours(12, 120, "ojl"), signed("b", AS_OF)))
    steps = {goal: found.days[at] for at, goal in enumerate(g.rpartition(":")[2] for g in found.goals)}
    assert found.reached[2, 0]  # s3: any of b and e
    assert (steps["s4"] >= add_months(AS_OF, 12).toordinal()).all()


def test_of_a_choice_the_shorter_way_is_taken_and_prerequisites_come_first() -> None:
    found = forecast(person("p", *hours(12, 100)))
    stages = dict(zip((thing.key for thing in found.needs.things), found.route.stages[:, 0], strict=True))
    last = len(found.goals)
    assert stages["f:e"] == last
    assert stages["f:a"] <= stages["f:b"] == 2
    assert stages["f:d"] == last - 1


def test_what_is_planned_comes_on_its_day() -> None:
    day = AS_OF + timedelta(days=40)
    found = forecast(person("p", *hours(12, 120), signed("b", day)))
    assert (found.days[2] == day.toordinal()).all()


REASONS = [
    (
        person("p", *hours(12, 80), enrolments=[Enrolment("q", add_months(AS_OF, -12))]),
        Unforeseen.NOT_ENROLLED,
    ),
    (
        person("p", enrolments=[Enrolment(PROGRAM, add_months(AS_OF, -12), (), add_months(AS_OF, -1))]),
        Unforeseen.ENDED,
    ),
    (
        person(
            "p",
            *hours(12, 40),
            enrolments=[Enrolment(PROGRAM, add_months(AS_OF, -12), ((add_months(AS_OF, -1), None),))],
        ),
        Unforeseen.SUSPENDED,
    ),
    (person("p", signed("a", add_months(AS_OF, -9))), Unforeseen.QUIET),
    (person("p", signed("a", add_months(AS_OF, -2))), Unforeseen.UNPACED),
    (person("p", *hours(12, 1)), Unforeseen.TOO_FAR),
]


@pytest.mark.parametrize(("who", "why"), REASONS)
def test_where_no_day_is_foreseen_it_says_why(who: Person, why: Unforeseen) -> None:
    outlook = outlooks(forecast(who))["s2"]
    assert (outlook.foreseen, outlook.why_not) == (None, why)


def test_what_only_others_can_change_is_said() -> None:
    text = """
journeymark: 1
framework: {id: f, title: Trade, version: "1"}
competencies: [{id: a, title: A}]
---
journeymark: 1
program: {id: q, title: Other, uses: [f], approach: competency}
---
journeymark: 1
program:
  id: p
  title: Program
  uses: [f]
  approach: competency
  wages: {steps: [{id: start, usd_per_hour: 20}, {id: s2, usd_per_hour: 22, when: {program: q}}]}
"""
    found = forecast(person("p", signed("a", add_months(AS_OF, -1))), text=text)
    assert outlooks(found)["s2"].why_not is Unforeseen.NO_WAY


def test_a_quiet_person_still_has_what_time_alone_brings() -> None:
    long_ago = [replace(one, on=add_months(one.on, -8)) for one in hours(6, 200, "ojl")]
    done = person("p", *long_ago, signed("b", add_months(AS_OF, -9)), months=20)
    text = TEXT.replace("{hours: 400, in: milling}, {hours: 400, in: turning}, ", "")
    found = outlooks(
        forecast(done, text=text.replace("months: 12, since: step", "months: 24, since: registered"))
    )
    assert found["s3"].reached
    assert found["s4"].foreseen is not None
    assert found["s4"].foreseen.expected == add_months(AS_OF, 4)
    assert found["p"].why_not is Unforeseen.QUIET


def test_pace_is_measured_in_whole_months_of_the_registration() -> None:
    gates = compile_gates(world(), PROGRAM)
    people = [person("p", *MONTHLY, *hours(12, 100)), person("new", months=2)]
    history = history_of(needs_of(gates), Reading(gates, crowd(people), AS_OF, None))
    assert history.months.tolist() == [12, 2]
    assert history.counts[0, :, Kind.LEARNING].tolist() == [2400, 0, 0, 2400, 0, 0, 2400, 0, 0, 0, 0, 0]
    assert history.counts[0, :, Kind.JOB].tolist() == [6000] * 12


def test_a_newcomer_goes_by_the_pace_of_the_others() -> None:
    found = forecast(person("p", *hours(12, 100)), person("new", months=0))
    assert found.weights.tolist() == [12 / 15, 0]
    # 1,000 hours at 100 a month
    assert abs(int(np.median(found.days[1, 1])) - add_months(AS_OF, 10).toordinal()) <= 2


# payroll


def paid(*people: Person, given: int = -1) -> tuple[CrewForecast, list[int]]:
    found = forecast(*people)
    terms = Terms(np.full(len(people), given), paid_minutes(found.history))
    total = payroll(found, found.needs.own, terms, as_of=AS_OF, months=8).total.tolist()
    return found, total


def test_payroll_follows_the_rates_of_each_day() -> None:
    # nothing is measured, so full time: 50 % of $30.00, from January 2027 of $33.00
    _, total = paid(person("p", months=0))
    assert FULL_TIME == 10_400
    assert total == [260_000] * 5 + [286_000] * 3


def test_a_step_is_paid_from_its_day() -> None:
    found, total = paid(person("p", *hours(12, 80, "ojl")))
    day = date.fromordinal(int(found.days[1, 0, 0]))
    assert (day.year, day.month) == (2026, 7)
    assert total[0] == 80 * 1800  # s2 is there before August: 60 % of $30.00


def test_what_was_given_is_paid_although_the_rules_say_less() -> None:
    _, total = paid(person("p", months=0), given=3)
    assert total[0] == 10_400 * 2400 // 60  # s4: 80 % of $30.00


def test_what_was_refused_is_not_paid_nor_what_lies_above_it() -> None:
    found = forecast(person("p", *hours(12, 80, "ojl")))
    minutes = paid_minutes(found.history)
    refused = np.zeros((len(found.goals), 1), bool)
    refused[1] = True
    terms = Terms(np.array([-1]), minutes, refused=refused)
    total = payroll(found, found.needs.own, terms, as_of=AS_OF, months=8).total.tolist()
    assert total == [80 * 1500] * 5 + [80 * 1650] * 3  # the first step: 50 % of $30.00, then of $33.00
    above = Terms(np.array([2]), minutes, refused=refused)
    total = payroll(found, found.needs.own, above, as_of=AS_OF, months=1).total.tolist()
    assert total == [80 * 2100]  # s3 was given all the same


@pytest.mark.parametrize(("given", "cents"), [(-1, 1500), (2, 2100), (3, 2400)])
def test_who_is_complete_today_is_paid_on_as_now(given: int, cents: int) -> None:
    text = TEXT.replace(
        'completion: {all: [{step: s4}, {competency: "f:d"}]}', 'completion: {competency: "f:d"}'
    )
    found = forecast(person("p", signed("d", add_months(AS_OF, -1)), months=0), text=text)
    assert found.reached[-1].all()
    terms = Terms(np.array([given]), paid_minutes(found.history))
    total = payroll(found, found.needs.own, terms, as_of=AS_OF, months=1).total.tolist()
    assert total == [10_400 * cents // 60]


def test_who_is_not_there_is_paid_nothing_and_crews_add_up() -> None:
    gone = person("gone", enrolments=[Enrolment(PROGRAM, add_months(AS_OF, -12), (), add_months(AS_OF, -1))])
    found, total = paid(gone, person("p", months=0))
    assert total[0] == 260_000
    terms = Terms(np.full(2, -1), paid_minutes(found.history))
    one = payroll(found, found.needs.own, terms, as_of=AS_OF)
    assert (together([one, one]).total == 2 * one.total).all()
