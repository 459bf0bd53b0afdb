"""One learner's credit at the colleges whose agreements are published, for somebody who may know."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate, awards_given
from apprenticeship.credit.cases import Basis, Case, agreements_on, case_of, college_key, model_of, rules_of
from apprenticeship.credit.change import CreditChange
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.model import CreditAnswer
from apprenticeship.credit.reach import Near, supposing, within_reach
from apprenticeship.credit_decisions import repo as decisions
from apprenticeship.credit_decisions.model import granted_by
from apprenticeship.evidence.model import Evidence
from apprenticeship.people import repo as people
from apprenticeship.people.model import Listed, Organisation, OrganisationKind, Person, Role
from apprenticeship.people.services import learner_of, learners_of, visible_learners
from apprenticeship.policy import Action, Actor, Learner, Relation, relations
from apprenticeship.refusals import permit
from apprenticeship.shelves import Shelves
from apprenticeship.store import transaction
from graph.supposing import Supposition, suppose
from graph.world import World
from standards.storage.model import Published


@dataclass(frozen=True, kw_only=True)
class CollegeCredit:
    """What one agreement gives.

    Attributes:
        organisation: the college, where it is one of those that use this database.
        near: awards that one more thing would earn; `reach`: the hundredths that all of those would add.
    """

    organisation: Organisation | None
    standard: Published
    answer: CreditAnswer
    near: tuple[Near, ...]
    reach: int


@dataclass(frozen=True, kw_only=True)
class LearnerCredit:
    """What all agreements give that were asked, the colleges of this database first, the most credit first.

    Attributes:
        unreadable: agreements whose names are not all published, with the complaint.
        evidence: the rows that stand, as the answers name them.
    """

    person: Person
    as_of: date
    world: World
    evidence: dict[str, Evidence]
    colleges: tuple[CollegeCredit, ...]
    unreadable: tuple[tuple[str, str], ...]


Answers = tuple[tuple[CollegeCredit, ...], tuple[tuple[str, str], ...]]
ByCollege = tuple[tuple[Organisation, tuple[Granted, ...]], ...]
"""The colleges of this database, each with the credit that it has granted."""
Versions = tuple[tuple[UUID, date | None], ...]
"""Published versions, each with the day on which it ends."""
ANSWERS: Shelves[tuple[Basis, Versions, ByCollege], Answers] = Shelves(2_000, lambda _: 1)
CHANGES: Shelves[tuple[Basis, Versions, ByCollege, Supposition], tuple[CreditChange, ...]] = Shelves(
    500, lambda _: 1
)


@dataclass(frozen=True, kw_only=True)
class CollegeLearner:
    """A learner whose credit the actor may work out.

    Attributes:
        by_consent: the last moment is `until`; None for no end.
    """

    person: Listed
    on_roster: bool
    by_consent: bool
    until: date | None


async def credit_of(
    actor: Actor,
    person: UUID,
    *,
    now: datetime,
    as_of: date | None = None,
    partners_only: bool = False,
) -> LearnerCredit:
    """Work out somebody's credit with everything verified by now; a look by a college is kept in the trail.

    The learner sees every agreement, a registrar those of the colleges that may see this learner. `partners_only`
    leaves out agreements of colleges that are not in this database.

    Raises:
        Missing: there is no such person, or not for this actor.
    """
    learner = await learner_of(person)
    permit(actor, Action.READ_CREDIT, learner, now)
    own = actor.person == person
    colleges = {one.key: one for one in await people.organisations() if one.kind is OrganisationKind.COLLEGE}
    agreements = await agreements_on(as_of or now.date())
    if not own:
        seen = colleges_that_may_see(actor, learner, now)
        colleges = {key: one for key, one in colleges.items() if one.id in seen}
    chosen = [one for one in agreements if (own and not partners_only) or college_key(one) in colleges]
    found = await work_out(person, chosen, colleges, as_of or now.date())
    if not own:
        await _keep_look(actor, found, now)
    return found


def colleges_that_may_see(actor: Actor, learner: Learner, at: datetime) -> frozenset[UUID]:
    """The colleges in which the actor is a registrar and which the learner's roster or consent names."""
    registering = actor.organisations(Role.REGISTRAR, at.date())
    rosters = {entry.college for entry in learner.rosters if entry.covers(at.date())}
    consents = {consent.organisation for consent in learner.consents if consent.holds(at)}
    return registering & (rosters | consents)


async def college_learners(
    actor: Actor, *, now: datetime, search: str = "", limit: int = 200
) -> tuple[tuple[CollegeLearner, ...], int]:
    """Return those whose credit the actor may work out, by name, and how many more match the search."""
    listed = await visible_learners(actor, Action.READ_CREDIT, now=now)
    wanted = search.casefold().split()
    found = [
        one
        for one in listed
        if one.id != actor.person and all(word in one.name.casefold() for word in wanted)
    ]
    learners = await learners_of([one.id for one in found[:limit]])
    lines = tuple(_line(actor, one, learners[one.id], now) for one in found[:limit])
    return lines, max(0, len(found) - limit)


