"""What is new for somebody, and the letters that they want."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post

from apprenticeship.notices.model import Happened, Notice, Often
from apprenticeship.notices.services import (
    confirm_address,
    mark_read,
    notices_of,
    unread_since,
    want_letters,
    wish_of,
)
from apprenticeship.notices.words import sentence
from apprenticeship.refusals import Invalid
from web.access import signed_in
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, asked_form, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.visitors import asking

SHOWN = 100
LOOKS = {
    Happened.RAISE_REACHED: "done",
    Happened.RAISE_CORRECTED: "info",
    Happened.RAISE_OBJECTED: "lapsed",
    Happened.RAISE_APPEALED: "info",
    Happened.RAISE_ACCEPTED: "info",
    Happened.RAISE_SET_ASIDE: "info",
    Happened.RAISE_UPHELD: "info",
    Happened.RAISE_APPROVED: "done",
    Happened.RAISE_DENIED: "lapsed",
    Happened.RAISE_POSTPONED: "wait",
    Happened.RAISE_UNDONE: "info",
    Happened.SIGNED_OFF: "done",
    Happened.SENT_BACK: "lapsed",
    Happened.WAITS: "wait",
    Happened.CONTACT_ASKED: "info",
    Happened.CONTACT_ANSWERED: "done",
    Happened.CREDIT_ASKED: "wait",
    Happened.CREDIT_DECIDED: "done",
    Happened.CREDIT_APPEALED: "wait",
    Happened.CREDIT_WITHDRAWN: "info",
}
PLACES = {
    Happened.SIGNED_OFF: "/record",
    Happened.SENT_BACK: "/log",
    Happened.WAITS: "/sign-off",
    Happened.CONTACT_ASKED: "/findable",
    Happened.CONTACT_ANSWERED: "/hiring",
    Happened.CREDIT_ASKED: "/credit-requests",
    Happened.CREDIT_DECIDED: "/credit/requests",
    Happened.CREDIT_APPEALED: "/credit-requests",
    Happened.CREDIT_WITHDRAWN: "/credit-requests",
}
DONE = {
    "letters": "Kept. A new address gets one letter first, which asks whether it is yours.",
    "none": "You get no letters.",
    "confirmed": "Confirmed. Letters come to this address.",
}


@dataclass(frozen=True)
class NoticeLine:
    """One notice as the list shows it."""

    text: str
    at: datetime
    look: str
    href: str
    new: bool


@get("/notices", opt=signed_in())
async def show_notices(request: AnyRequest) -> Response[str]:
    """Show what happened lately, the latest first, and what of it is new."""
    return await _notices(request, notice=DONE.get(request.query_params.get("done", "")))


@post("/notices/read", opt=signed_in(), status_code=SEE_OTHER)
async def read(request: AnyRequest) -> Response[str]:
    """Keep that all that was shown has been read; what came meanwhile stays new."""
    form = await read_form(request)
    try:
        up_to = datetime.fromisoformat(form.text("up_to"))
    except ValueError:
        up_to = now_of(request)
    if up_to.tzinfo is None:
        up_to = now_of(request)
    await mark_read(asking(request).actor, up_to=up_to, now=now_of(request))
    return see_other("/notices")


@post("/notices/letters", opt=signed_in(), status_code=SEE_OTHER)
async def choose_letters(request: AnyRequest) -> Response[str]:
    """Ask for letters, other ones or none."""
    form = await read_form(request)
    often = next((one for one in Often if one.value == form.text("often")), None)
    try:
        _refuse_without_server(request, often)
        address = form.text("address")
        await want_letters(asking(request).actor, often=often, address=address, now=now_of(request))
    except Invalid as refusal:
        wrong = Filled("letters", form, refusal.where, str(refusal))
        return await _notices(request, letters=wrong, status=REFUSED)
    return see_other(f"/notices?done={'none' if often is None else 'letters'}")


def _refuse_without_server(request: AnyRequest, often: Often | None) -> None:
    if often is not None and not request.app.state.settings.sends_letters:
        what = "This installation sends no letters; its administrator can set up a mail server."
        raise Invalid(what, where="often")


@get("/notices/confirm", opt=signed_in())
async def show_question(request: AnyRequest) -> Response[str]:
    """Ask whether letters are to come to the address that got the link."""
    return _question(request, Filled("confirm", asked_form(request)))


@post("/notices/confirm", opt=signed_in(), status_code=SEE_OTHER)
async def confirm(request: AnyRequest) -> Response[str]:
    """Keep that an address is the visitor's own."""
    form = await read_form(request)
    try:
        await confirm_address(asking(request).actor, form.text("secret"), now=now_of(request))
    except Invalid as refusal:
        return _question(request, Filled("confirm", form, refusal.where, str(refusal)), status=REFUSED)
    return see_other("/notices?done=confirmed")


def _question(request: AnyRequest, form: Filled, *, status: int = 200) -> Response[str]:
    return page(request, "notices_confirm.html", status=status, confirm=form, here="/notices")


async def _notices(
    request: AnyRequest, *, letters: Filled | None = None, notice: str | None = None, status: int = 200
) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    since = await unread_since(actor, now=now)
    found = await notices_of(actor, now=now)
    wish = await wish_of(actor)
    return page(
        request,
        "notices.html",
        status=status,
        lines=[_line(one, actor.person, since) for one in found[:SHOWN]],
        new=sum(one.at > since for one in found),
        up_to=found[0].at.isoformat() if found else "",
        more=max(0, len(found) - SHOWN),
        wish=wish,
        sends=request.app.state.settings.sends_letters,
        letters=letters or filled("letters", {} if wish is None else _typed(wish.often, wish.address)),
        notice=notice,
        here="/notices",
    )


def _typed(often: Often, address: str) -> dict[str, str]:
    return {"often": often.value, "address": address}


def _line(notice: Notice, reader: UUID, since: datetime) -> NoticeLine:
    return NoticeLine(
        text=sentence(notice, reader),
        at=notice.at,
        look=LOOKS[notice.happened],
        href=PLACES.get(notice.happened) or _raise_address(notice, reader),
        new=notice.at > since,
    )


def _raise_address(notice: Notice, reader: UUID) -> str:
    return "/raise" if notice.person == reader else f"/raises/{notice.person}"


async def news_of(request: AnyRequest) -> int:
    """Count what is new for the visitor, for the page on which they begin."""
    actor, now = asking(request).actor, now_of(request)
    return len(await notices_of(actor, now=now, since=await unread_since(actor, now=now)))


HANDLERS = [show_notices, read, choose_letters, show_question, confirm]
