"""What would be, had something more been earned, something been taken back or the day been another.

A supposition is turned into facts, and the rules are asked again: there is no second way to work anything out, nothing
is kept, and the person as they are stays as they are.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import count
from typing import Any

from graph.actions import Earn, EarnHours
from graph.edges import Place, items
from graph.evaluating import DONE, Evaluation, HoursAnswer, State
from graph.facts import CourseResult, Fact, Hours, Pass, Person, Rating, Revocation, ScoreResult
from graph.world import World

PREFIX = "supposed-"


@dataclass(frozen=True, slots=True)
class Earned:
    """Pretend that this was earned or worked; ``on`` None is the day asked about."""

    what: Earn | EarnHours
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Revoked:
    """Pretend that this piece of evidence was taken back; ``on`` None is the day asked about."""

    evidence: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is pretended. ``day``: ask about this day instead, later or earlier; None leaves the day as it is."""

    things: tuple[Earned | Revoked, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """An item whose state is another one then."""

    item: Place
    before: State
    after: State


def suppose(evaluation: Evaluation, supposition: Supposition) -> Evaluation:
    """The answers for the same person, had all that been so; the evaluation given is left as it is.

    What the world does not know changes nothing in it.
    """
    return Evaluation(
        evaluation.world,
        person_supposing(evaluation, supposition),
        program=evaluation.focus,
        as_of=supposition.day or evaluation.as_of,
        known_at=evaluation.known_at,
    )


def person_supposing(evaluation: Evaluation, supposition: Supposition) -> Person:
    """The person with verified facts for what is pretended, recorded last of all that is known."""
    person, known_at = evaluation.person, evaluation.known_at
    last = max((fact.recorded for fact in person.facts), default=None)
    facts = []
    known = (thing for thing in supposition.things if _is_known(thing, evaluation.world))
    for name, thing in zip(_free_names(person), known, strict=False):
        on = thing.on or supposition.day or evaluation.as_of
        starts = datetime.combine(on, time(), UTC)
        recorded = known_at or max(starts, last or starts)
        facts.append(_fact(thing, name, on, recorded))
    return replace(person, facts=(*person.facts, *facts))


def _is_known(thing: Earned | Revoked, world: World) -> bool:
    if isinstance(thing, Revoked) or isinstance(thing.what, EarnHours):
        return True
    earn = thing.what
    if earn.kind == "credential" and earn.part is not None:
        credential = world.credentials.get(earn.key)
        return credential is not None and earn.part in credential.tests
    kinds: Mapping[str, Container[str]] = {
        "credential": world.credentials,
        "competency": world.competencies,
        "course": world.courses,
        "score": world.scores,
    }
    return earn.key in kinds[earn.kind]


def evidence_of(earned: Earn | EarnHours, name: str, on: date, recorded: datetime) -> Fact:
    """The verified fact that earning something leaves, exactly as well as it says."""
    head: dict[str, Any] = {"id": name, "on": on, "recorded": recorded}
    match earned:
        case EarnHours():
            return Hours(**head, minutes=earned.minutes, within=earned.within)
        case Earn(kind="credential"):
            return Pass(**head, credential=earned.key, part=earned.part)
        case Earn(kind="competency"):
            return Rating(**head, competency=earned.key, value=earned.rating)
        case Earn(kind="course"):
            return CourseResult(**head, course=earned.key, passed=True, grade=earned.grade)
        case Earn(kind="score"):
            return ScoreResult(**head, score=earned.key, value=earned.at_least or 0)
        case _:
            raise ValueError(earned.kind)


def _fact(thing: Earned | Revoked, name: str, on: date, recorded: datetime) -> Fact:
    if isinstance(thing, Revoked):
        return Revocation(id=name, on=on, recorded=recorded, revokes=thing.evidence)
    return evidence_of(thing.what, name, on, recorded)


def _free_names(person: Person) -> Iterator[str]:
    """Names that the record neither uses nor speaks of."""
    taken = {fact.id for fact in person.facts}
    taken |= {fact.revokes for fact in person.facts if isinstance(fact, Revocation)}
    return (name for number in count(1) if (name := f"{PREFIX}{number:03}") not in taken)


@dataclass(frozen=True)
class Difference:
    """Two evaluations of one person in one world, beside each other."""

    before: Evaluation
    after: Evaluation

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The items whose states differ: competencies, then credentials, in the order of the world."""
        then = self.after.states
        return tuple(
            Turn(item, state, then[item])
            for item, state in self.before.states.items()
            if state is not then[item]
        )

    @property
    def done(self) -> tuple[Place, ...]:
        """Items done then and not before."""
        return tuple(turn.item for turn in self.turns if turn.after in DONE and turn.before not in DONE)

    @property
    def lost(self) -> tuple[Place, ...]:
        """Items done before and not then."""
        return tuple(turn.item for turn in self.turns if turn.before in DONE and turn.after not in DONE)

    @property
    def opened(self) -> tuple[Place, ...]:
        """Items that are ready then and were locked."""
        return tuple(
            turn.item for turn in self.turns if turn.after is State.READY and turn.before is State.LOCKED
        )

    @cached_property
    def out_of_order(self) -> tuple[Place, ...]:
        """Items flagged then, and not before, as proven before their prerequisites."""
        return tuple(
            place
            for place, item in items(self.before.world)
            if self.after.out_of_order(item) and not self.before.out_of_order(item)
        )

    @cached_property
    def hours(self) -> tuple[tuple[str, HoursAnswer, HoursAnswer], ...]:
        """(work process, ``ojl`` or ``rti``; before; then) where minutes differ."""
        return tuple(
            (key, was, self.after.hours[key])
            for key, was in self.before.hours.items()
            if was != self.after.hours[key]
        )

    @property
    def nothing(self) -> bool:
        """Whether everything is as it was."""
        same = (self.before.progress, self.before.wage) == (self.after.progress, self.after.wage)
        return same and not (self.turns or self.out_of_order or self.hours)
