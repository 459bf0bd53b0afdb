"""Deciding again: every stored decision on its own day, by its own knowledge and versions, beside what was kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from apprenticeship.differences.model import Acceptance
from apprenticeship.differences.repo import accepted
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Evidence, known_rows
from apprenticeship.people.model import Person
from apprenticeship.people.repo import people_of
from apprenticeship.raises import repo
from apprenticeship.raises.deciding import drawn_again
from apprenticeship.raises.model import Kind, RaiseDecision
from apprenticeship.standing.facts import facts_of
from apprenticeship.standing.model import Standing
from apprenticeship.standing.worlds import sha256_of, world_of
from graph import timeline
from graph.facts import Fact
from graph.searches import Searches
from graph.world import World
from standards.answers import Labels
from standards.canonical import digest

T = TypeVar("T")
AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A decision that does not come to the same any more; nothing here names a person.

    Attributes:
        what: what differs first, in words.
        sha256: the hash of all that differs and of what it comes to now; another one is another difference.
        accepted: who let it stand, when and why; None where nobody did.
    """

    decision: int
    enrolment: UUID
    step: str
    as_of: date
    what: str
    sha256: str
    accepted: Acceptance | None = None

    def __str__(self) -> str:
        said = f"decision {self.decision}: {self.step} of enrolment {self.enrolment} on {self.as_of}: {self.what}"
        return said if self.accepted is None else f"{said} (accepted on {self.accepted.accepted_at.date()})"


@dataclass(frozen=True)
class Replay:
    """How many decisions were made again, and which of them came out differently."""

    decisions: int
    differences: tuple[Difference, ...]

    @property
    def open(self) -> tuple[Difference, ...]:
        """The differences that nobody accepted."""
        return tuple(one for one in self.differences if one.accepted is None)


async def replay_all() -> Replay:
    """Make every stored decision again; reads only."""
    return await replay_of(await repo.people_decided())


async def replay_of(people: Sequence[UUID]) -> Replay:
    """Make every stored decision about some people again; reads only."""
    count = 0
    found: list[Difference] = []
    for start in range(0, len(people), AT_ONCE):
        group = await _group(people[start : start + AT_ONCE])
        count += len(group.decisions)
        for decision in group.decisions:
            found += await _differences(decision, group)
    return Replay(count, await _with_acceptances(found))


async def _with_acceptances(found: Sequence[Difference]) -> tuple[Difference, ...]:
    given = {
        (one.decision, one.difference_sha256): one for one in await accepted([d.decision for d in found])
    }
    return tuple(replace(one, accepted=given.get((one.decision, one.sha256))) for one in found)


@dataclass(frozen=True, kw_only=True)
class _Group:
    """Some people with everything that was ever decided and written about them."""

    people: Mapping[UUID, Person]
    enrolments: Mapping[UUID, Enrolment]
    decisions: tuple[RaiseDecision, ...]
    proofs: Mapping[int, Any]
    histories: Mapping[UUID, Sequence[Evidence]]
    read: "_Read"

    @cached_property
    def enrolments_of(self) -> Mapping[UUID, Sequence[Enrolment]]:
        """By person, in the order of all."""
        return _by(self.enrolments.values(), lambda one: one.person)

    @cached_property
    def decisions_of(self) -> Mapping[UUID, Sequence[RaiseDecision]]:
        """By enrolment, the first decision first."""
        return _by(self.decisions, lambda one: one.enrolment)


