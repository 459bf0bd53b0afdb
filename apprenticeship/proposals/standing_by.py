"""Raises that stand by themselves: a sponsor's house rules may give so many days to object, and nobody did.

Known from Australia: the competent apprentice is paid the next stage unless the employer objects in writing, with
reasons, within 21 days (AMWU, the fairer progression system). It is an option, and off where nobody set it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.house_rules.bounds import bound_of
from apprenticeship.house_rules.houses import house_of
from apprenticeship.house_rules.services import rules_of_all
from apprenticeship.policy import Action
from apprenticeship.proposals import repo
from apprenticeship.proposals.model import Flow, Proposal, StatementKind
from apprenticeship.raises import repo as raises
from apprenticeship.raises.deciding import drawn_up
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.texts import in_words


def unopposed(standing: Standing, flow: Flow, objection_days: int | None) -> tuple[Proposal, ...]:
    """Return the proposals that stand by themselves on the day of a standing; none where the rule is off.

    The day of the proposal does not count, and on the last day somebody may still object: with 21 days a proposal
    of 1 May stands from 23 May. The rule of the step must still hold.
    """
    if objection_days is None:
        return ()
    reached = {step.key for step in standing.open_steps}
    return tuple(
        one
        for one in flow.open_raises
        if one.step in reached
        and flow.about(one, StatementKind.OBJECTION) is None
        and standing.as_of > one.last_day_to_object(objection_days)
    )


async def stand_by_themselves(standings: Sequence[Standing], *, now: datetime) -> tuple[RaiseDecision, ...]:
    """Decide what nobody objected to in time, inside a transaction in which the people are held.

    Each is a decision by nobody that says so.
    """
    days = await objection_days_of((one.enrolment.sponsor for one in standings), now.date())
    asked = [one for one in standings if days[one.enrolment.sponsor] is not None]
    made: list[RaiseDecision] = []
    for standing in asked:
        objection_days = days[standing.enrolment.sponsor]
        flow = await _flow_of(standing)
        for proposal in unopposed(standing, flow, objection_days):
            day = await _paid_from(standing, proposal)
            if day is not None:
                made.append(await _stand(standing, proposal, objection_days or 0, day, now))
    return tuple(made)


async def objection_days_of(sponsors: Iterable[UUID], day: date) -> Mapping[UUID, int | None]:
    """Return how many days each of some sponsors has to object by its house rules; None where that is off."""
    rules = await rules_of_all(sorted(set(sponsors)), day)
    return {sponsor: own.objection_days for sponsor, own in rules.items()}


async def _flow_of(standing: Standing) -> Flow:
    ids = [standing.enrolment.id]
    proposals, statements = await repo.of_enrolments(ids), await repo.statements_of(ids)
    return Flow(proposals, statements, await raises.of_enrolments(ids))


async def _paid_from(standing: Standing, proposal: Proposal) -> date | None:
    """Return from when the house rules let a raise be paid; None while a day, a log or the committee is waited for."""
    house = await house_of(standing.enrolment, today=standing.as_of)
    bound = bound_of(house, standing, proposal.step)
    waits = bound.effect.held or bound.effect.needs_committee or bound.day > standing.as_of
    return None if waits else bound.day


async def _stand(
    standing: Standing, proposal: Proposal, days: int, day: date, now: datetime
) -> RaiseDecision:
    reason = f"Nobody objected within {days} days of {in_words(proposal.known_at.date())}: the raise stands."
    verdict = Verdict(kind=Kind.APPROVED, effective_on=day, reason=reason)
    then = await _standing_on(standing, day, now)
    (number,) = await raises.reserve(1)
    drawn = drawn_up(then, proposal.step, verdict, number=number, by=None)
    await raises.add([drawn])
    detail: dict[str, Any] = {
        "decision": number,
        "kind": Kind.APPROVED,
        "step": proposal.step,
        "proposal": proposal.id,
    }
    await record(None, Action.AWARD_STEP, "enrolment", standing.enrolment.id, now=now, detail=detail)
    return drawn[0]


async def _standing_on(standing: Standing, day: date, now: datetime) -> Standing:
    """Return how somebody stood on a day by what is known now, so that the decision can be worked out again."""
    made = await raises.of_enrolments([standing.enrolment.id])
    known_at = max([now, *(one.decided_at for one in made), *(row.recorded for row in standing.evidence)])
    (found,) = await standings_of(
        [standing.person.id], as_of=day, known_at=known_at, program=standing.enrolment.program_key
    )
    return found
