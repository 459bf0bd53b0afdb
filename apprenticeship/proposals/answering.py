"""What people say about raises: objecting to a proposal, appealing, and answering a correction or an appeal."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.evidence import repo as evidence
from apprenticeship.house_rules.bounds import bound_of
from apprenticeship.house_rules.houses import house_of
from apprenticeship.people.model import Role
from apprenticeship.people.repo import lock_people
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.proposals import repo
from apprenticeship.proposals.finding import changed
from apprenticeship.proposals.looking import flow_of, moment_for
from apprenticeship.proposals.model import (
    ANSWERS,
    Flow,
    Proposal,
    ProposalKind,
    Statement,
    StatementKind,
)
from apprenticeship.proposals.standing_by import objection_days_of
from apprenticeship.raises.deciding import check_reason
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.services import decide, undo
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction
from apprenticeship.texts import in_words
from apprenticeship.views_people import names_of

NO_PROPOSAL = "There is no such proposal about this person, or it is not yours to answer."


async def object_to(actor: Actor, person: UUID, proposal: int, *, reason: str, now: datetime) -> Statement:
    """Object, as the employer, to the proposal of a raise, in time and with reasons; then the step waits.

    Raises:
        Missing: there is no such proposal about this person, or the actor does not speak for its sponsor.
        Invalid: there is no reason, the house rules know no objection, or the time for it is over.
        AlreadyDecided: the step was decided, or somebody objected before.
    """
    check_reason(reason, needed=True)
    async with transaction():
        standing, flow, found = await _sponsored(actor, person, proposal, ProposalKind.RAISE, now)
        sponsor = standing.enrolment.sponsor
        days = (await objection_days_of([sponsor], now.date()))[sponsor]
        if days is None:
            raise Invalid(
                "Your house rules know no objection; deny the raise or put it off.", where="proposal"
            )
        if found not in flow.open_raises:
            raise AlreadyDecided("This raise was decided already; nothing was changed.")
        last = found.last_day_to_object(days)
        if now.date() > last:
            raise Invalid(f"The last day to object was {in_words(last)}.", where="proposal")
        return await _say(actor, standing, StatementKind.OBJECTION, reason, now, proposal=found.id)


async def appeal(
    actor: Actor,
    *,
    reason: str,
    now: datetime,
    decision: int | None = None,
    proposal: int | None = None,
) -> Statement:
    """Appeal, as the apprentice, against a decision about one's own raise or the objection to a proposal.

    The employer answers by deciding again, or leaves things as they are, with a reason.

    Raises:
        Missing: there is no such decision or objection about the actor.
        Invalid: there is no reason, or nothing that one appeals against.
        AlreadyDecided: the actor appealed before, or another decision followed.
    """
    check_reason(reason, needed=True, reader="your employer")
    if (decision is None) == (proposal is None):
        raise Invalid("Name either a decision or a proposal that was objected to.", where="decision")
    async with transaction():
        permit(actor, Action.APPEAL_RAISE, await learner_of(actor.person), now)
        await lock_people([actor.person])
        for standing in await _standings(actor.person, now):
            flow = await flow_of(standing)
            if decision is not None:
                found = next((one for one in flow.decisions if one.id == decision), None)
                if found is not None:
                    _check_decision(flow, found)
                    return await _say(actor, standing, StatementKind.APPEAL, reason, now, decision=found.id)
            objected = flow.proposal(proposal or 0)
            if objected is not None and flow.about(objected, StatementKind.OBJECTION):
                _check_objected(flow, objected)
                return await _say(actor, standing, StatementKind.APPEAL, reason, now, proposal=objected.id)
    raise Missing("There is no such decision or objection about you.")


def _check_decision(flow: Flow, decision: RaiseDecision) -> None:
    if flow.appeal_against(decision.id) is not None:
        raise AlreadyDecided("You have appealed against this already; nothing was changed.")
    if not flow.can_be_appealed(decision):
        last = next(one for one in reversed(flow.decisions) if one.step == decision.step)
        if last != decision:
            raise AlreadyDecided("Another decision about this step followed; nothing was changed.")
        raise Invalid("This was not decided against you; there is nothing to appeal.", where="decision")


def _check_objected(flow: Flow, proposal: Proposal) -> None:
    if flow.about(proposal, StatementKind.APPEAL) is not None:
        raise AlreadyDecided("You have appealed against this already; nothing was changed.")
    if proposal not in flow.open_raises:
        raise AlreadyDecided("This raise was decided already; nothing was changed.")


async def uphold(actor: Actor, person: UUID, appeal: int, *, reason: str, now: datetime) -> Statement:
    """Answer an appeal, as the employer, by leaving things as they are; the step need not be reached.

    Raises:
        Missing: there is no such appeal of this person, or the actor does not speak for its sponsor.
        Invalid: there is no reason.
        AlreadyDecided: the appeal was answered before.
    """
    check_reason(reason, needed=True)
    async with transaction():
        permit(actor, Action.AWARD_STEP, await learner_of(person), now)
        await lock_people([person])
        sponsored = actor.organisations(Role.EMPLOYER, now.date())
        for standing in await _standings(person, now):
            flow = await flow_of(standing)
            found = next((one for one in flow.statements if one.id == appeal), None)
            if found is None or found.kind is not StatementKind.APPEAL:
                continue
            if standing.enrolment.sponsor not in sponsored:
                continue
            if found not in flow.open_appeals:
                raise AlreadyDecided("This appeal was answered already; nothing was changed.")
            about = {"proposal": found.proposal, "decision": found.decision}
            return await _say(actor, standing, StatementKind.UPHELD, reason, now, **about)
    raise Missing("There is no such appeal of this person, or it is not yours to answer.")


async def answer_correction(
    actor: Actor, person: UUID, proposal: int, *, accept: bool, reason: str, now: datetime
) -> Statement:
    """Accept, as the employer, what a correction proposes, or set it aside; both with a reason.

    Accepting takes the raise back, and gives it again from the new day where its rule still holds; where the
    house rules ask two people, this is the first approval of it. What was paid is not changed by it.

    Raises:
        Missing: there is no such correction about this person, or the actor does not speak for its sponsor.
        Invalid: there is no reason, or by what is known now it comes out differently.
        AlreadyDecided: somebody answered first, or the raise was taken back meanwhile.
    """
    check_reason(reason, needed=True)
    async with transaction():
        standing, flow, found = await _sponsored(actor, person, proposal, ProposalKind.CORRECTION, now)
        answered = flow.about(found, *ANSWERS)
        if answered is not None:
            by = (await names_of([answered.said_by])).get(answered.said_by, "somebody")
            raise AlreadyDecided(f"This was answered already by {by} on {in_words(answered.said_at.date())}.")
        if found not in flow.open_corrections:
            raise AlreadyDecided("The raise was taken back meanwhile, or a later correction followed.")
        kind = StatementKind.ACCEPTED if accept else StatementKind.SET_ASIDE
        said = await _say(actor, standing, kind, reason, now, proposal=found.id)
        if accept:
            await _carry_out(actor, standing, found, reason, now)
    return said


async def _carry_out(
    actor: Actor, standing: Standing, correction: Proposal, reason: str, now: datetime
) -> None:
    person, history = standing.person.id, await evidence.history(standing.person.id)
    given = next(one for one in standing.decisions if one.id == correction.refers_to)
    change = changed(standing, given, history)
    if change is None or (change.holds_since, change.lost_on) != (correction.holds_since, correction.lost_on):
        raise Invalid(
            "By what is known now it comes out differently; set this correction aside.", where="proposal"
        )
    await undo(actor, person, given.id, reason=reason, now=now)
    if correction.holds_since is not None:
        bound = bound_of(await house_of(standing.enrolment, today=now.date()), standing, correction.step)
        day = max(correction.holds_since, bound.day)
        verdict = Verdict(kind=Kind.APPROVED, effective_on=day, reason=reason)
        program = standing.enrolment.program_key
        await decide(actor, person, program=program, step=correction.step, verdict=verdict, now=now)


async def _sponsored(
    actor: Actor, person: UUID, proposal: int, kind: ProposalKind, now: datetime
) -> tuple[Standing, Flow, Proposal]:
    """Return a proposal of a kind about somebody whom the actor's organisation sponsors, with the person held."""
    permit(actor, Action.AWARD_STEP, await learner_of(person), now)
    await lock_people([person])
    sponsored = actor.organisations(Role.EMPLOYER, now.date())
    for standing in await _standings(person, now):
        flow = await flow_of(standing)
        found = flow.proposal(proposal)
        if found is not None and found.kind is kind and standing.enrolment.sponsor in sponsored:
            return standing, flow, found
    raise Missing(NO_PROPOSAL)


async def _standings(person: UUID, now: datetime) -> list[Standing]:
    """Return how somebody stands in each program, the one registered in last first."""
    latest = await standings_of([person], as_of=now.date())
    programs = {one.program_key for of in latest for one in of.enrolments}
    found = [await standings_of([person], as_of=now.date(), program=program) for program in sorted(programs)]
    return [one for of in found for one in of]


async def _say(
    actor: Actor,
    standing: Standing,
    kind: StatementKind,
    reason: str,
    now: datetime,
    *,
    proposal: int | None = None,
    decision: int | None = None,
) -> Statement:
    said = Statement(
        id=0,
        enrolment=standing.enrolment.id,
        kind=kind,
        proposal=proposal,
        decision=decision,
        said_at=await moment_for(standing, now),
        said_by=actor.person,
        reason=reason.strip(),
    )
    number = await repo.say(said)
    if number is None:
        raise AlreadyDecided("This was said already; nothing was changed.")
    action = Action.APPEAL_RAISE if kind is StatementKind.APPEAL else Action.AWARD_STEP
    detail = {"statement": number, "kind": kind, "proposal": proposal, "decision": decision}
    await record(actor, action, "enrolment", said.enrolment, now=now, detail=detail)
    return replace(said, id=number)
