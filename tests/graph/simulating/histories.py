"""From simulated people back to records, so that the engine can be asked about them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from graph.facts import CourseResult, Enrolment, Fact, Hours, Pass, Person, Rating, ScoreResult
from graph.simulating import assumptions
from graph.simulating.assumptions import Thing
from graph.simulating.earning import Shop
from graph.simulating.hours import Timesheet
from graph.simulating.outcome import Outcome

REGISTERED = date(2026, 1, 1)
RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


def day_of(tick: int) -> date:
    """The first, 8th, 15th or 22nd of a month."""
    return assumptions.day_of(tick, REGISTERED)


def history(outcome: Outcome, person: int, until: int) -> Person:
    """What somebody of the first crew had shown at the end of a tick."""
    shop = outcome.shop
    facts: list[Fact] = []
    passes = outcome.courses[0].passes
    own = passes[:, (passes[2] == person) & (passes[0] <= until)]
    for number, (tick, thing, _) in enumerate(own.T.tolist()):
        facts.append(_shown(shop, shop.items[thing], f"e{number}", day_of(tick)))
    facts += _hours(outcome, until)
    return Person(str(person), "", (Enrolment(shop.program, REGISTERED),), tuple(facts))


def _shown(shop: Shop, thing: Thing, name: str, on: date) -> Fact:
    match thing.kind:
        case "competency":
            value = shop.rating(thing.key)
            return Rating(id=name, on=on, recorded=RECORDED, competency=thing.key, value=value)
        case "credential":
            return Pass(id=name, on=on, recorded=RECORDED, credential=thing.key)
        case "course":
            return CourseResult(
                id=name, on=on, recorded=RECORDED, course=thing.key, passed=True, grade=shop.grade(thing.key)
            )
        case _:
            return ScoreResult(
                id=name, on=on, recorded=RECORDED, score=thing.key, value=shop.score(thing.key)
            )


def _hours(outcome: Outcome, until: int) -> Iterator[Hours]:
    program = outcome.shop.world.programs[outcome.shop.program]
    for within, minutes in Timesheet(program, outcome.assumptions, until).logged.items():
        for tick in range(1, until + 1):
            yield Hours(
                id=f"{within}-{tick}",
                on=day_of(tick),
                recorded=RECORDED,
                minutes=int(minutes[tick] - minutes[tick - 1]),
                within=within,
            )
