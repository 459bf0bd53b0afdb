"""One learner's credit at the colleges whose agreements are published, for somebody who may know."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from apprenticeship.audit import repo as audit
from apprenticeship.audit.services import record
from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.kept import keep, kept
from apprenticeship.credit.model import CreditAnswer
from apprenticeship.credit.reach import Near, supposing, within_reach
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Evidence
from apprenticeship.people import repo as people
from apprenticeship.people.model import Listed, Organisation, OrganisationKind, Person, Role
from apprenticeship.people.services import learner_of, learners_of, visible_learners
from apprenticeship.policy import Action, Actor, Learner, Relation, relations
from apprenticeship.refusals import permit
from apprenticeship.standing.facts import person_with
from apprenticeship.standing.worlds import world_of
from apprenticeship.store import transaction
from graph import facts
from graph.evaluating import Evaluation
from graph.requirement import Requirement
from graph.world import World
from standards.compiling import compile_awards
from standards.documents import AgreementDocument
from standards.problems import DocumentError
from standards.reading import Document, read_text
from standards.storage import repo as standards
from standards.storage.model import Published

# published versions never change, so nothing here grows stale
_documents: dict[UUID, tuple[Document, ...]] = {}
_rules: dict[tuple[UUID, frozenset[UUID]], dict[str, Requirement] | str] = {}


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


@dataclass(frozen=True, kw_only=True)
class Look:
    """One time that somebody of a college looked at somebody's credit."""

    at: datetime
    actor: UUID | None
    colleges: tuple[str, ...]


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
    agreements = await standards.newest("agreement")
    if not own:
        seen = colleges_that_may_see(actor, learner, now)
        colleges = {key: one for key, one in colleges.items() if one.id in seen}
    chosen = [one for one in agreements if (own and not partners_only) or _college_key(one) in colleges]
    found = await _worked_out(person, chosen, colleges, as_of or now.date())
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


async def looks_at(person: UUID) -> tuple[Look, ...]:
    """Return who of a college looked at somebody's credit, the latest first; the caller has asked who may know."""
    entries = await audit.about("person", [str(person)])
    return tuple(
        Look(at=entry.at, actor=entry.actor, colleges=tuple(entry.detail.get("colleges", ())))
        for entry in reversed(entries)
        if entry.action == Action.READ_CREDIT
    )


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


async def _worked_out(
    person: UUID, agreements: Sequence[Published], colleges: dict[str, Organisation], as_of: date
) -> LearnerCredit:
    who = (await people.people_of([person]))[0]
    registered = await enrolments.of_people([person])
    published = await _standards_for(registered)
    world = await world_of([one.id for one in published])
    mark = (await evidence.marks([person])).get(
        person
    )  # before the rows: an older mark only misses, never misleads
    rows = await evidence.current([person])
    known = [one for one in registered if one.program_key in world.programs]
    learner = person_with(world, who, known, rows)
    learner = replace(learner, facts=tuple(fact for fact in learner.facts if _is_known(fact, world)))
    evaluation = Evaluation(world, learner, program=None, as_of=as_of, known_at=None)
    basis = (
        *(who, as_of, tuple(registered), mark),
        *(tuple(one.id for one in found) for found in (agreements, published, tuple(colleges.values()))),
    )
    worked_out = kept(basis)
    if worked_out is None:
        worked_out = await asyncio.to_thread(_answers, agreements, published, evaluation, colleges)
        keep(basis, worked_out)
    answers, unreadable = worked_out
    return LearnerCredit(
        person=who,
        as_of=as_of,
        world=world,
        evidence={row.key: row for row in rows},
        colleges=answers,
        unreadable=unreadable,
    )


async def _standards_for(registered: Collection[Enrolment]) -> tuple[Published, ...]:
    """The newest frameworks and programs, but for those that the learner is registered in: their versions."""
    newest = (*await standards.newest("framework"), *await standards.newest("program"))
    pinned = await standards.by_ids(sorted({one for entry in registered for one in entry.standards}))
    found = {(one.kind, one.key): one for one in newest}
    return tuple((found | {(one.kind, one.key): one for one in pinned}).values())


def _answers(
    agreements: Sequence[Published],
    published: Sequence[Published],
    evaluation: Evaluation,
    colleges: dict[str, Organisation],
) -> tuple[tuple[CollegeCredit, ...], tuple[tuple[str, str], ...]]:
    """Every agreement in turn; then again, supposing that everything within reach were there."""
    applicant = Applicant(evaluation, evaluation.as_of)
    compiled = [(one, _model(one), _compiled(one, published)) for one in agreements]
    unreadable = tuple((one.title, rules) for one, _, rules in compiled if isinstance(rules, str))
    first = [
        (one, model, rules, articulate(model, rules, evaluation, evaluation.as_of, applicant))
        for one, model, rules in compiled
        if not isinstance(rules, str)
    ]
    near = [within_reach(answer, applicant) for *_, answer in first]
    steps = [one.step for found in near for one in found if one.step is not None]
    hoped = supposing(applicant.evaluation, steps)
    hoping = Applicant(hoped, hoped.as_of)
    found = []
    for (one, model, rules, answer), close in zip(first, near, strict=True):
        more = articulate(model, rules, hoped, hoped.as_of, hoping).credits if close else answer.credits
        college = colleges.get(_college_key(one) or "")
        reach = max(0, more - answer.credits)
        found.append(
            CollegeCredit(organisation=college, standard=one, answer=answer, near=close, reach=reach)
        )
    found.sort(
        key=lambda one: (one.organisation is None, -one.answer.credits, -one.reach, one.answer.college)
    )
    return tuple(found), unreadable


def _compiled(agreement: Published, published: Sequence[Published]) -> dict[str, Requirement] | str:
    """The rules of an agreement, or what is wrong with it."""
    key = (agreement.id, frozenset(one.id for one in published))
    if key not in _rules:
        others = [document for one in published for document in _read(one)]
        (document,) = _read(agreement)
        try:
            _rules[key] = compile_awards(document, others)
        except DocumentError as error:
            _rules[key] = str(error)
    return _rules[key]


def _read(published: Published) -> tuple[Document, ...]:
    if published.id not in _documents:
        _documents[published.id] = tuple(read_text(f"{published.key}.json", published.canonical))
    return _documents[published.id]


def _model(agreement: Published) -> AgreementDocument:
    (document,) = _read(agreement)
    if not isinstance(document.model, AgreementDocument):
        raise TypeError(document.kind)
    return document.model


def _college_key(agreement: Published) -> str | None:
    return _model(agreement).agreement.college_id


def _is_known(fact: facts.Fact, world: World) -> bool:
    """Whether the world has what a fact is about: a later version may have dropped it."""
    match fact:
        case facts.Pass():
            return fact.credential in world.credentials
        case facts.Rating():
            return fact.competency in world.competencies
        case _:
            return True
