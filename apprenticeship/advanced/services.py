"""Claiming credit for previous experience, deciding it once, moving the wage, and telling the agency in time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.advanced import repo
from apprenticeship.advanced.model import CREDITED, Claim, Decided, Hours, ProbationEnd
from apprenticeship.advanced.report import OutcomeLine, outcome_lines
from apprenticeship.advanced.rules import TELL_WITHIN, check_claim, check_grant, over_words, probation_end
from apprenticeship.audit.services import record
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.people.model import Role
from apprenticeship.people.repo import lock_people
from apprenticeship.people.services import learner_of, visible_learners
from apprenticeship.policy import Action, Actor
from apprenticeship.raises.model import Kind, Verdict
from apprenticeship.raises.services import decide as decide_raise
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction
from graph.requirement import RTI

HIGHEST = 2**63
VOUCHED = "Credit for previous experience"


@dataclass(frozen=True)
class ClaimReport:
    """The claims of everybody whose raises the actor decides: those that wait first, then the latest."""

    claims: tuple[tuple[Claim, Standing, ProbationEnd], ...]
    outcomes: tuple[OutcomeLine, ...]


async def claim_credit(
    actor: Actor, person: UUID, *, applied_on: date, asked: Hours, documents: Sequence[str], now: datetime
) -> Claim:
    """Claim credit for one's own previous experience; `asked` are minutes by id of the work process.

    Raises:
        Missing: it is somebody else's.
        Invalid: the claim does not hold together, probation is over, or one is registered nowhere.
        AlreadyDecided: there is a claim for this registration already.
    """
    async with transaction():
        permit(actor, Action.HAND_IN, await learner_of(person), now)
        standing = await _standing(person, now)
        end = probation_end_of(standing)
        if end.day <= now.date():
            raise Invalid(over_words(end), where="form")
        asked = {name: minutes for name, minutes in asked.items() if minutes}
        registered = standing.enrolment.registered
        check_claim(standing.program, asked, documents, applied_on=applied_on, registered=registered)
        claim = Claim(
            id=0,
            enrolment=standing.enrolment.id,
            person=person,
            program=standing.enrolment.program_key,
            applied_on=applied_on,
            asked=asked,
            documents=tuple(documents),
            claimed_at=now,
            claimed_by=actor.person,
        )
        number = await repo.add(claim)
        if number is None:
            raise AlreadyDecided("There is a claim for this registration already; nothing was changed.")
        await record(actor, Action.HAND_IN, "standing_claim", number, now=now, detail={"asked": dict(asked)})
        return await _kept(number)


async def decide_claim(
    actor: Actor, person: UUID, claim: int, *, granted: Hours, reason: str, now: datetime
) -> Claim:
    """Decide a claim, once: what is granted counts from today, and the wage moves to the step that it reaches.

    Raises:
        Missing: there is no such claim of this person, or the actor does not speak for the sponsor.
        Invalid: the rules do not allow it.
        AlreadyDecided: it was decided before.
    """
    async with transaction():
        permit(actor, Action.AWARD_STEP, await learner_of(person), now)
        await lock_people([person])
        found = await _of_person(person, claim)
        if found.decided is not None:
            raise AlreadyDecided(f"This was decided on {found.decided.decided_on}; nothing was changed.")
        standing = await _standing(person, now, found.program)
        if standing.enrolment.sponsor not in actor.organisations(Role.EMPLOYER, now.date()):
            raise Missing("There is no such claim.")
        if standing.enrolment.id != found.enrolment:
            raise Invalid("This claim belongs to an earlier registration.", where="hours")
        end = probation_end_of(standing)
        granted = {name: minutes for name, minutes in granted.items() if minutes}
        check_grant(standing.program, found.asked, granted, reason, decided_on=now.date(), end=end)
        await append(_additions(found, granted, reason, actor, now))
        decided = Decided(
            granted=granted,
            reason=reason.strip(),
            decided_on=now.date(),
            probation_ends=end.day,
            tell_by=now.date() + TELL_WITHIN,
            raise_decision=await _moved(actor, standing, now) if granted else None,
            decided_at=now,
            decided_by=actor.person,
        )
        await repo.decide(claim, decided)
        detail = {"granted": dict(granted), "raise": decided.raise_decision}
        await record(actor, Action.AWARD_STEP, "standing_claim", claim, now=now, detail=detail)
        return await _kept(claim)


def _additions(claim: Claim, granted: Hours, reason: str, actor: Actor, now: datetime) -> list[Addition]:
    """Return one entry of hours for each work process, known by its source key."""
    return [
        Addition(
            person=claim.person,
            fact=Fact(
                kind=EvidenceKind.HOURS,
                happened_on=now.date(),
                minutes=minutes,
                work_process=name,
                attested_by=VOUCHED,
                source_key=f"{CREDITED}{claim.id}:{name}",
            ),
            status=Status.VERIFIED,
            recorded=now,
            recorded_by=actor.person,
            note=reason.strip(),
        )
        for name, minutes in sorted(granted.items())
    ]


async def _moved(actor: Actor, before: Standing, now: datetime) -> int | None:
    """Give the wage step that is reached with the credit and was not before; None where there is none."""
    after = await _standing(before.person.id, now, before.enrolment.program_key)
    step = after.reached_step
    if step is None or step == before.reached_step or not after.raise_reached:
        return None
    verdict = Verdict(kind=Kind.APPROVED, effective_on=now.date(), reason=VOUCHED)
    program = before.enrolment.program_key
    made = await decide_raise(
        actor, before.person.id, program=program, step=step.key, verdict=verdict, now=now
    )
    return made.id


async def tell_agency(actor: Actor, person: UUID, claim: int, *, told_on: date, now: datetime) -> Claim:
    """Keep that the registration agency was told of a decision.

    Raises:
        Missing: there is no such claim of this person, or not for the actor.
        Invalid: nothing was decided yet, or the day is out of range.
        AlreadyDecided: it was told before.
    """
    async with transaction():
        permit(actor, Action.AWARD_STEP, await learner_of(person), now)
        found = await _of_person(person, claim)
        if found.decided is None:
            raise Invalid("Nothing was decided yet.", where="told_on")
        if not found.decided.decided_on <= told_on <= now.date():
            said = f"A day from {found.decided.decided_on} to today."
            raise Invalid(said, where="told_on")
        if not await repo.told(claim, told_on, at=now, by=actor.person):
            raise AlreadyDecided("That the agency was told is written down already.")
        await record(actor, Action.AWARD_STEP, "standing_claim", claim, now=now, detail={"told_on": told_on})
        return await _kept(claim)


async def claims_to_decide(actor: Actor, *, now: datetime) -> ClaimReport:
    """Return the claims of everybody whose raises the actor decides, and how all were treated."""
    learners = await visible_learners(actor, Action.AWARD_STEP, now=now)
    claims = await repo.of_people([one.id for one in learners])
    standings = await standings_of(sorted({one.person for one in claims}), as_of=now.date())
    known = {one.enrolment.id: one for one in standings}
    shown = [
        (one, known[one.enrolment], probation_end_of(known[one.enrolment]))
        for one in claims
        if one.enrolment in known
    ]
    shown.sort(key=lambda one: (one[0].decided is not None, -one[0].id))
    return ClaimReport(tuple(shown), outcome_lines(claims))


async def claims_of(actor: Actor, person: UUID, *, now: datetime) -> tuple[Claim, ...]:
    """Return somebody's claims, for those who may know their wages.

    Raises:
        Missing: there is no such person, or not for this actor.
    """
    permit(actor, Action.READ_WAGES, await learner_of(person), now)
    return await repo.of_people([person])


def probation_end_of(standing: Standing) -> ProbationEnd:
    """Return when probation ends, by what stands in the record on the day; credited hours are no probation."""
    worked: Counter[date] = Counter()
    for row in standing.evidence:
        fact = row.fact
        logged = fact.kind is EvidenceKind.HOURS and fact.work_process != RTI
        if logged and row.status is Status.VERIFIED and not (fact.source_key or "").startswith(CREDITED):
            worked[fact.happened_on] += fact.minutes or 0
    enrolment = standing.enrolment
    return probation_end(standing.program, enrolment.registered, enrolment.suspended, worked)


async def _standing(person: UUID, now: datetime, program: str | None = None) -> Standing:
    found = await standings_of([person], as_of=now.date(), program=program)
    if not found:
        raise Invalid("This person is registered in no program today.", where="hours")
    return found[0]


async def _of_person(person: UUID, claim: int) -> Claim:
    found = await repo.claim_of(claim) if abs(claim) < HIGHEST else None
    if found is None or found.person != person:
        raise Missing("There is no such claim.")
    return found


async def _kept(claim: int) -> Claim:
    found = await repo.claim_of(claim)
    if found is None:
        raise Missing("There is no such claim.")
    return found
