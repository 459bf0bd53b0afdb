"""A crew as it might be: people trained by a day, others hired, wages changed. Pure; nothing of it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_OID, UUID, uuid5

import numpy as np

from apprenticeship.forecasts.making import Group
from apprenticeship.snapshots.model import Kept, identifiers
from graph.actions import Earn
from graph.facts import Enrolment, Fact, Person
from graph.gates.adding import added, grown
from graph.gates.columns import crowd_of, rows_of
from graph.gates.compiling import compile_gates
from graph.supposing import evidence_of
from graph.world import World


@dataclass(frozen=True, kw_only=True)
class Training:
    """Some people show something by a day."""

    what: Earn
    people: frozenset[UUID]
    on: date


@dataclass(frozen=True, kw_only=True)
class Hire:
    """Somebody new, registered on the day of the forecast, who holds some things already."""

    name: str
    holds: tuple[Earn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """What is supposed of one program.

    Attributes:
        world: the standards with other wages; None leaves them.
    """

    trainings: tuple[Training, ...] = ()
    hires: tuple[Hire, ...] = ()
    world: World | None = None


def hired(number: int) -> UUID:
    """The identifier of a supposed person."""
    return uuid5(NAMESPACE_OID, f"journeymark: supposed hire {number}")


def supposing(group: Group, supposed: Supposed, as_of: date) -> Group:
    """Return a group of people with what is supposed of them, and of who joins it.

    Facts of days to come are what somebody plans: a forecast takes them as certain.
    """
    key = group.gates.focus or ""
    gates = group.gates if supposed.world is None else compile_gates(supposed.world, key)
    if not supposed.trainings and not supposed.hires:
        return replace(group, gates=gates)
    ids = identifiers(group.kept.people)
    trained = {place: _shown(one, supposed.trainings, as_of) for place, one in enumerate(ids)}
    trained = {place: person for place, person in trained.items() if person.facts}
    joined = [_joining(number, one, key, as_of) for number, one in enumerate(supposed.hires, 1)]
    vocabulary = grown(group.kept.crowd.vocabulary)
    more = crowd_of([rows_of(one, vocabulary) for one in (*trained.values(), *joined)], vocabulary)
    whose = np.array([*trained, *range(len(ids), len(ids) + len(joined))], np.int64)
    new = [hired(number) for number in range(1, len(joined) + 1)]
    numbers = np.array([one.bytes for one in [*ids, *new]], "V16")
    kept = Kept(numbers, added(group.kept.crowd, more, whose), group.kept.standards, group.kept.versions)
    names = {**group.names, **{one: hire.name for one, hire in zip(new, supposed.hires, strict=True)}}
    return replace(group, gates=gates, kept=kept, names=names, shown=group.shown | set(new))


def _shown(one: UUID, trainings: Iterable[Training], as_of: date) -> Person:
    """What somebody is trained in, and nothing else."""
    facts = [
        _fact(training.what, f"supposed-{number:03}", max(training.on, as_of), as_of)
        for number, training in enumerate(trainings, 1)
        if one in training.people
    ]
    return Person(str(one), "", (), tuple(facts))


def _joining(number: int, hire: Hire, program: str, as_of: date) -> Person:
    name = str(hired(number))
    facts = [_fact(what, f"held-{place:03}", as_of, as_of) for place, what in enumerate(hire.holds, 1)]
    return Person(name, hire.name, (Enrolment(program, as_of),), tuple(facts))


def _fact(what: Earn, name: str, on: date, as_of: date) -> Fact:
    return evidence_of(what, name, on, datetime.combine(as_of, time(), UTC))


def who_gains(before: Sequence[int], after: Sequence[int], people: Sequence[UUID], number: int) -> list[UUID]:
    """Return those to whom something brings the most days, at most so many; who gains nothing is not among them.

    Args:
        before: of each person, the sum of the days of their goals as things are.
        after: the same with it.
        people: who they are; the order breaks ties.
        number: how many at most.
    """
    gains = [(was - then, place) for place, (was, then) in enumerate(zip(before, after, strict=True))]
    ranked = sorted((one for one in gains if one[0] > 0), key=lambda one: (-one[0], one[1]))
    return [people[place] for _, place in ranked[:number]]
