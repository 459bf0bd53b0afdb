"""Looking at people's steps: what their rules propose is kept once, whoever looks how often and at the same time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Evidence
from apprenticeship.outbox.model import Errand
from apprenticeship.people.repo import lock_people
from apprenticeship.proposals import repo
from apprenticeship.proposals.finding import next_look, proposed
from apprenticeship.proposals.model import Flow, Proposal
from apprenticeship.proposals.standing_by import stand_by_themselves
from apprenticeship.raises import repo as raises
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of

PROPOSED = "raise.propose"


class OfEnrolment(Protocol):
    """A row about an enrolment."""

    @property
    def enrolment(self) -> UUID: ...


Row = TypeVar("Row", bound=OfEnrolment)


async def look(errand: Errand, now: datetime) -> None:
    """Do what `asking.ask_for_look` asked for, in the transaction of the errand."""
    await look_at([UUID(one) for one in errand.payload["people"]], now=now)


async def look_again_tomorrow(errand: Errand, now: datetime) -> None:
    """Put a look off that failed too often, so that it is not forgotten."""
    tomorrow = now.date() + timedelta(days=1)
    await repo.watch({UUID(one): tomorrow for one in errand.payload["people"]})


async def look_at(people: Sequence[UUID], *, now: datetime) -> tuple[Proposal, ...]:
    """Propose what the rules of some people say and nobody proposed yet, inside a transaction.

    They are held, so that nobody writes or decides about them meanwhile. A proposal whose objection period is over
    stands by itself.

    Returns:
        what is new.
    """
    await lock_people(people)
    standings = await _standings(people, now.date())
    found = await _look(standings, now)
    if await stand_by_themselves(standings, now=now):
        standings = await _standings(people, now.date())
    await _watch(people, standings, now.date())
    return found


async def _look(standings: Sequence[Standing], now: datetime) -> tuple[Proposal, ...]:
    flows = await flows_of([one.enrolment.id for one in standings])
    histories = await _histories([one.person.id for one in standings if one.awarded])
    new = []
    for one in standings:
        known_at = await moment_for(one, now)
        history = histories.get(one.person.id, ())
        for proposal in proposed(one, flows[one.enrolment.id], history, known_at=known_at):
            number = await repo.add(proposal)
            if number is not None:
                new.append(replace(proposal, id=number))
                await _audit(new[-1], now)
    return tuple(new)


async def _standings(people: Sequence[UUID], today: date) -> list[Standing]:
    """Return how people stand in each program in which they are registered."""
    registered = await enrolments.of_people(people)
    programs = sorted({one.program_key for one in registered if one.registered <= today})
    found = [await standings_of(people, as_of=today, program=one) for one in programs]
    return [one for of in found for one in of]


async def flows_of(enrolments: Sequence[UUID]) -> Mapping[UUID, Flow]:
    """Return, by enrolment, everything that was proposed, said and decided."""
    proposals = _by_enrolment(await repo.of_enrolments(enrolments))
    statements = _by_enrolment(await repo.statements_of(enrolments))
    decisions = _by_enrolment(await raises.of_enrolments(enrolments))
    return {
        one: Flow(tuple(proposals[one]), tuple(statements[one]), tuple(decisions[one])) for one in enrolments
    }


def _by_enrolment(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.enrolment].append(row)
    return found


async def flow_of(standing: Standing) -> Flow:
    """Return everything that was proposed, said and decided about one enrolment."""
    return (await flows_of([standing.enrolment.id]))[standing.enrolment.id]


async def moment_for(standing: Standing, now: datetime) -> datetime:
    """Return now, or the moment of the last thing known about somebody where a clock was set back."""
    marks = await evidence.marks([standing.person.id])
    mark = marks.get(standing.person.id)
    recorded = [] if mark is None or mark.recorded is None else [mark.recorded]
    return max([now, *recorded, *(one.decided_at for one in standing.decisions)])


async def _histories(people: Sequence[UUID]) -> dict[UUID, list[Evidence]]:
    found: dict[UUID, list[Evidence]] = {}
    for row in await evidence.histories(people) if people else ():
        found.setdefault(row.person, []).append(row)
    return found


async def _watch(people: Sequence[UUID], standings: Sequence[Standing], today: date) -> None:
    flows = await flows_of([one.enrolment.id for one in standings])
    days: dict[UUID, date | None] = dict.fromkeys(people)
    for one in standings:
        day, known = next_look(one, flows[one.enrolment.id]), days[one.person.id]
        days[one.person.id] = day if known is None else min(known, day or known)
    await repo.watch(days | await _registrations_ahead(people, today, days))


async def _registrations_ahead(
    people: Sequence[UUID], today: date, days: Mapping[UUID, date | None]
) -> dict[UUID, date | None]:
    """Return the day of registration of whoever is registered ahead, where nothing comes before."""
    ahead = [one for one in await enrolments.of_people(people) if one.registered > today]
    return {one.person: min(one.registered, days[one.person] or one.registered) for one in reversed(ahead)}


async def _audit(proposal: Proposal, now: datetime) -> None:
    detail = {
        "proposal": proposal.id,
        "kind": proposal.kind,
        "step": proposal.step,
        "because": proposal.because,
    }
    await record(None, PROPOSED, "enrolment", proposal.enrolment, now=now, detail=detail)
