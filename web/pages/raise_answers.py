"""Answering about raises: the apprentice appeals; the employer objects, answers an appeal or a correction."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from apprenticeship.policy import Action
from apprenticeship.proposals.answering import answer_correction, appeal, object_to, uphold
from apprenticeship.refusals import Invalid
from web.access import Whose, asks
from web.answers import SEE_OTHER, see_other
from web.forms import Filled, Form, read_form
from web.pages.apprentice import raise_response
from web.pages.asked import AnyRequest, now_of, own_standing, standing_for
from web.pages.decisions import decision_response
from web.visitors import asking

DECIDING = asks(Action.AWARD_STEP, Whose.LEARNER)


@post("/raise/appeal", opt=asks(Action.APPEAL_RAISE, Whose.OWN), status_code=SEE_OTHER)
async def appeal_raise(request: AnyRequest) -> Response[str]:
    """Appeal against a decision about one's own raise, or an objection to it."""
    form = await read_form(request)
    try:
        await appeal(
            asking(request).actor,
            reason=form.text("reason"),
            decision=form.number("decision"),
            proposal=form.number("proposal"),
            now=now_of(request),
        )
    except Invalid as refusal:
        return await raise_response(request, await own_standing(request), _wrong("appeal", form, refusal))
    return see_other("/raise?done=appealed")


@post("/raises/{apprentice_id:uuid}/object", opt=DECIDING, status_code=SEE_OTHER)
async def object_to_raise(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Object to the proposal of a raise, which else would stand by itself."""
    form = await read_form(request)
    try:
        await object_to(
            asking(request).actor,
            apprentice_id,
            form.number("proposal") or 0,
            reason=form.text("reason"),
            now=now_of(request),
        )
    except Invalid as refusal:
        standing = await standing_for(request, apprentice_id)
        return await decision_response(request, standing, _wrong("object", form, refusal))
    return see_other("/raises?done=objected")


@post("/raises/{apprentice_id:uuid}/correction", opt=DECIDING, status_code=SEE_OTHER)
async def correct_raise(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Accept a correction of a raise that was given, or set it aside."""
    form = await read_form(request)
    is_accepted = form.text("answer") == "accept"
    try:
        await answer_correction(
            asking(request).actor,
            apprentice_id,
            form.number("proposal") or 0,
            accept=is_accepted,
            reason=form.text("reason"),
            now=now_of(request),
        )
    except Invalid as refusal:
        standing = await standing_for(request, apprentice_id)
        return await decision_response(request, standing, _wrong("correct", form, refusal))
    return see_other(f"/raises?done={'corrected' if is_accepted else 'kept'}")


@post("/raises/{apprentice_id:uuid}/appeal", opt=DECIDING, status_code=SEE_OTHER)
async def answer_appeal(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Leave things as they are in spite of an appeal, with a reason."""
    form = await read_form(request)
    try:
        await uphold(
            asking(request).actor,
            apprentice_id,
            form.number("appeal") or 0,
            reason=form.text("reason"),
            now=now_of(request),
        )
    except Invalid as refusal:
        standing = await standing_for(request, apprentice_id)
        wrong = Filled(f"uphold-{form.text('appeal')}", form, refusal.where, str(refusal))
        return await decision_response(request, standing, wrong)
    return see_other("/raises?done=upheld")


def _wrong(name: str, form: Form, refusal: Invalid) -> Filled:
    """Give the form as it was sent, under the name that its own page has for it."""
    about = form.text("decision") or form.text("proposal")
    return Filled(f"{name}-{about}", form, refusal.where, str(refusal))


HANDLERS = [appeal_raise, object_to_raise, correct_raise, answer_appeal]
