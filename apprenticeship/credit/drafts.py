"""A college's agreements with their versions, and what a draft would change for learners; nothing is stored."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.agreements.services import as_ended, read_draft
from apprenticeship.audit.services import record
from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import awards_given
from apprenticeship.credit.cases import (
    Case,
    agreements_on,
    case_of,
    college_key,
    documents_of,
    model_of,
    rules_of,
)
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.services import college_learners, colleges_that_may_see
from apprenticeship.credit_decisions import repo as decisions
from apprenticeship.credit_decisions.model import State, granted_by
from apprenticeship.people import repo as people
from apprenticeship.people.model import Listed, Organisation, Role
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import Invalid
from apprenticeship.store import transaction
from standards.compiling import compile_awards
from standards.documents import AgreementDocument
from standards.documents.agreement import AwardEntry
from standards.problems import DocumentError
from standards.reading import Document
from standards.storage import repo as standards
from standards.storage.model import Published

MOST_LEARNERS = 500


@dataclass(frozen=True, kw_only=True)
class CollegeAgreement:
    """One agreement of a college with every version, the one published last first."""

    college: Organisation
    versions: tuple[tuple[Published, AgreementDocument], ...]


@dataclass(frozen=True, kw_only=True)
class LearnerEffect:
    """What a draft changes for one learner. Credits in hundredths of each agreement's own unit."""

    person: Listed
    before: int
    after: int
    gained: tuple[AwardEntry, ...]
    lost: tuple[AwardEntry, ...]


@dataclass(frozen=True, kw_only=True)
class DraftEffect:
    """What a draft would change for the learners whom the college may see.

    Attributes:
        day: the day that both are asked about: today, or the first day of the draft.
        current: the version in force on that day; None where the agreement is new.
        left_out: how many learners were not looked at.
        waiting: open requests under the agreement; they keep the answer that they were made with.
    """

    model: AgreementDocument
    day: date
    current: Published | None
    learners: tuple[LearnerEffect, ...]
    left_out: int
    waiting: int

    @property
    def changed(self) -> tuple[LearnerEffect, ...]:
        """Those for whom something changes, the largest change first."""
        found = [one for one in self.learners if one.gained or one.lost or one.before != one.after]
        return tuple(sorted(found, key=lambda one: (-abs(one.after - one.before), one.person.name)))


async def college_agreements(actor: Actor, *, now: datetime) -> tuple[CollegeAgreement, ...]:
    """Return the agreements of the colleges that the actor is a registrar of, by title."""
    colleges = await _colleges(actor, now)
    found = []
    for one in await standards.newest("agreement"):
        college = colleges.get(college_key(one) or "")
        if college is not None:
            versions = tuple(
                (each, model_of(each))
                for each in await as_ended(await standards.versions("agreement", one.key))
            )
            found.append(CollegeAgreement(college=college, versions=versions))
    return tuple(sorted(found, key=lambda one: one.versions[0][0].title))


async def draft_effect(actor: Actor, text: str, *, now: datetime) -> DraftEffect:
    """Say what a draft would change; a look at each learner is kept.

    Raises:
        Invalid: the text is no agreement of the actor's college, or names what is not published.
    """
    document, model = read_draft(text)
    colleges = await _colleges(actor, now)
    college = colleges.get(model.agreement.college_id or "")
    if college is None:
        known = ", ".join(sorted(colleges)) or "none"
        raise Invalid(
            f"The draft says another college; `college_id` is one of yours: {known}.", where="draft"
        )
    day = max(now.date(), model.agreement.effective.from_)
    agreements = await agreements_on(day)
    current = next((one for one in agreements if one.key == model.id), None)
    listed, more = await college_learners(actor, now=now, limit=MOST_LEARNERS)
    found = []
    for line in listed:
        if college.id not in colleges_that_may_see(actor, await learner_of(line.person.id), now):
            continue
        case = await case_of(line.person.id, day)
        granted = granted_by(await decisions.of_people([line.person.id]), college.id, day)
        found.append(await asyncio.to_thread(_effect, line.person, document, current, case, granted))
    await _keep_looks(actor, [one.person.id for one in found], college, now)
    requests = await decisions.of_colleges([college.id])
    waiting = sum(
        one.agreement_key == model.id and one.state in {State.WAITING, State.APPEALED} for one in requests
    )
    return DraftEffect(
        model=model, day=day, current=current, learners=tuple(found), left_out=more, waiting=waiting
    )


async def _colleges(actor: Actor, now: datetime) -> dict[str, Organisation]:
    own = actor.organisations(Role.REGISTRAR, now.date())
    return {one.key: one for one in await people.organisations() if one.id in own}


def _effect(
    person: Listed, draft: Document, current: Published | None, case: Case, granted: Sequence[Granted]
) -> LearnerEffect:
    applicant = Applicant(case.evaluation, case.evaluation.as_of, asks_why=False)
    try:
        rules = compile_awards(draft, documents_of(case.published))
    except DocumentError as error:
        raise Invalid(str(error), where="draft") from error
    if not isinstance(draft.model, AgreementDocument):
        raise TypeError(draft.kind)
    then = awards_given(draft.model, rules, applicant, granted=granted)
    now: tuple[AwardEntry, ...] = ()
    if current is not None:
        old = rules_of(current, case.published)
        now = () if isinstance(old, str) else awards_given(model_of(current), old, applicant, granted=granted)
    before, after = {one.id for one in now}, {one.id for one in then}
    return LearnerEffect(
        person=person,
        before=sum(one.credits for one in now),
        after=sum(one.credits for one in then),
        gained=tuple(one for one in then if one.id not in before),
        lost=tuple(one for one in now if one.id not in after),
    )


async def _keep_looks(actor: Actor, seen: Sequence[UUID], college: Organisation, now: datetime) -> None:
    async with transaction():
        for person in seen:
            detail = {"colleges": [college.name], "draft": True}
            await record(actor, Action.READ_CREDIT, "person", person, now=now, detail=detail)
