"""Capacity plans are what trying every plan finds, keep to what there is, and the engine agrees with their dates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from hypothesis import assume, given

from graph import timeline
from graph.actions import Earn
from graph.capacity.ahead import day_reached
from graph.capacity.deadline import NEVER_OVER
from graph.capacity.first_plan import first_plan
from graph.capacity.improving import improved
from graph.capacity.least_use import LeastUse
from graph.capacity.planning import CapacityPlan, Scheduled, capacity_plan
from graph.capacity.question import Pace, Place, Question
from graph.capacity.room import Booking
from graph.capacity.value import worth
from graph.evaluating import Evaluation, evaluate
from graph.facts import CourseResult, Fact, Pass, Rating, ScoreResult
from graph.world import Competency
from tests.graph.capacity.shops import RandomShop, fits, is_small, most_worth, shops
from tests.oracle.worlds import PROGRAM
from tests.thoroughness import examples


@given(shops())
@examples(120)
def test_a_plan_is_worth_as_much_as_the_best_of_all(shop: RandomShop) -> None:
    assume(is_small(shop))
    found = capacity_plan(shop.trainees, shop.question, monotonic)
    assert found.proven
    assert found.worth == found.bound == most_worth(shop)


@given(shops())
@examples(60)
def test_what_is_booked_is_there_and_begins_in_time(shop: RandomShop) -> None:
    found = capacity_plan(shop.trainees, shop.question, monotonic)
    outlooks = shop.outlooks
    plan = bookings_of(shop, found)
    assert fits(outlooks, plan, shop.question)
    assert worth(outlooks, plan, shop.question.months) == found.worth
    assert len({(one.person, one.name) for one in plan}) == len(plan)
    for one in plan:
        training = outlooks[one.person].trainings[one.name]
        assert shop.question.stations[one.station].takes(one.name)
        assert (one.mentor is None) == (not shop.question.mentors)
        assert one.mentor is None or shop.question.mentors[one.mentor].takes(one.name)
        assert not set(range(one.month, one.month + len(training.loads))) & outlooks[one.person].ahead.away


@given(shops())
@examples(60)
def test_the_engine_agrees_with_the_months_of_a_plan(shop: RandomShop) -> None:
    # the record afterwards holds what is booked, and no hours logged beside it
    question = replace(shop.question, pace=Pace(0, 0))
    found = capacity_plan(shop.trainees, question, monotonic)
    for trainee in shop.trainees:
        own = [one for one in found.trainings if one.person == trainee.id]
        after = with_trainings(trainee.evaluation, own, question)
        for coming in found.coming:
            if coming.person == trainee.id:
                day = day_reached(question, coming.month)
                assert holds_on(after, coming.name, question, coming.month), (coming, day)
        for one in own:
            assert prerequisites_hold(after, one, question), one


@given(shops())
@examples(40)
def test_more_room_or_money_is_never_worth_less(shop: RandomShop) -> None:
    found = capacity_plan(shop.trainees, shop.question, monotonic)
    question = shop.question
    roomier = replace(
        question,
        stations=tuple(roomier_place(one) for one in question.stations),
        mentors=tuple(roomier_place(one) for one in question.mentors),
    )
    richer = replace(
        question,
        budget=None if question.budget is None else question.budget + 500,
        monthly=None if question.monthly is None else tuple(cents + 500 for cents in question.monthly),
    )
    for other in (roomier, richer, replace(question, training=question.training + 600)):
        more = capacity_plan(shop.trainees, other, monotonic)
        assert more.proven
        assert more.worth >= found.worth


@given(shops())
@examples(60)
def test_a_bound_is_never_less_than_the_best_and_rules_of_thumb_never_more(shop: RandomShop) -> None:
    outlooks, question = shop.outlooks, shop.question
    best = capacity_plan(shop.trainees, question, monotonic).worth
    relaxed = LeastUse(outlooks, question).solve(NEVER_OVER)
    assert relaxed.bound >= best
    begun = first_plan(outlooks, question, relaxed.values, until=NEVER_OVER)
    first = begun.bookings
    assert fits(outlooks, first, question)
    better = improved(outlooks, begun, question, bound=relaxed.bound, until=NEVER_OVER)
    assert fits(outlooks, better, question)
    months = question.months
    assert (
        worth(outlooks, (), months)
        <= worth(outlooks, first, months)
        <= worth(outlooks, better, months)
        <= best
    )


def roomier_place(place: Place) -> Place:
    return replace(
        place,
        minutes=None if place.minutes is None else tuple(minutes + 600 for minutes in place.minutes),
        slots=None if place.slots is None else tuple(slots + 1 for slots in place.slots),
    )


def bookings_of(shop: RandomShop, plan: CapacityPlan) -> list[Booking]:
    people = [one.id for one in shop.trainees]
    stations = [one.id for one in shop.question.stations]
    mentors = [one.id for one in shop.question.mentors]
    return [
        Booking(
            people.index(one.person),
            one.earn.name,
            one.month,
            stations.index(one.station),
            None if one.mentor is None else mentors.index(one.mentor),
        )
        for one in plan.trainings
    ]


def with_trainings(evaluation: Evaluation, trainings: Sequence[Scheduled], question: Question) -> Evaluation:
    """The same person at the end of the plan, with what was trained shown on the last day of its last month."""
    facts = [fact_of(one, question, number) for number, one in enumerate(trainings)]
    person = replace(evaluation.person, facts=(*evaluation.person.facts, *facts))
    day = day_reached(question, question.months - 1)
    return evaluate(evaluation.world, person, program=PROGRAM, as_of=day)


def fact_of(one: Scheduled, question: Question, number: int) -> Fact:
    day = day_reached(question, one.until)
    head: dict[str, Any] = {
        "id": f"trained {number}",
        "on": day,
        "recorded": datetime(day.year, day.month, day.day, tzinfo=UTC),
    }
    earn: Earn = one.earn
    match earn.kind:
        case "competency":
            return Rating(**head, competency=earn.key, value=earn.rating)
        case "credential":
            return Pass(**head, credential=earn.key)
        case "course":
            return CourseResult(**head, course=earn.key, passed=True, grade=earn.grade or "A")
        case _:
            return ScoreResult(**head, score=earn.key, value=earn.at_least or 0)


def holds_on(after: Evaluation, name: str, question: Question, month: int) -> bool:
    kind, _, key = name.partition(":")
    day = day_reached(question, month).toordinal()
    if kind == "step":
        return timeline.is_true(after.actual.step(key), day)
    then = evaluate(after.world, after.person, program=PROGRAM, as_of=day_reached(question, month))
    return then.complete


def prerequisites_hold(after: Evaluation, one: Scheduled, question: Question) -> bool:
    world = after.world
    item: Competency | object = world.competencies.get(one.earn.key) or world.credentials.get(one.earn.key)
    if one.earn.kind not in ("competency", "credential"):
        return True
    day = question.start if one.month == 0 else day_reached(question, one.month - 1)
    return timeline.is_true(after.actual.prerequisites(item), day.toordinal())  # type: ignore[arg-type]
