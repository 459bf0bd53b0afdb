"""What holds of every forecast, whatever the program and whoever the people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.actions import Earn
from graph.facts import Enrolment, Fact, Hours, Person
from graph.forecasting.arriving import NEVER, month_ends, reached
from graph.forecasting.crew import EARLIEST, EXPECTED, LATEST, CrewForecast, forecast_crew
from graph.forecasting.drawing import Urn
from graph.forecasting.history import History
from graph.forecasting.needs import Kind
from graph.forecasting.payroll import Terms, paid_minutes, payroll
from graph.gates.compiling import compile_gates
from graph.gates.everybody import evaluate_crowd
from graph.supposing import evidence_of
from tests.graph.asking import Asked
from tests.graph.forecasting.crews import AS_OF, crowd
from tests.graph.gates.test_everybody import crew_of
from tests.oracle.worlds import PROGRAM, RandomWorld, Shape, worlds
from tests.thoroughness import examples

SEEDS = st.integers(0, 10**6)
FUTURES = 20


def crew(world: RandomWorld, seed: int) -> list[Person]:
    return crew_of(Asked(world).person, Random(seed))


def forecast(
    world: RandomWorld, people: list[Person], seed: int = 0, otherwise: CrewForecast | None = None
) -> CrewForecast:
    gates = compile_gates(Asked(world).world, PROGRAM)
    names = [one.id for one in people]
    return forecast_crew(
        gates,
        crowd(people),
        names,
        as_of=world.as_of,
        horizon_months=36,
        futures=FUTURES,
        seed=seed,
        otherwise=otherwise,
    )


@given(world=worlds(), seed=SEEDS)
@examples(40)
def test_steps_come_in_order_and_nothing_before_tomorrow(world: RandomWorld, seed: int) -> None:
    found = forecast(world, crew(world, seed))
    steps = found.days[: len(found.needs.own.steps)]
    assert (np.diff(steps, axis=0) >= 0).all()
    ahead = found.days[~found.reached]
    assert (ahead > world.as_of.toordinal()).all()


@given(world=worlds(), seed=SEEDS)
@examples(40)
def test_what_is_reached_is_what_the_engine_says_and_has_no_forecast(world: RandomWorld, seed: int) -> None:
    people = crew(world, seed)
    found = forecast(world, people)
    answers = evaluate_crowd(found.needs.program, crowd(people), as_of=world.as_of)
    for number, node in enumerate(found.needs.rules.goals):
        assert (found.reached[number] == answers.holds(node)).all()
    for place in range(len(people)):
        for outlook in found.outlook(place):
            assert [outlook.reached, outlook.foreseen is not None, outlook.why_not is not None].count(
                True
            ) == 1


@given(world=worlds(), seed=SEEDS)
@examples(40)
def test_the_interval_contains_what_is_expected(world: RandomWorld, seed: int) -> None:
    found = forecast(world, crew(world, seed))
    low, middle, high = (found.by(percent) for percent in (EARLIEST, EXPECTED, LATEST))
    assert (low <= middle).all()
    assert (middle <= high).all()


@given(world=worlds(), seed=SEEDS)
@examples(20)
def test_the_same_people_on_the_same_day_have_the_same_forecast(world: RandomWorld, seed: int) -> None:
    people = crew(world, seed)
    first, again = (forecast(world, people, seed) for _ in range(2))
    assert (first.days == again.days).all()


@given(world=worlds(Shape(expiry=False)), seed=SEEDS, more=st.integers(1, 4))
@examples(40)
def test_more_hours_make_nobody_later(world: RandomWorld, seed: int, more: int) -> None:
    people = crew(world, seed)
    slow, quick = forecast(world, people), forecast(world, [_working(one, more) for one in people])
    assert (quick.days <= slow.days).all()


def _working(person: Person, more: int) -> Person:
    return replace(
        person,
        facts=tuple(
            replace(fact, minutes=fact.minutes * more) if isinstance(fact, Hours) else fact
            for fact in person.facts
        ),
    )


COUNTS = st.lists(st.lists(st.integers(0, 9000), min_size=12, max_size=12), min_size=1, max_size=4)


@given(
    counts=COUNTS,
    more=st.lists(st.integers(0, 5000), min_size=12, max_size=12),
    needed=st.integers(0, 60_000),
)
@examples(60)
def test_a_faster_pace_makes_nobody_later(counts: list[list[int]], more: list[int], needed: int) -> None:
    slow = np.array(counts)[:, :, None].repeat(len(Kind), axis=2)
    quick = slow + np.array(more)[None, :, None]
    days = []
    for one in (slow, quick):
        history = History(one, np.ones(one.shape[:2], bool))
        urn = Urn(history, [str(place) for place in range(len(counts))], AS_OF)
        sums = urn.sums(urn.picks(range(len(counts)), FUTURES, 8), Kind.LEARNING)
        ends = month_ends(np.full(len(counts), AS_OF.toordinal(), np.int32), 24)
        days.append(reached(sums, np.full(len(counts), needed), ends))
    assert (days[1] <= days[0]).all()
    assert (days[0] < NEVER).any() or not slow.any() or needed > 0


@given(world=worlds(), seed=SEEDS, soon=st.integers(1, 400))
@examples(40)
def test_what_is_planned_makes_nothing_later(world: RandomWorld, seed: int, soon: int) -> None:
    people = crew(world, seed)
    asked = Asked(world).world
    on, recorded = world.as_of + timedelta(days=soon), datetime(2020, 1, 1, tzinfo=UTC)
    things = [Earn("competency", key) for key in asked.competencies]
    things += [Earn("credential", key) for key in asked.credentials]
    assume(things)
    thing = Random(seed).choice(things)
    planned = [
        replace(one, facts=(*one.facts, evidence_of(thing, "planned", on, recorded))) for one in people
    ]
    as_is, then = forecast(world, people), forecast(world, planned)
    assert (then.days <= as_is.days).all()


@given(world=worlds(), seed=SEEDS, soon=st.integers(1, 400))
@examples(40)
def test_what_was_foreseen_before_spares_work_and_changes_nothing(
    world: RandomWorld, seed: int, soon: int
) -> None:
    people = [replace(one, facts=shown_by(one, world.as_of)) for one in crew(world, seed)]
    asked, dice = Asked(world).world, Random(seed)
    on, recorded = world.as_of + timedelta(days=soon), datetime(2020, 1, 1, tzinfo=UTC)
    things = [Earn("competency", key) for key in asked.competencies]
    things += [Earn("credential", key) for key in asked.credentials]
    assume(things)
    thing = dice.choice(things)
    some = [
        replace(one, facts=(*one.facts, evidence_of(thing, "planned", on, recorded)))
        if dice.random() < 0.5
        else one
        for one in people
    ]
    new = Person("new", "", (Enrolment(PROGRAM, world.as_of),), ())
    then = [*some, new]
    before = forecast(world, people)
    spared, anew = forecast(world, then, otherwise=before), forecast(world, then)
    assert np.array_equal(spared.days, anew.days)
    assert np.array_equal(spared.reached, anew.reached)


def shown_by(one: Person, day: date) -> tuple[Fact, ...]:
    return tuple(fact for fact in one.facts if fact.on <= day)


@given(world=worlds(), seed=SEEDS)
@examples(20)
def test_payroll_lies_within_its_band_and_adds_up(world: RandomWorld, seed: int) -> None:
    found = forecast(world, crew(world, seed))
    terms = Terms(np.full(len(found.names), -1), paid_minutes(found.history))
    if not found.needs.own.steps:
        return
    paid = payroll(found, found.needs.own, terms, as_of=world.as_of)
    assert (paid.low <= paid.total).all()
    assert (paid.total <= paid.high).all()
    assert (paid.expected >= 0).all()
    assert len(paid.months) == 25