def _by(several: Iterable[T], whose: Callable[[T], UUID]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = {}
    for one in several:
        found.setdefault(whose(one), []).append(one)
    return found


class _Read:
    """What many decisions have in common: the words of a world, and rows of evidence as the engine reads them."""

    def __init__(self) -> None:
        self._labels: dict[str, Labels] = {}
        self._facts: dict[tuple[str, int], tuple[Fact, ...]] = {}
        self._searches: dict[tuple[str, UUID, str], Searches] = {}

    def labels(self, standing: Standing) -> Labels:
        """Return the words of a standing's world."""
        if standing.standards_sha256 not in self._labels:
            self._labels[standing.standards_sha256] = Labels(standing.world)
        return self._labels[standing.standards_sha256]

    def searches(self, person: UUID, sha256: str, program: str) -> Searches:
        """Return the searches about somebody in the world of some standards, with one program in focus."""
        return self._searches.setdefault((sha256, person, program), Searches())

    def facts(self, rows: Iterable[Evidence], world: World, sha256: str) -> Iterator[Fact]:
        """Return rows as the engine reads them in the world of some standards."""
        for row in rows:
            known = self._facts.get((sha256, row.id))
            if known is None:
                known = self._facts[sha256, row.id] = tuple(facts_of(row, world))
            yield from known


async def _group(people: Sequence[UUID]) -> _Group:
    enrolled = {one.id: one for one in await enrolments.of_people(people)}
    decisions = await repo.of_enrolments(list(enrolled))
    return _Group(
        people={one.id: one for one in await people_of(people)},
        enrolments=enrolled,
        decisions=decisions,
        proofs=await repo.proofs_of([one.id for one in decisions]),
        histories=_by(await evidence.histories(people), lambda one: one.person),
        read=_Read(),
    )


async def _differences(decision: RaiseDecision, group: _Group) -> Iterable[Difference]:
    what, now = await _what_differs(decision, group)
    if not what:
        return ()
    difference = Difference(
        decision=decision.id,
        enrolment=decision.enrolment,
        step=decision.step,
        as_of=decision.as_of,
        what=what[0],
        sha256=digest([_kept(decision), list(what), now]),
    )
    return (difference,)


def _kept(decision: RaiseDecision) -> list[str]:
    """Everything of a decision but its reason, which may be erased."""
    return [str(value) for name, value in sorted(vars(decision).items()) if name != "reason"]


async def _what_differs(decision: RaiseDecision, group: _Group) -> tuple[tuple[str, ...], Any]:
    """Say what differs, and what it comes to now as plain data."""
    enrolment = group.enrolments[decision.enrolment]
    if decision.as_of < enrolment.registered:
        return ("nobody was enrolled on that day",), None
    try:
        standing = await _standing(decision, enrolment, group)
    except LookupError:
        return ("the standards that it was decided under are not there",), None
    if standing.about is None:
        return ("the program has no such step",), None
    again, remade = drawn_again(standing, decision, group.read.labels(standing))
    proof = group.proofs[decision.id]
    what = tuple(differences(decision, proof, standing, again))
    now = [again.because, remade, again.cents_before, again.cents_after, again.evidence_up_to, proof]
    return what, now


async def _standing(decision: RaiseDecision, enrolment: Enrolment, group: _Group) -> Standing:
    """Return how the person stood: the rows, decisions and versions that were there when it was decided."""
    own = replace(enrolment, program=decision.standards[0], frameworks=decision.standards[1:])
    world, sha256 = await world_of(decision.standards), await sha256_of(decision.standards)
    rows = known_rows(
        group.histories.get(enrolment.person, ()), at=decision.decided_at, up_to=decision.evidence_up_to
    )
    person = group.people[enrolment.person]
    enrolled = (own if one.id == own.id else one for one in group.enrolments_of[person.id])
    return Standing(
        person=person,
        enrolment=own,
        enrolments=tuple(
            one for one in enrolled if one.registered <= decision.as_of and one.program_key in world.programs
        ),
        as_of=decision.as_of,
        known_at=decision.decided_at,
        world=world,
        evidence=rows,
        decisions=tuple(one for one in group.decisions_of[enrolment.id] if one.id < decision.id),
        standards_sha256=sha256,
        facts=tuple(group.read.facts(rows, world, sha256)),
        about=next(
            (one.key for one in world.programs[own.program_key].steps if one.key == decision.step), None
        ),
        searches=group.read.searches(person.id, sha256, own.program_key),
    )


def differences(
    decision: RaiseDecision, proof: Any, standing: Standing, again: RaiseDecision
) -> Iterator[str]:
    """Say what of a decision is not as it was kept; the plainest first.

    Args:
        decision: as it was kept.
        proof: kept with it.
        standing: how the person stood when it was made.
        again: the decision drawn up from that.
    """
    if decision.standards_sha256 != standing.standards_sha256:
        yield "it was decided under other standards"
    held = timeline.is_true(standing.evaluation.actual.step(decision.step), decision.as_of.toordinal())
    if decision.kind is not Kind.UNDONE and not held:
        yield "its rule did not hold"
    if again.because != decision.because:
        missing = set(decision.because) - {row.key for row in standing.evidence}
        if missing:
            yield f"its reasons name {min(missing)}, which is not in the record"
        yield "it rests on other evidence now"
    # an award of a release before proofs were kept has nothing more to compare
    if decision.explanation_sha256:
        yield from _unlike_what_was_kept(decision, proof, again)


def _unlike_what_was_kept(decision: RaiseDecision, proof: Any, again: RaiseDecision) -> Iterator[str]:
    if digest(proof) != decision.explanation_sha256:
        yield "the proof kept with it was changed"
    if again.explanation_sha256 != decision.explanation_sha256:
        yield "its proof reads otherwise now"
    if (again.cents_before, again.cents_after) != (decision.cents_before, decision.cents_after):
        yield "the pay before or after it comes out differently"
    if again.evidence_up_to != decision.evidence_up_to:
        yield "rows of evidence that were there are missing"
