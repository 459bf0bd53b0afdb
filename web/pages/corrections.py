"""Correcting what one handed in oneself, as long as nobody has signed it off."""

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.evidence.model import Evidence, EvidenceKind, Status, entry_of
from apprenticeship.evidence.services import correct, entry_history
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid, Missing
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, filled, read_form
from web.pages import evidence_words
from web.pages.asked import AnyRequest, now_of, own_standing
from web.pages.evidence import hours_from, item_from, log_page, wrong_in
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.HAND_IN, Whose.OWN)
OPEN = (Status.CLAIMED, Status.SUBMITTED, Status.REJECTED)
KINDS = (EvidenceKind.HOURS, EvidenceKind.COMPETENCY, EvidenceKind.CREDENTIAL)


@get("/log/{evidence_id:str}", opt=OWN)
async def show_entry(request: AnyRequest, evidence_id: FromPath[str]) -> Response[str]:
    """Show one's own entry with what happened to it, and a form where it may still be corrected."""
    chain = await _own_chain(request, evidence_id)
    return await _entry(request, chain, filled("correction", _values(chain)))


@post("/log/{evidence_id:str}", opt=OWN, status_code=SEE_OTHER)
async def correct_entry(request: AnyRequest, evidence_id: FromPath[str]) -> Response[str]:
    """Put a corrected entry in the place of one's own."""
    chain = await _own_chain(request, evidence_id)
    form = await read_form(request)
    draft = form.text("then") == "draft"
    try:
        fact = hours_from(form) if chain[-1].fact.kind is EvidenceKind.HOURS else item_from(form)
        await correct(
            asking(request).actor,
            chain[0].entry,
            fact,
            note=form.text("note") or None,
            now=now_of(request),
            draft=draft,
        )
    except Invalid as refusal:
        return await _entry(request, chain, wrong_in(form, "correction", refusal), status=REFUSED)
    return see_other("/log?sent=draft" if draft else "/log?sent=evidence")


async def _own_chain(request: AnyRequest, evidence_id: str) -> tuple[Evidence, ...]:
    actor = asking(request).actor
    chain = await entry_history(actor, named_entry(evidence_id), now=now_of(request))
    if chain[-1].person != actor.person:
        raise Missing("No such evidence.")
    return chain


def named_entry(evidence_id: str) -> int:
    """Read the identifier of a piece of evidence from an address.

    Raises:
        Missing: it is none.
    """
    try:
        number = entry_of(evidence_id)
    except ValueError:
        raise Missing("No such evidence.") from None
    if not 0 < number < 2**63:
        raise Missing("No such evidence.")
    return number


def _values(chain: tuple[Evidence, ...]) -> dict[str, str]:
    row = chain[-1]
    fact = row.fact
    own_note = next((one.note for one in reversed(chain) if one.recorded_by == row.person), None)
    values = {"day": fact.happened_on.isoformat(), "note": own_note or ""}
    if fact.kind is EvidenceKind.HOURS:
        return values | {"hours": f"{(fact.minutes or 0) / 60:g}", "work_process": fact.work_process or ""}
    return values | {"item": f"{fact.kind.value}:{fact.subject}", "part": fact.part or ""}


async def _entry(
    request: AnyRequest, chain: tuple[Evidence, ...], correction: Filled, *, status: int = 200
) -> Response[str]:
    standing = await own_standing(request)
    row = chain[-1]
    return page(
        request,
        "correction.html",
        status=status,
        shown=evidence_words.shown(standing.world, row),
        chain=[evidence_words.shown(standing.world, one) for one in reversed(chain)],
        open=row.status in OPEN and row.fact.kind in KINDS,
        kind=row.fact.kind.value,
        correction=correction,
        log=log_page(standing, now_of(request).date()),
        here="/log",
    )


HANDLERS = [show_entry, correct_entry]
