"""College credit as an employer sees it by consent: what was earned and granted, and nothing else of the learner."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.credit.cases import agreements_on
from apprenticeship.credit.model import CreditAnswer
from apprenticeship.credit.services import work_out
from apprenticeship.people import repo as people
from apprenticeship.people.model import CreditShare, OrganisationKind, Role
from apprenticeship.people.services import learner_of, visible_learners
from apprenticeship.policy import Action, Actor, Learner
from apprenticeship.refusals import permit
from apprenticeship.store import transaction

MOST = 50
"""So many people are shown in one list: of each the credit is worked out, and the look kept."""


@dataclass(frozen=True, kw_only=True)
class SharedAward:
    """Credit for one course, in hundredths of the unit; `granted`: by a decision of the college."""

    course: str
    title: str
    credits: int
    granted: bool
    earned_on: date | None


@dataclass(frozen=True, kw_only=True)
class SharedCollege:
    """What one agreement of a college gives; what is left out or nearly earned is not here."""

    college: str
    program: str
    unit: str
    earned: int
    granted: int
    awards: tuple[SharedAward, ...]


@dataclass(frozen=True, kw_only=True)
class SharedCredit:
    """One learner's credit as they let one employer see it."""

    person: UUID
    name: str
    employer: str
    purpose: str
    given_at: datetime
    until: date | None
    colleges: tuple[SharedCollege, ...]


async def shared_credit_of(actor: Actor, person: UUID, *, now: datetime) -> SharedCredit:
    """Return the credit that somebody lets an employer of the actor see; the look is kept in the trail.

    Raises:
        Missing: there is no such person, or they did not consent to that.
    """
    learner = await learner_of(person)
    permit(actor, Action.READ_SHARED_CREDIT, learner, now)
    return await _looked_at(actor, learner, now)


async def shared_credits(actor: Actor, *, now: datetime) -> tuple[tuple[SharedCredit, ...], int]:
    """Return the credit of those who let an employer of the actor see it, by name, and how many more there are."""
    listed = await visible_learners(actor, Action.READ_SHARED_CREDIT, now=now)
    found = [await shared_credit_of(actor, one.id, now=now) for one in listed[:MOST]]
    return tuple(found), max(0, len(listed) - MOST)


def share_that_holds(actor: Actor, learner: Learner, at: datetime) -> CreditShare:
    """The newest consent by which the actor sees this learner's credit; the policy has said there is one."""
    employing = actor.organisations(Role.EMPLOYER, at.date())
    held = [one for one in learner.credit_shares if one.employer in employing and one.holds(at)]
    return max(held, key=lambda one: (one.given_at, one.id))


async def _looked_at(actor: Actor, learner: Learner, now: datetime) -> SharedCredit:
    share = share_that_holds(actor, learner, now)
    places = await people.organisations()
    colleges = {one.key: one for one in places if one.kind is OrganisationKind.COLLEGE}
    worked = await work_out(learner.person, await agreements_on(now.date()), colleges, now.date())
    shown = [_college(one.answer) for one in worked.colleges]
    found = SharedCredit(
        person=learner.person,
        name=worked.person.name,
        employer=next(one.name for one in places if one.id == share.employer),
        purpose=share.purpose,
        given_at=share.given_at,
        until=share.until,
        colleges=tuple(one for one in shown if one.awards),
    )
    detail = {
        "employer": str(share.employer),
        "employer_name": found.employer,
        "share": str(share.id),
        "colleges": sorted({one.college for one in found.colleges}),
    }
    async with transaction():
        await record(actor, Action.READ_SHARED_CREDIT, "person", learner.person, now=now, detail=detail)
    return found


def _college(answer: CreditAnswer) -> SharedCollege:
    granted = [
        SharedAward(course=one.course, title=one.title, credits=one.credits, granted=True, earned_on=None)
        for one in answer.granted
    ]
    earned = [
        SharedAward(
            course=one.award.course,
            title=one.award.title,
            credits=one.award.credits,
            granted=False,
            earned_on=one.earned_on,
        )
        for one in answer.best.given
    ]
    return SharedCollege(
        college=answer.college,
        program=answer.program,
        unit=answer.unit,
        earned=answer.credits,
        granted=sum(one.credits for one in granted),
        awards=(*granted, *earned),
    )
