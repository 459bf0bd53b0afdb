"""Simulated cohorts as plain data for JSON: counts of people, months, and where every number comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from graph.gates.program import Months, Reached
from graph.simulating.assumptions import TICKS_A_MONTH, Thing, ThingAssumption, day_of
from graph.simulating.hours import registers_related_hours, related_hours
from graph.simulating.outcome import QUANTILES, Milestone, Moment, Outcome, Passage
from graph.world import Program
from standards.answers import Labels, hours_number
from standards.assuming import NUMBERS, Assumed, Origin
from standards.naming import bare

BASIS = (
    "All of this follows from the assumptions and the rules of the program. "
    "It says nothing about any person, and is no better than the numbers put in."
)


@dataclass(frozen=True)
class Asked:
    """What a simulation was asked for, beside the program and the number of people."""

    assumed: Assumed
    seed: int
    registered: date | None = None


def simulation_answer(outcome: Outcome, asked: Asked, labels: Labels) -> dict[str, Any]:
    """The answer of ``journeymark simulate``; months count from registration, for those who do not leave before."""
    moments = [_moment(moment, outcome) for moment in outcome.moments]
    return {
        "program": outcome.shop.program,
        "apprentices": outcome.people,
        "years": outcome.years,
        "seed": asked.seed,
        "registered": asked.registered.isoformat() if asked.registered else None,
        **{key: count for key, count in moments[-1].items() if key != "month"},
        "goals": [_goal(milestone, outcome, asked, labels) for milestone in outcome.milestones],
        "moments": moments,
        "items": [_item(passage, labels) for passage in outcome.passages],
        "waiting_months": round(outcome.idle_months, 1),
        **_assumed(outcome, asked.assumed, labels),
        "basis": BASIS,
    }


def _moment(moment: Moment, outcome: Outcome) -> dict[str, int]:
    def people(share: Fraction) -> int:
        return int(share * outcome.people)

    counts = {"completed": moment.completed, "left": moment.left, "active": moment.active}
    return {"month": moment.month, **{name: people(share) for name, share in counts.items()}}


def _goal(milestone: Milestone, outcome: Outcome, asked: Asked, labels: Labels) -> dict[str, Any]:
    is_step = milestone.key != outcome.shop.program
    spread = dict(zip((f"p{percent}" for percent in QUANTILES), milestone.months, strict=True))
    answer = {
        "goal": f"step:{bare(milestone.key)}" if is_step else "completion",
        "reached": int(milestone.share * outcome.people),
        "months": {name: _months(months) for name, months in spread.items()},
    }
    if asked.registered:
        answer["days"] = {name: _day(months, asked.registered) for name, months in spread.items()}
    return {**answer, "last": _last(milestone, labels)}


def _months(months: Fraction | None) -> int | float | None:
    if months is None:
        return None
    return int(months) if months.denominator == 1 else float(months)


def _day(months: Fraction | None, registered: date) -> str | None:
    return None if months is None else day_of(int(months * TICKS_A_MONTH), registered).isoformat()


def _last(milestone: Milestone, labels: Labels) -> list[dict[str, Any]]:
    """What came last; an amount that is read in two worlds is told once."""
    found: dict[str, dict[str, Any]] = {}
    for what, share in milestone.last:
        told = _waited_for(what, labels)
        found.setdefault(str(told), {**told, "percent": _percent(share)})
    return list(found.values())


def _waited_for(what: Thing | Reached, labels: Labels) -> dict[str, Any]:
    if isinstance(what, Thing):
        return {"item": _name(what, labels)}
    if isinstance(what.amount, Months):
        return {"months": what.needed, "since": "registered" if what.amount.step is None else "step"}
    within = what.amount.within
    return {"hours": hours_number(what.needed), "in": labels.label("work_process", within)}


def _item(passage: Passage, labels: Labels) -> dict[str, Any]:
    return {
        "item": _name(passage.thing, labels),
        "percent": _percent(passage.wanted),
        "months": round(passage.months, 1),
    }


def _percent(share: Fraction) -> float:
    """Floored to one decimal, as progress is."""
    return (1000 * share.numerator // share.denominator) / 10


def _name(thing: Thing, labels: Labels) -> str:
    label = labels.label(thing.kind, thing.key)
    return f"{thing.kind}:{label}"


# what was assumed --------------------------------------------------------------------------------


def _assumed(outcome: Outcome, assumed: Assumed, labels: Labels) -> dict[str, Any]:
    shop = outcome.shop
    spoken_of = assumed.numbers.things
    return {
        "assumptions": _numbers(assumed, shop.world.programs[shop.program]),
        "things": [_thing(thing, said, assumed, labels) for thing, said in spoken_of.items()],
        "source": assumed.source,
        "effort_assumed": _names(shop.guessed, shop.items, labels),
        "not_asked_for": [_name(thing, labels) for thing in spoken_of if thing not in shop.things],
    }


def _numbers(assumed: Assumed, program: Program) -> dict[str, dict[str, Any]]:
    found = {}
    for key in NUMBERS:
        value, origin = getattr(assumed.numbers, key), assumed.origin(key)
        if value is None:
            value = related_hours(program)
            origin = Origin.PROGRAM if registers_related_hours(program) else origin
        found[key] = {"value": _plain(value), "from": origin.value}
    return found


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 4)


def _thing(thing: Thing, said: ThingAssumption, assumed: Assumed, labels: Labels) -> dict[str, Any]:
    hours = None if said.minutes is None else hours_number(said.minutes)
    numbers = {"hours": hours, "pass_rate": said.pass_rate, "attrition": said.attrition}
    return {
        "item": _name(thing, labels),
        **{key: _plain(value) for key, value in numbers.items() if value is not None},
        "from": assumed.origin_of(thing).value,
        "source": assumed.sources[thing],
    }


def _names(some: Iterable[Thing], order: Iterable[Thing], labels: Labels) -> list[str]:
    chosen = set(some)
    return [_name(thing, labels) for thing in order if thing in chosen]
