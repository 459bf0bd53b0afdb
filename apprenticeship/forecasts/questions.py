"""A question about the people of one program: what it asks, and whether it can be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprenticeship.refusals import Invalid, Missing
from graph.actions import Earn
from graph.dates import add_months
from graph.forecasting.crew import HORIZON
from graph.world import World

MOST_HIRES = 20
MOST_THINGS = 20


@dataclass(frozen=True, kw_only=True)
class CrewQuestion:
    """What is asked about the people of one program.

    Attributes:
        program: its key.
        train: things that people show by the day.
        people: who; empty is everybody who has not shown them.
        on: the day, today or later.
        certify: a thing that so many more show by the day: those to whom it brings most.
        more: how many.
        hires: how many new apprentices begin today.
        hold: what each of them holds.
        rate: another journey rate in cents an hour, and from when.
        wages: another wage schedule, as the contract writes it; empty leaves it.
    """

    program: str
    train: tuple[Earn, ...] = ()
    people: frozenset[UUID] = frozenset()
    on: date
    certify: Earn | None = None
    more: int = 0
    hires: int = 0
    hold: tuple[Earn, ...] = ()
    rate: tuple[int, date] | None = None
    wages: str = ""


def check_question(asked: CrewQuestion, known: Mapping[UUID, str], world: World, as_of: date) -> None:
    """Go on only with a question that can be answered.

    Args:
        asked: the question.
        known: who may be asked about, by name.
        world: the standards of most of them.
        as_of: from which day.

    Raises:
        Missing: somebody named is not among them.
        Invalid: something asked cannot be.
    """
    if not asked.people <= known.keys():
        raise Missing("No such person in this program.")
    if asked.on < as_of:
        raise Invalid("The day lies behind; name today or a later one.", where="on")
    if asked.on > add_months(as_of, HORIZON):
        raise Invalid(f"The day lies more than {HORIZON} months ahead.", where="on")
    if not 0 <= asked.hires <= MOST_HIRES:
        raise Invalid(f"Hire from 0 to {MOST_HIRES} people.", where="hires")
    if not 0 <= asked.more <= len(known):
        raise Invalid(f"Certify from 0 to {len(known)} people.", where="more")
    if max(len(asked.train), len(asked.hold)) > MOST_THINGS:
        raise Invalid(f"At most {MOST_THINGS} things at once.", where="train")
    for where, things in (("train", asked.train), ("hold", asked.hold), ("certify", _listed(asked.certify))):
        for thing in things:
            _check_thing(world, thing, where)


def _listed(thing: Earn | None) -> tuple[Earn, ...]:
    return () if thing is None else (thing,)


def _check_thing(world: World, thing: Earn, where: str) -> None:
    known = world.credentials if thing.kind == "credential" else world.competencies
    if thing.kind not in ("credential", "competency") or thing.key not in known:
        raise Invalid(f"The standards have no {thing.kind} {thing.key}; choose one of the list.", where=where)
