"""Logging a day's hours and handing in evidence: one screen on a phone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.evidence.services import hand_in, log_hours
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from apprenticeship.signoff.services import submit
from apprenticeship.standing.model import Standing
from graph.evaluating import DONE, Evaluation
from graph.requirement import OJL, RTI
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Form, read_form
from web.pages import evidence_words
from web.pages.asked import AnyRequest, now_of, own_standing
from web.rendering import page
from web.rules import item_title
from web.visitors import asking

OWN = asks(Action.HAND_IN, Whose.OWN)


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    value: str
    name: str


@dataclass(frozen=True)
class LogPage:
    """What can be logged and handed in, and what waits or came back."""

    today: date
    processes: tuple[Choice, ...]
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    chosen: str
    waiting: tuple[evidence_words.Shown, ...]
    returned: tuple[evidence_words.Shown, ...]
    drafts: tuple[evidence_words.Shown, ...]


@get("/log", opt=OWN)
async def show_log(request: AnyRequest) -> Response[str]:
    """Show the form, what waits, and what came back."""
    standing = await own_standing(request)
    sent = {"hours": "Sent to your mentor.", "evidence": "Handed in. Your mentor sees it now."}
    notice = sent.get(request.query_params.get("sent", ""))
    return _log_page(request, standing, chosen=request.query_params.get("item", ""), notice=notice)


@post("/log/hours", opt=OWN, status_code=SEE_OTHER)
async def send_hours(request: AnyRequest) -> Response[Any]:
    """Log hours of one day."""
    form = await read_form(request)
    visitor, now = asking(request), now_of(request)
    try:
        await log_hours(
            visitor.actor,
            happened_on=form.day("day", "The day"),
            work_process=form.text("work_process"),
            minutes=form.minutes("hours"),
            note=form.text("note") or None,
            now=now,
        )
    except Invalid as refusal:
        return await _again(request, form, refusal)
    return see_other("/log?sent=hours")


@post("/log/evidence", opt=OWN, status_code=SEE_OTHER)
async def send_evidence(request: AnyRequest) -> Response[Any]:
    """Hand in evidence for a competency or a credential, or keep it as a draft."""
    form = await read_form(request)
    visitor, now = asking(request), now_of(request)
    try:
        fact = fact_from(form)
        draft = form.text("then") == "draft"
        await hand_in(visitor.actor, fact, note=form.text("note") or None, now=now, draft=draft)
    except Invalid as refusal:
        return await _again(request, form, refusal)
    return see_other("/log?sent=evidence")


@post("/log/drafts", opt=OWN, status_code=SEE_OTHER)
async def send_drafts(request: AnyRequest) -> Redirect:
    """Send drafts, or what came back, for sign-off."""
    form = await read_form(request)
    entries = [int(entry) for entry in form.texts("entry") if entry.isascii() and entry.isdigit()]
    await submit(asking(request).actor, entries, now=now_of(request))
    return see_other("/log?sent=evidence")


def fact_from(form: Form) -> Fact:
    """Read one piece of evidence from the form.

    Raises:
        Invalid: nothing was chosen, or the date cannot be read.
    """
    kind, _, subject = form.text("item").partition(":")
    if kind not in ("competency", "credential") or not subject:
        raise Invalid("Choose what you can show.", where="item")
    return Fact(
        kind=EvidenceKind(kind),
        subject=subject,
        part=(form.text("part") or None) if kind == "credential" else None,
        happened_on=form.day("day", "The day"),
        attested_by=form.text("attested_by") or None,
    )


async def _again(request: AnyRequest, form: Form, refusal: Invalid) -> Response[str]:
    standing = await own_standing(request)
    return _log_page(request, standing, chosen=form.text("item"), form=form, refusal=refusal)


def _log_page(
    request: AnyRequest,
    standing: Standing,
    *,
    chosen: str,
    notice: str | None = None,
    form: Form | None = None,
    refusal: Invalid | None = None,
) -> Response[str]:
    return page(
        request,
        "log.html",
        status=200 if refusal is None else REFUSED,
        log=log_page(standing, now_of(request).date(), chosen),
        sent=form or Form({}),
        refusal=str(refusal) if refusal else "",
        where=refusal.where if refusal else "",
        notice=notice,
        here="/log",
    )


def log_page(standing: Standing, today: date, chosen: str) -> LogPage:
    """Gather what can be logged."""
    processes = [
        Choice(found.key.rpartition(":")[2], found.title or found.key)
        for found in standing.program.work_processes
    ]
    rows = [(row, evidence_words.shown(standing.world, row)) for row in reversed(standing.evidence)]
    by_word = {
        look: tuple(s for r, s in rows if r.status == look) for look in ("submitted", "rejected", "claimed")
    }
    return LogPage(
        today=today,
        processes=(
            *processes,
            Choice(OJL, "Other work on the job"),
            Choice(RTI, "Class (related instruction)"),
        ),
        groups=_groups(standing.evaluation),
        chosen=chosen,
        waiting=by_word["submitted"],
        returned=by_word["rejected"],
        drafts=by_word["claimed"],
    )


def _groups(evaluation: Evaluation) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Give what is not done yet: what is ready first."""
    groups: dict[str, list[Choice]] = {"Ready": [], "Later: its prerequisites are open": []}
    found = [("competency", k, a.state) for k, a in evaluation.competencies.items()]
    found += [("credential", k, a.state) for k, a in evaluation.credentials.items()]
    for kind, key, state in found:
        if state in DONE or (kind == "competency" and evaluation.world.competencies[key].kind == "area"):
            continue
        name = item_title(evaluation.world, kind, key)
        group = groups["Later: its prerequisites are open" if state == "locked" else "Ready"]
        group.append(Choice(f"{kind}:{key}", name if kind == "competency" else f"{name} (credential)"))
    return tuple((words.sentence(name), tuple(group)) for name, group in groups.items() if group)


HANDLERS = [show_log, send_hours, send_evidence, send_drafts]
