"""A step that comes by itself is reached on the day that is said and not before, asked day by day."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import Evaluation, evaluate
from graph.facts import Hours, Person, Status
from graph.within_reach import Coming, How, coming, pace_of
from tests.graph.asking import Asked, known_by
from tests.oracle.worlds import PROGRAM, RandomWorld, Shape, worlds
from tests.thoroughness import examples

Tree = dict[str, Any]
DAYS = 30
SMALL = Shape(competencies=1, credentials=1, evidence=8)
LOGGED = st.lists(
    st.tuples(st.integers(0, DAYS - 1), st.integers(1, 400), st.sampled_from(["ojl", "rti", "p-w0", "p-w1"])),
    max_size=4,
)
LAST = datetime(2100, 1, 1, tzinfo=UTC)


def reached_on(asked: Asked, step: str, person: Callable[[int], Person]) -> int | None:
    """After how many days the step is reached first, asking anew for each day."""
    for days in range(DAYS + 1):
        day = asked.random.as_of + timedelta(days=days)
        then = evaluate(asked.world, person(days), program=PROGRAM, as_of=day)
        keys = [one.key for one in asked.world.programs[PROGRAM].steps]
        wage = then.wage
        if wage is not None and wage.step is not None and keys.index(wage.step) >= keys.index(step):
            return days
    return None


def signed(person: Person) -> Person:
    facts = tuple(
        replace(fact, status=Status.VERIFIED) if fact.status is Status.SUBMITTED else fact
        for fact in person.facts
    )
    return replace(person, facts=facts)


def logging(evaluation: Evaluation, days: int) -> Person:
    """The person after some more days, each with its share of the hours of as many past days."""
    more = tuple(
        Hours(
            id=f"more {within} {number}",
            on=evaluation.as_of + timedelta(days=number),
            recorded=LAST,
            minutes=minutes * number // DAYS - minutes * (number - 1) // DAYS,
            within=within,
        )
        for within, minutes in pace_of(evaluation, DAYS).items()
        for number in range(1, days + 1)
    )
    return replace(evaluation.person, facts=(*evaluation.person.facts, *more))


LEAF = st.one_of(
    st.builds(
        lambda hours, place: {"hours": hours, "in": place},
        st.integers(1, 900),
        st.sampled_from(["ojl", "rti"]),
    ),
    st.builds(lambda months: {"months": months, "since": "registered"}, st.integers(1, 14)),
)
GROUP = st.builds(
    lambda kind, of: {kind: of}, st.sampled_from(["all", "any"]), st.lists(LEAF, min_size=2, max_size=3)
)
RULE = st.one_of(LEAF, GROUP)


def with_steps(world: RandomWorld, rules: Sequence[Tree]) -> RandomWorld:
    """The world with other rules for its wage steps after the first: hours and months, as raises have them."""
    documents = deepcopy(world.documents)
    for document in documents:
        if document.get("program", {}).get("id") == PROGRAM:
            steps = document["program"]["wages"]["steps"][1:]
            for number, step in enumerate(steps):
                step["when"] = rules[number % len(rules)]
    return replace(world, documents=documents)


def logged(world: RandomWorld, hours: Sequence[tuple[int, int, str]]) -> RandomWorld:
    """The world without what is dated later, with some hours of the last days more."""
    record = known_by(world.record, world.as_of)
    works = str(world.documents)
    more = [
        {
            "id": f"logged {number}",
            "on": (world.as_of - timedelta(days=ago)).isoformat(),
            "recorded": "2099-01-01",
            "status": "verified" if number % 4 else "submitted",
            "hours": amount,
            "in": within,
        }
        for number, (ago, amount, within) in enumerate(hours, start=1)
        if within in ("ojl", "rti") or within in works
    ]
    body = record["record"]
    return replace(world, record={**record, "record": {**body, "evidence": [*body["evidence"], *more]}})


@given(world=worlds(SMALL), hours=LOGGED, rules=st.lists(RULE, min_size=1, max_size=3), own=st.booleans())
@examples(60)
def test_the_day_is_that_on_which_the_rules_hold_first(
    world: RandomWorld, hours: list[tuple[int, int, str]], rules: list[Tree], *, own: bool
) -> None:
    asked = Asked(logged(world if own else with_steps(world, rules), hours))
    evaluation = asked.evaluation()
    if evaluation.wage is None or evaluation.wage.next is None:
        return
    step = evaluation.wage.next
    ways = {
        How.TIME: reached_on(asked, step, lambda _: asked.person),
        How.SIGN_OFF: reached_on(asked, step, lambda _: signed(asked.person)),
        How.HOURS: reached_on(asked, step, lambda days: logging(evaluation, days)),
    }
    found = [(days, place, how) for place, (how, days) in enumerate(ways.items()) if days is not None]
    expected = None
    if found:
        days, _, how = min(found)
        expected = Coming(world.as_of + timedelta(days=days), how)
    assert coming(evaluation, step, DAYS) == expected


@given(world=worlds(SMALL))
@examples(20)
def test_a_pace_is_of_the_last_days_and_of_what_counts(world: RandomWorld) -> None:
    evaluation = Asked(world).evaluation()
    everything = pace_of(evaluation, 100_000)
    assert all(minutes > 0 for minutes in everything.values())
    for within, minutes in pace_of(evaluation, DAYS).items():
        assert minutes <= everything[within]
