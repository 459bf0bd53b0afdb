"""The registrar's own agreements: versions and states, and what a draft would change for learners under way."""

from litestar import Response, get, post

from apprenticeship.agreements.services import drafts_of
from apprenticeship.credit.drafts import DraftEffect, college_agreements, draft_effect
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from web import words
from web.access import Whose, asks
from web.answers import REFUSED
from web.forms import Filled, Form, filled, read_form
from web.pages.agreement_drafts import approved_words, notice_of, pasted
from web.pages.agreement_words import approval_words
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.visitors import asking

OWN_COLLEGE = asks(Action.DECIDE_CREDIT, Whose.THEIRS)


@get("/agreements", opt=OWN_COLLEGE)
async def show_agreements(request: AnyRequest) -> Response[str]:
    """Show the agreements of one's college with every version."""
    return await _agreements(request, filled("draft"), None, 200)


@post("/agreements/draft", opt=OWN_COLLEGE, status_code=200)
async def try_draft(request: AnyRequest) -> Response[str]:
    """Say what a draft would change; nothing is stored but that one looked."""
    form = await read_form(request)
    text = pasted(form)
    try:
        effect = await draft_effect(asking(request).actor, text, now=now_of(request))
    except Invalid as refusal:
        wrong = Filled("draft", Form({"draft": [text]}), refusal.where, str(refusal))
        return await _agreements(request, wrong, None, REFUSED)
    return await _agreements(request, filled("draft", {"draft": text}), effect, 200)


async def _agreements(
    request: AnyRequest, form: Filled, effect: DraftEffect | None, status: int
) -> Response[str]:
    now = now_of(request)
    drafts = await drafts_of(asking(request).actor, now=now)
    approved = {draft.moves[-1].standard: approved_words(draft) for draft in drafts if draft.moves}
    found = await college_agreements(asking(request).actor, now=now)
    shown = [
        (
            one.versions[0][0],
            one.college,
            [
                (
                    version,
                    model.agreement,
                    approved.get(version.id) or approval_words(model.agreement),
                    model.agreement.in_force(now.date()),
                )
                for version, model in one.versions
            ],
        )
        for one in found
    ]
    return page(
        request,
        "agreements.html",
        status=status,
        shown=shown,
        form=form,
        draft=next((value for value in form.form.fields.get("draft", []) if isinstance(value, str)), ""),
        effect=effect,
        drafts=drafts,
        notice=notice_of(request),
        gained=lambda awards: words.listed([f"{one.course}" for one in awards]),
        here="/agreements",
    )


HANDLERS = [show_agreements, try_draft]
