"""The registrar's drafts of agreements: handed in, moved on, put in force; and the end of a version."""

from datetime import date
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.agreements.model import DONE, NEEDS_REASON, AgreementDraft, Kind
from apprenticeship.agreements.services import draft_of, end, findings, hand_in, move
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.views_people import names_of
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.visitors import asking

KEEPING = asks(Action.KEEP_AGREEMENTS, Whose.ORGANISATION)
NOTICES = {"ended": "Ended. From that day on it gives nothing; what was granted stays granted."}
BUTTONS = {
    Kind.REVIEW: "Send to review",
    Kind.RETURN: "Send back",
    Kind.APPROVE: "Keep the approval",
    Kind.PUT_IN_FORCE: "Put in force",
    Kind.WITHDRAW: "Withdraw",
}


def notice_of(request: AnyRequest) -> str:
    """Say what was done just now."""
    return NOTICES.get(request.query_params.get("done", ""), "")


def approved_words(draft: AgreementDraft) -> str:
    """Say who of the faculty approved a draft last, and when; empty where nobody has."""
    last = next((one for one in reversed(draft.moves) if one.kind is Kind.APPROVE), None)
    if last is None or last.approved_on is None:
        return ""
    return f"approved by {last.approver} on {words.day(last.approved_on)}"


def pasted(form: Form) -> str:
    """The draft as it was pasted, whole: a form's own fields are cut."""
    found = next((value for value in form.fields.get("draft", []) if isinstance(value, str)), "")
    return found.replace("\r\n", "\n")


@post("/agreements/drafts", opt=KEEPING, status_code=SEE_OTHER)
async def hand_draft_in(request: AnyRequest) -> Response[str]:
    """Hand a draft in; its text never changes."""
    text = pasted(await read_form(request))
    try:
        number = await hand_in(asking(request).actor, text, now=now_of(request))
    except Invalid as refusal:
        wrong = Filled("draft", Form({"draft": [text]}), refusal.where, str(refusal))
        return page(
            request, "agreement_refused.html", status=REFUSED, form=wrong, draft=text, here="/agreements"
        )
    return see_other(f"/agreements/drafts/{number}")


@get("/agreements/drafts/{draft_id:int}", opt=KEEPING)
async def show_draft(request: AnyRequest, draft_id: FromPath[int]) -> Response[str]:
    """Show a draft: where it stands, its story, what lint says, its text, and what can be done."""
    draft = await draft_of(asking(request).actor, draft_id, now=now_of(request))
    return await _draft(request, draft, filled("move"), 200)


@post("/agreements/drafts/{draft_id:int}", opt=KEEPING, status_code=SEE_OTHER)
async def move_draft(request: AnyRequest, draft_id: FromPath[int]) -> Response[str]:
    """Move a draft on."""
    form = await read_form(request)
    actor, now = asking(request).actor, now_of(request)
    try:
        await move(
            actor,
            draft_id,
            _kind(form),
            turn=_turn(form),
            why=form.text("why"),
            approver=form.text("approver"),
            approved_on=form.day("approved_on", "The day of the approval")
            if form.text("approved_on")
            else None,
            now=now,
        )
    except (Invalid, AlreadyDecided) as refusal:
        draft = await draft_of(actor, draft_id, now=now)
        where = refusal.where if isinstance(refusal, Invalid) else "kind"
        return await _draft(request, draft, Filled("move", form, where, str(refusal)), REFUSED)
    return see_other(f"/agreements/drafts/{draft_id}")


@post("/agreements/versions/{standard_id:uuid}/end", opt=KEEPING, status_code=SEE_OTHER)
async def end_version(request: AnyRequest, standard_id: FromPath[UUID]) -> Response[str]:
    """End a published version from a day on."""
    form = await read_form(request)
    try:
        until = form.day("until", "The first day without it")
        await end(asking(request).actor, standard_id, until=until, why=form.text("why"), now=now_of(request))
    except (Invalid, AlreadyDecided) as refusal:
        where = refusal.where if isinstance(refusal, Invalid) else "until"
        wrong = Filled("end", form, where, str(refusal))
        return page(
            request,
            "agreement_end.html",
            status=REFUSED,
            form=wrong,
            standard=standard_id,
            here="/agreements",
        )
    return see_other("/agreements?done=ended")


def _kind(form: Form) -> Kind:
    if form.text("kind") not in set(Kind):
        raise Invalid("Choose what to do with the draft.", where="kind")
    return Kind(form.text("kind"))


def _turn(form: Form) -> int:
    found = form.number("turn")
    return -1 if found is None else found


async def _draft(request: AnyRequest, draft: AgreementDraft, form: Filled, status: int) -> Response[str]:
    names = await names_of([draft.handed_in_by, *(one.moved_by for one in draft.moves)])
    return page(
        request,
        "agreement_draft.html",
        status=status,
        draft=draft,
        form=form,
        buttons=[(kind, BUTTONS[kind], kind in NEEDS_REASON) for kind in draft.able],
        handed_in_by=names[draft.handed_in_by],
        story=[(one, words.sentence(DONE[one.kind]), names[one.moved_by]) for one in draft.moves],
        findings=await _findings(draft),
        today=_day(request),
        here="/agreements",
    )


async def _findings(draft: AgreementDraft) -> list[str]:
    try:
        return [f"{one.severity}: {one.where}: {one.message}" for one in await findings(draft.content)]
    except Invalid as refusal:  # it was handed in to a release that read documents otherwise
        return [str(refusal)]


def _day(request: AnyRequest) -> date:
    return now_of(request).date()


HANDLERS = [hand_draft_in, show_draft, move_draft, end_version]
