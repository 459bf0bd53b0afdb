"""What an employer comes for: who has reached a raise, who is next, and deciding one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.policy import Action
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.services import CrewMember, crew, decide
from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from apprenticeship.views_people import names_of
from graph.evaluating import cents_of
from graph.world import Step
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, filled, read_form
from web.pages import evidence_words
from web.pages.addresses import items_at, person_address
from web.pages.asked import AnyRequest, now_of, standing_for
from web.pages.proofs import ProofLine, proof
from web.pages.raises import asked_words
from web.rendering import page
from web.rules import step_title
from web.visitors import asking

CREW = asks(Action.READ_CREW, Whose.ORGANISATION)
SHOWN = 50
AWARDING = asks(Action.AWARD_STEP, Whose.LEARNER)


@dataclass(frozen=True)
class RaiseLine:
    """One apprentice on the list of raises. Money in cents an hour."""

    name: str
    href: str
    person: UUID
    step: str
    following: str
    reached_on: date | None
    now_cents: int | None
    then_cents: int | None
    progress: Fraction
    missing: str


@dataclass(frozen=True)
class RaiseList:
    """The first lines of a list, and how many there are in all."""

    number: int
    lines: list[RaiseLine]


@get("/raises", opt=CREW)
async def show_raises(request: AnyRequest) -> Response[str]:
    """Show who has reached a raise, and who is next."""
    now = now_of(request)
    members = await crew(asking(request).actor, as_of=now.date(), now=now)
    due = [one for one in members if one.due]
    following = [one for one in members if not one.due and one.following is not None]
    top = [one for one in members if not one.due and one.following is None]
    notice = "Awarded. It is kept with its reasons." if request.query_params.get("done") else None
    return page(
        request,
        "raises.html",
        due=RaiseList(len(due), [_line(one) for one in due[:SHOWN]]),
        following=RaiseList(len(following), [_line(one) for one in following[:SHOWN]]),
        top=RaiseList(len(top), [_line(one) for one in top[:SHOWN]]),
        notice=notice,
    )


def _line(member: CrewMember) -> RaiseLine:
    standing = member.standing
    paid, then = (_paid(standing), member.reached) if member.due else (member.reached, member.following)
    wage = standing.evaluation.wage
    return RaiseLine(
        name=standing.person.name,
        href=person_address(standing.person.id),
        person=standing.person.id,
        step=_title(standing, paid),
        following=_title(standing, then),
        reached_on=None if wage is None else wage.since,
        now_cents=_cents(standing, paid),
        then_cents=_cents(standing, then),
        progress=member.progress,
        missing="" if member.due or then is None else asked_words(standing, f"step:{then.key}"),
    )


def _paid(standing: Standing) -> Step | None:
    """Give the step that is paid: the highest awarded, else the first, which comes with registration."""
    return standing.awarded_step or next(iter(standing.program.steps), None)


def _title(standing: Standing, step: Step | None) -> str:
    return "" if step is None else step_title(step, standing.program.steps.index(step))


def _cents(standing: Standing, step: Step | None) -> int | None:
    return None if step is None else cents_of(standing.program, step.key, standing.as_of)


@dataclass(frozen=True)
class StepProof:
    """One step that was reached and not awarded, with why."""

    name: str
    line: ProofLine


@dataclass(frozen=True)
class AwardLine:
    """One award of the past."""

    step: str
    effective_on: date | None
    decided_on: date
    by: str


@get("/raises/{apprentice_id:uuid}", opt=AWARDING)
async def show_decision(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Show what the rules say, on which evidence, and what would change in pay."""
    standing = await standing_for(request, apprentice_id)
    wage = standing.evaluation.wage
    day = (wage.since if wage is not None else None) or standing.as_of
    return await _decision(request, standing, filled("award", {"effective_on": day.isoformat()}))


@post("/raises/{apprentice_id:uuid}", opt=AWARDING, status_code=SEE_OTHER)
async def award_step(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Award the step that the rules say, from a day on which it was reached."""
    form = await read_form(request)
    try:
        await decide(
            asking(request).actor,
            apprentice_id,
            program=form.text("program"),
            step=form.text("step"),
            verdict=Verdict(kind=Kind.APPROVED, effective_on=form.day("effective_on", "The day")),
            now=now_of(request),
        )
    except Invalid as refusal:
        standing = await standing_for(request, apprentice_id)
        wrong = Filled("award", form, refusal.where, str(refusal))
        return await _decision(request, standing, wrong, status=REFUSED)
    return see_other("/raises?done=1")


async def _decision(
    request: AnyRequest, standing: Standing, award_form: Filled, *, status: int = 200
) -> Response[str]:
    paid, reached = _paid(standing), standing.reached_step
    because = frozenset(standing.rests_on(reached.key)) if reached is not None else frozenset()
    return page(
        request,
        "decision.html",
        status=status,
        standing=standing,
        base=person_address(standing.person.id),
        due=standing.raise_due,
        program=standing.enrolment.program_key,
        step="" if reached is None else reached.key,
        paid=_title(standing, paid),
        reached=_title(standing, reached),
        now_cents=_cents(standing, paid),
        then_cents=_cents(standing, reached),
        proofs=tuple(_proofs(standing, paid)),
        rests_on=[
            evidence_words.shown(standing.world, row) for row in standing.evidence if row.key in because
        ],
        awards=await _history(standing),
        award=award_form,
        here="/raises",
    )


def _proofs(standing: Standing, paid: Step | None) -> Iterator[StepProof]:
    """Prove every step beyond the one that is paid, up to the one reached."""
    steps, reached = standing.program.steps, standing.reached_step
    if reached is None:
        return
    first = 0 if paid is None else steps.index(paid) + 1
    for step in steps[first : steps.index(reached) + 1]:
        if step.when is not None:
            explained = standing.explain(f"step:{step.key}")
            line = proof(standing.evaluation, explained, items_at(person_address(standing.person.id)))
            yield StepProof(_title(standing, step), line)


async def _history(standing: Standing) -> list[AwardLine]:
    names = await names_of(one.decided_by for one in standing.awarded)
    return [_award_line(standing, one, names[one.decided_by]) for one in reversed(standing.awarded)]


def _award_line(standing: Standing, given: RaiseDecision, by: str) -> AwardLine:
    step = next((step for step in standing.program.steps if step.key == given.step), None)
    return AwardLine(_title(standing, step) or given.step, given.effective_on, given.decided_at.date(), by)


HANDLERS = [show_raises, show_decision, award_step]
