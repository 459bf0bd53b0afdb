"""The decisions about one person made again: what comes out differently, and letting it stand."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.differences.services import accept, replayed
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from apprenticeship.views_people import names_of
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, filled, read_form
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of
from web.release import release
from web.rendering import page
from web.visitors import asking

ACCEPTING = asks(Action.ACCEPT_DIFFERENCE, Whose.LEARNER)


@get("/raises/{apprentice_id:uuid}/replay", opt=ACCEPTING)
async def show_replay(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Make somebody's decisions again and show which come out differently."""
    return await _page(request, apprentice_id, None)


@post("/raises/{apprentice_id:uuid}/replay", opt=ACCEPTING, status_code=SEE_OTHER)
async def accept_difference(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Let one of them stand as it is, with a reason."""
    form = await read_form(request)
    try:
        await accept(
            asking(request).actor,
            apprentice_id,
            form.number("decision") or 0,
            difference=form.text("difference"),
            reason=form.text("reason"),
            release=release(),
            now=now_of(request),
        )
    except Invalid as refusal:
        wrong = Filled(f"accept-{form.text('decision')}", form, refusal.where, str(refusal))
        return await _page(request, apprentice_id, wrong)
    return see_other(f"/raises/{apprentice_id}/replay")


async def _page(request: AnyRequest, person: UUID, wrong: Filled | None) -> Response[str]:
    found = await replayed(asking(request).actor, person, now=now_of(request))
    given = [one.accepted for one in found.differences if one.accepted is not None]
    names = await names_of([person, *(one.accepted_by for one in given)])
    forms = {one.decision: filled(f"accept-{one.decision}") for one in found.open}
    if wrong is not None:
        forms = {number: wrong if wrong.name == one.name else one for number, one in forms.items()}
    return page(
        request,
        "replay.html",
        status=REFUSED if wrong else 200,
        name=names[person],
        person=person,
        base=person_address(person),
        found=found,
        accepted=[one for one in found.differences if one.accepted is not None],
        names=names,
        forms=forms,
        sentence=words.sentence,
        wrong=wrong,
        here="/raises",
    )


HANDLERS = [show_replay, accept_difference]
