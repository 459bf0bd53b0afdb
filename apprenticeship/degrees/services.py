"""One learner's degrees at the colleges whose plans are published, for somebody who may know."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.cases import Case, agreements_on, case_of, documents_of, model_of, rules_of
from apprenticeship.credit.model import CreditAnswer
from apprenticeship.credit.services import CollegeCredit, LearnerCredit, colleges_that_may_see, credit_of
from apprenticeship.credit.worth import Worth, agreement_worth
from apprenticeship.degrees.answering import degree_answer
from apprenticeship.degrees.model import DegreeAnswer
from apprenticeship.degrees.worth import degree_worth
from apprenticeship.people import repo as people
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Actor
from apprenticeship.refusals import Missing
from graph.pricing import Minimise
from standards.degree_plans import Plan, compile_degree
from standards.documents import DegreeDocument
from standards.documents.degree import LEVELS
from standards.problems import DocumentError
from standards.reading import Document
from standards.storage import repo as standards
from standards.storage.model import Published

# published versions never change, so nothing here grows stale
_plans: dict[tuple[UUID, frozenset[UUID]], Plan | str] = {}


@dataclass(frozen=True, kw_only=True)
class LearnerDegrees:
    """Every degree that may be shown, by college, and within one from the certificate upwards.

    Attributes:
        credit: what the agreements give, as it was asked for.
        here: ids of the degrees of colleges that use this database.
        unreadable: degrees whose names are not all published, with the complaint.
    """

    credit: LearnerCredit
    degrees: tuple[DegreeAnswer, ...]
    here: frozenset[str]
    unreadable: tuple[tuple[str, str], ...]


async def degrees_of(
    actor: Actor, person: UUID, *, now: datetime, as_of: date | None = None
) -> LearnerDegrees:
    """How far somebody is with each degree; a look by a college is kept in the trail, as any at their credit.

    Raises:
        Missing: there is no such person, or not for this actor.
    """
    credit = await credit_of(actor, person, now=now, as_of=as_of)
    places = await people.organisations()
    chosen = everything = await standards.newest("degree")
    if actor.person != person:
        seen = colleges_that_may_see(actor, await learner_of(person), now)
        keys = {place.key for place in places if place.id in seen}
        chosen = tuple(one for one in everything if _college(one) in keys)
    case = await case_of(person, as_of or now.date())
    agreements = await agreements_on(as_of or now.date())
    plans = [(one, plan_of(one, (*case.published, *agreements, *everything))) for one in chosen]
    answers = {one.answer.agreement: one.answer for one in credit.colleges}
    found = await asyncio.to_thread(_answers, [p for _, p in plans if not isinstance(p, str)], answers, case)
    here = {place.key for place in places}
    return LearnerDegrees(
        credit=credit,
        degrees=found,
        here=frozenset(one.plan.head.id for one in found if one.plan.head.college_id in here),
        unreadable=tuple((one.title, plan) for one, plan in plans if isinstance(plan, str)),
    )


async def worth_of(
    actor: Actor,
    person: UUID,
    agreement: str,
    *,
    degree: str | None = None,
    by: Minimise,
    now: datetime,
    as_of: date | None = None,
) -> tuple[LearnerCredit, Worth]:
    """What would be worth earning for an agreement, or for a degree that counts its awards.

    Raises:
        Missing: there is no such person, agreement or degree, or not for this actor.
    """
    found = await degrees_of(actor, person, now=now, as_of=as_of)
    one = next((one for one in found.credit.colleges if one.standard.key == agreement), None)
    if one is None:
        raise Missing("No such agreement.")
    plan = next((d.plan for d in found.degrees if d.plan.head.id == degree), None)
    if degree is not None and (plan is None or plan.head.agreement != agreement):
        raise Missing("No such degree.")
    case = await case_of(person, as_of or now.date())
    return found.credit, await asyncio.to_thread(_worth, one, plan, case, by)


def _worth(college: CollegeCredit, plan: Plan | None, case: Case, by: Minimise) -> Worth:
    standard, granted = college.standard, college.answer.granted
    rules = rules_of(standard, case.published)
    if isinstance(rules, str):
        raise Missing(f"This agreement cannot be worked out: {rules}")
    applicant = Applicant(case.evaluation, case.evaluation.as_of)
    model = model_of(standard)
    if plan is None:
        return agreement_worth(model, rules, applicant, by, granted=granted)
    return degree_worth(plan, model, rules, applicant, by=by, granted=granted)


def _answers(
    plans: Sequence[Plan], answers: Mapping[str, CreditAnswer], case: Case
) -> tuple[DegreeAnswer, ...]:
    applicant = Applicant(case.evaluation, case.evaluation.as_of)
    found = [degree_answer(plan, answers.get(plan.head.agreement or ""), applicant) for plan in plans]
    return tuple(sorted(found, key=_place))


def _place(answer: DegreeAnswer) -> tuple[str, int, str]:
    head = answer.plan.head
    return head.college, LEVELS.index(head.level), head.id


def _college(degree: Published) -> str | None:
    (document,) = documents_of([degree])
    return document.model.degree.college_id if isinstance(document.model, DegreeDocument) else None


def plan_of(degree: Published, published: Sequence[Published]) -> Plan | str:
    """The plan of a degree among other published versions, or what is wrong with it."""
    key = (degree.id, frozenset(one.id for one in published))
    if key not in _plans:
        (document,) = documents_of([degree])
        others: tuple[Document, ...] = documents_of(one for one in published if one.id != degree.id)
        try:
            _plans[key] = compile_degree(document, others)
        except DocumentError as error:
            _plans[key] = str(error)
    return _plans[key]
