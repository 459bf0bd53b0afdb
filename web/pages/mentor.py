"""What a mentor comes for: who waits, signing off several at once, sending back with a reason, one item."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.evidence.model import EvidenceKind
from apprenticeship.evidence.services import entry_history
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from apprenticeship.signoff.model import Verdict, Waiting
from apprenticeship.signoff.services import send_back, sign_off, waiting_for
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import visible_standings
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Form, read_form
from web.pages import evidence_words, standings
from web.pages.addresses import items_at, person_address
from web.pages.asked import AnyRequest, now_of, standing_for
from web.pages.corrections import named_entry
from web.pages.items import Neighbour
from web.rendering import page
from web.rules import item_title
from web.visitors import asking

SHOWN = 60
JUDGING = asks(Action.SIGN_OFF, Whose.THEIRS)


@dataclass(frozen=True)
class QueueEntry:
    """One thing that waits."""

    shown: evidence_words.Shown
    name: str
    person: UUID
    scale: tuple[int, ...]
    days: int


@get("/sign-off", opt=JUDGING)
async def show_queue(request: AnyRequest) -> Response[str]:
    """Show who waits, the longest waiting first."""
    done = request.query_params.get("done", "")
    notices = {"signed": "Signed off. It counts from this moment.", "back": "Sent back with your reason."}
    return await _queue(request, notice=notices.get(done))


@post("/sign-off", opt=JUDGING, status_code=SEE_OTHER)
async def decide(request: AnyRequest) -> Response[Any]:
    """Sign off or send back whatever is marked: all of it or nothing."""
    form = await read_form(request)
    rows = [int(row) for row in form.texts("row") if row.isascii() and row.isdigit() and len(row) < 19]  # noqa: PLR2004
    actor, now = asking(request).actor, now_of(request)
    if not rows:
        unmarked = Invalid("Mark what you want to sign off or send back.", where="row")
        return await _queue(request, refusal=unmarked, form=form)
    try:
        if form.text("verdict") == "back":
            await send_back(actor, rows, reason=form.text("note"), now=now)
            return see_other("/sign-off?done=back")
        verdicts = [Verdict(row=row, rating=form.number(f"rating-{row}")) for row in rows]
        await sign_off(actor, verdicts, note=form.text("note") or None, now=now)
    except Invalid as refusal:
        return await _queue(request, refusal=refusal, form=form)
    return see_other("/sign-off?done=signed")


async def _queue(
    request: AnyRequest,
    *,
    notice: str | None = None,
    refusal: Invalid | None = None,
    form: Form | None = None,
) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    waiting = await waiting_for(actor, now=now)
    theirs = await visible_standings(actor, as_of=now.date(), now=now, action=Action.SIGN_OFF)
    by_person = {standing.person.id: standing for standing in theirs}
    entries = [
        _entry(one, by_person[one.evidence.person], now.date())
        for one in waiting[:SHOWN]
        if one.evidence.person in by_person
    ]
    return page(
        request,
        "queue.html",
        status=200 if refusal is None else REFUSED,
        entries=entries,
        number=len(waiting),
        apprentices=len(theirs),
        refusal=str(refusal) if refusal else "",
        marked=set(form.texts("row")) if form else set(),
        note=form.text("note") if form else "",
        notice=notice,
        here="/sign-off",
    )


def _entry(waiting: Waiting, standing: Standing, today: date) -> QueueEntry:
    row = waiting.evidence
    rated = standing.world.competencies.get(row.fact.subject or "")
    return QueueEntry(
        evidence_words.shown(standing.world, row),
        waiting.name,
        row.person,
        () if row.fact.kind is not EvidenceKind.COMPETENCY or rated is None else rated.framework.scale,
        (today - row.recorded.date()).days,
    )


@get("/sign-off/{evidence_id:str}", opt=JUDGING)
async def show_waiting_item(request: AnyRequest, evidence_id: FromPath[str]) -> Response[str]:
    """Show one piece of evidence: what is claimed, earlier ratings, what it would open."""
    actor, now = asking(request).actor, now_of(request)
    chain = await entry_history(actor, named_entry(evidence_id), now=now)
    row = chain[-1]
    standing = await standing_for(request, row.person)
    subject = row.fact.subject or ""
    earlier = [one for one in evidence_words.about(standing.evidence, subject) if one.entry != row.entry]
    return page(
        request,
        "waiting_item.html",
        standing=standing,
        entry=_entry(Waiting(evidence=row, name=standing.person.name), standing, now.date()),
        waits=row.status == "submitted",
        chain=[evidence_words.shown(standing.world, one) for one in chain],
        earlier=[evidence_words.shown(standing.world, one) for one in earlier] if subject else [],
        opens=_opens(standing, row.fact.kind.value, subject),
        here="/sign-off",
    )


def _opens(standing: Standing, kind: str, subject: str) -> list[Neighbour]:
    if kind not in ("competency", "credential") or not subject:
        return []
    address = items_at(person_address(standing.person.id))
    return [
        Neighbour(
            item_title(standing.world, *other), address(*other), standings.look_of(standing.evaluation, other)
        )
        for other in standings.opens(standing.evaluation, (kind, subject))
    ]


HANDLERS = [show_queue, decide, show_waiting_item]