def _line(actor: Actor, listed: Listed, learner: Learner, now: datetime) -> CollegeLearner:
    how = relations(actor, learner, now)
    colleges = actor.organisations(Role.REGISTRAR, now.date())
    ends = [c.until for c in learner.consents if c.organisation in colleges and c.holds(now)]
    until = None if None in ends else max((end for end in ends if end is not None), default=None)
    return CollegeLearner(
        person=listed,
        on_roster=Relation.ON_ROSTER in how,
        by_consent=Relation.CONSENTED in how,
        until=until,
    )


async def _keep_look(actor: Actor, found: LearnerCredit, now: datetime) -> None:
    detail = {
        "colleges": sorted({one.answer.college for one in found.colleges}),
        "agreements": [
            {"key": one.standard.key, "sha256": one.standard.sha256, "credits": one.answer.credits}
            for one in found.colleges
        ],
    }
    async with transaction():
        await record(actor, Action.READ_CREDIT, "person", found.person.id, now=now, detail=detail)


async def work_out(
    person: UUID, agreements: Sequence[Published], colleges: dict[str, Organisation], as_of: date
) -> LearnerCredit:
    """Work out what these agreements give somebody; the caller has asked who may know, and keeps the look."""
    case = await case_of(person, as_of)
    granted = await _granted(person, colleges.values(), as_of)
    basis = (case.basis, tuple((one.id, one.effective_until) for one in agreements), granted)
    worked_out = ANSWERS.kept(basis)
    if worked_out is None:
        worked_out = await asyncio.to_thread(_answers, agreements, case, granted)
        ANSWERS.keep(basis, worked_out)
    answers, unreadable = worked_out
    return LearnerCredit(
        person=case.person,
        as_of=as_of,
        world=case.evaluation.world,
        evidence=case.rows,
        colleges=answers,
        unreadable=unreadable,
    )


async def _granted(person: UUID, colleges: Iterable[Organisation], on: date) -> ByCollege:
    asked = await decisions.of_people([person])
    return tuple((college, granted_by(asked, college.id, on)) for college in colleges)


def _answers(agreements: Sequence[Published], case: Case, by_college: ByCollege) -> Answers:
    """Every agreement in turn; then again, supposing that everything within reach were there."""
    colleges = {college.key: college for college, _ in by_college}
    granted = {college.key: given for college, given in by_college}
    evaluation = case.evaluation
    applicant = Applicant(evaluation, evaluation.as_of)
    compiled = [(one, model_of(one), rules_of(one, case.published)) for one in agreements]
    unreadable = tuple((one.title, rules) for one, _, rules in compiled if isinstance(rules, str))
    first = [
        (one, model, rules, articulate(model, rules, evaluation, evaluation.as_of, applicant, granted=given))
        for one, model, rules in compiled
        if not isinstance(rules, str)
        for given in [granted.get(college_key(one) or "", ())]
    ]
    near = [within_reach(answer, applicant) for *_, answer in first]
    steps = [one.step for found in near for one in found if one.step is not None]
    hoped = supposing(applicant.evaluation, steps)
    hoping = Applicant(hoped, hoped.as_of)
    found = []
    for (one, model, rules, answer), close in zip(first, near, strict=True):
        then = (
            articulate(model, rules, hoped, hoped.as_of, hoping, granted=answer.granted) if close else answer
        )
        college = colleges.get(college_key(one) or "")
        reach = max(0, then.credits - answer.credits)
        found.append(
            CollegeCredit(organisation=college, standard=one, answer=answer, near=close, reach=reach)
        )
    found.sort(
        key=lambda one: (one.organisation is None, -one.answer.credits, -one.reach, one.answer.college)
    )
    return tuple(found), unreadable


async def credit_changes(
    actor: Actor, person: UUID, supposition: Supposition, *, now: datetime, as_of: date
) -> tuple[CreditChange, ...]:
    """Say what a supposition changes in the credit of each agreement that `credit_of` answers for; nothing is written.

    Raises:
        Missing: there is no such person, or not for this actor.
    """
    found = await credit_of(actor, person, now=now, as_of=as_of)
    case = await case_of(person, as_of)
    given = tuple((one.organisation, one.answer.granted) for one in found.colleges if one.organisation)
    asked = tuple((one.standard.id, one.standard.effective_until) for one in found.colleges)
    basis = (case.basis, asked, given, supposition)
    changes = CHANGES.kept(basis)
    if changes is None:
        changes = await asyncio.to_thread(_changes, found.colleges, case, supposition)
        CHANGES.keep(basis, changes)
    return changes


def _changes(
    colleges: Sequence[CollegeCredit], case: Case, supposition: Supposition
) -> tuple[CreditChange, ...]:
    then = suppose(case.evaluation, supposition)
    applicant = Applicant(then, then.as_of, asks_why=False)
    found = []
    for one in colleges:
        rules = rules_of(one.standard, case.published)
        if not isinstance(rules, str):
            given = awards_given(model_of(one.standard), rules, applicant, granted=one.answer.granted)
            found.append(CreditChange(one.answer, given))
    return tuple(found)
