"""Deciding one raise: what the rule says, on which evidence, what changes in pay; and what was decided before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.house_rules.bounds import Bound
from apprenticeship.policy import Action
from apprenticeship.proposals.finding import holds_since
from apprenticeship.proposals.looking import flow_of
from apprenticeship.raises.model import Kind, Verdict
from apprenticeship.raises.services import decide, undo
from apprenticeship.refusals import Invalid
from apprenticeship.seconding.deciding import is_above
from apprenticeship.seconding.model import FirstApproval
from apprenticeship.standing.model import Standing
from graph.world import Step
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages import evidence_words
from web.pages.addresses import items_at, person_address
from web.pages.asked import AnyRequest, now_of, standing_for
from web.pages.first_approvals import waiting_first, waiting_words
from web.pages.late_logs import excuse, late_logs_part
from web.pages.proofs import ProofLine, proof
from web.pages.raise_questions import questions
from web.pages.raise_story import set_aside_words, story
from web.pages.sponsor import cents_for, paid_step, title_of
from web.rendering import page
from web.visitors import asking

DECIDING = asks(Action.AWARD_STEP, Whose.LEARNER)
EXCUSING = asks(Action.EXCUSE_LATE_LOG, Whose.LEARNER)
NOTICES = {
    "excused": "Excused. The days are worked out again without it.",
    "refused": "Not excused. The apprentice sees the reason.",
    "seconded": "Approved. Another person is to approve it too; nothing is given before.",
}
PUT_OFF = timedelta(days=30)  # what the page proposes


@dataclass(frozen=True)
class StepProof:
    """One step that was reached and not awarded, with why."""

    name: str
    line: ProofLine


@get("/raises/{apprentice_id:uuid}", opt=DECIDING)
async def show_decision(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Show what the rules say, on which evidence, and what would change in pay."""
    return await decision_response(request, await standing_for(request, apprentice_id), None)


@post("/raises/{apprentice_id:uuid}", opt=DECIDING, status_code=SEE_OTHER)
async def decide_raise(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Give the step that the rules say from a day on, deny it or put it off."""
    form = await read_form(request)
    name = form.text("verdict") or Kind.APPROVED
    try:
        verdict = _verdict(form, name)
        made = await decide(
            asking(request).actor,
            apprentice_id,
            program=form.text("program"),
            step=form.text("step"),
            verdict=verdict,
            now=now_of(request),
        )
    except Invalid as refusal:
        wrong = Filled(name, form, refusal.where, str(refusal))
        return await decision_response(request, await standing_for(request, apprentice_id), wrong)
    if isinstance(made, FirstApproval):
        return see_other(f"/raises/{apprentice_id}?done=seconded")
    return see_other(f"/raises?done={verdict.kind}")


def _verdict(form: Form, name: str) -> Verdict:
    reason = form.text("reason")
    match name:
        case Kind.APPROVED:
            day = form.day("effective_on", "The day")
            return Verdict(kind=Kind.APPROVED, effective_on=day, reason=reason)
        case Kind.DENIED:
            return Verdict(kind=Kind.DENIED, reason=reason)
        case Kind.POSTPONED:
            day = form.day("postponed_until", "The day")
            return Verdict(kind=Kind.POSTPONED, postponed_until=day, reason=reason)
    raise Invalid("Choose what is decided.", where="verdict")


@post("/raises/{apprentice_id:uuid}/undo", opt=DECIDING, status_code=SEE_OTHER)
async def undo_decision(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Take the decision that stands back, with a reason."""
    form = await read_form(request)
    try:
        await undo(
            asking(request).actor,
            apprentice_id,
            form.number("decision") or 0,
            reason=form.text("reason"),
            now=now_of(request),
        )
    except Invalid as refusal:
        wrong = Filled(f"undo-{form.text('decision')}", form, refusal.where, str(refusal))
        return await decision_response(request, await standing_for(request, apprentice_id), wrong)
    return see_other("/raises?done=undone")


@post("/raises/{apprentice_id:uuid}/late-logs", opt=EXCUSING, status_code=SEE_OTHER)
async def excuse_late_log(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Let a late log pass, or refuse to."""
    form = await read_form(request)
    try:
        said = await excuse(request, apprentice_id, form)
    except Invalid as refusal:
        wrong = Filled(f"late-{form.text('month')}", form, refusal.where, str(refusal))
        return await decision_response(request, await standing_for(request, apprentice_id), wrong)
    return see_other(f"/raises/{apprentice_id}?done={said}")


async def decision_response(request: AnyRequest, standing: Standing, wrong: Filled | None) -> Response[str]:
    """Show what is to be decided about somebody, with the form that was refused where one was."""
    flow = await flow_of(standing)
    paid, reached = paid_step(standing), standing.step_asked
    house, first = await late_logs_part(standing), await waiting_first(standing, reached)
    because = frozenset(standing.rests_on(reached.key)) if reached is not None else frozenset()
    return page(
        request,
        "decision.html",
        status=REFUSED if wrong else 200,
        standing=standing,
        base=person_address(standing.person.id),
        due=standing.raise_reached,
        set_aside=set_aside_words(standing),
        program=standing.enrolment.program_key,
        step="" if reached is None else reached.key,
        paid=title_of(standing, paid),
        reached=title_of(standing, reached),
        now_cents=cents_for(standing, paid),
        then_cents=cents_for(standing, reached),
        proofs=tuple(_proofs(standing, paid)),
        rests_on=[
            evidence_words.shown(standing.world, row) for row in standing.evidence if row.key in because
        ],
        story=await story(standing, flow),
        questions=await questions(standing, flow),
        here="/raises",
        wrong=wrong,
        house=house,
        first=await waiting_words(first),
        needs_two=is_above(cents_for(standing, paid), cents_for(standing, reached), house.limit),
        notice=NOTICES.get(request.query_params.get("done", "")),
        **_forms(standing, wrong, _proposed(standing, house.bound, first)),
    )


def _forms(standing: Standing, wrong: Filled | None, day: date) -> dict[str, Any]:
    """Give the three forms as they begin, or the one that was refused as it was sent."""
    forms = [
        filled(Kind.APPROVED, {"effective_on": day.isoformat()}),
        filled(Kind.DENIED),
        filled(Kind.POSTPONED, {"postponed_until": (standing.as_of + PUT_OFF).isoformat()}),
    ]
    return {one.name: wrong if wrong is not None and wrong.name == one.name else one for one in forms}


def _proposed(standing: Standing, bound: Bound | None, first: FirstApproval | None) -> date:
    """Return the day that the page proposes: that of the first approval, or the earliest that the rules allow."""
    if first is not None:
        return first.effective_on
    asked = standing.step_asked
    day = (None if asked is None else holds_since(standing, asked.key, standing.as_of)) or standing.as_of
    return day if bound is None else max(day, bound.day)


def _proofs(standing: Standing, paid: Step | None) -> Iterator[StepProof]:
    """Prove every step beyond the one that is paid, up to the one reached."""
    steps, reached = standing.program.steps, standing.step_asked
    if reached is None:
        return
    first = 0 if paid is None else steps.index(paid) + 1
    for step in steps[first : steps.index(reached) + 1]:
        if step.when is not None:
            explained = standing.explain(f"step:{step.key}")
            line = proof(standing.evaluation, explained, items_at(person_address(standing.person.id)))
            yield StepProof(title_of(standing, step), line)


HANDLERS = [show_decision, decide_raise, undo_decision, excuse_late_log]
