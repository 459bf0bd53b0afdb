"""Logging a day's hours and handing in evidence: one screen on a phone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.evidence.services import hand_in
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from apprenticeship.signoff.services import submit
from apprenticeship.standing.model import Standing
from graph.evaluating import DONE, Evaluation
from graph.requirement import OJL, RTI
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages import evidence_words
from web.pages.asked import AnyRequest, now_of, own_standing
from web.rendering import page
from web.rules import item_title
from web.visitors import asking

OWN = asks(Action.HAND_IN, Whose.OWN)

FIELDS = {"happened_on": "day", "minutes": "hours", "subject": "item", "kind": "item"}
SENT = {
    "hours": "Sent to your mentor.",
    "evidence": "Handed in. Your mentor sees it now.",
    "draft": "Kept as a draft. Send it when it is ready.",
    "again": "Sent again.",
}


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
    waiting: tuple[evidence_words.Shown, ...]
    returned: tuple[evidence_words.Shown, ...]
    drafts: tuple[evidence_words.Shown, ...]


@get("/log", opt=OWN)
async def show_log(request: AnyRequest) -> Response[str]:
    """Show the form, what waits, and what came back."""
    standing = await own_standing(request)
    notice = SENT.get(request.query_params.get("sent", ""))
    chosen = filled("evidence", {"item": request.query_params.get("item", "")})
    return _log_page(request, standing, chosen, notice=notice)


@post("/log/hours", opt=OWN, status_code=SEE_OTHER)
async def send_hours(request: AnyRequest) -> Response[Any]:
    """Log hours of one day."""
    form = await read_form(request)
    try:
        fact = hours_from(form)
        await hand_in(asking(request).actor, fact, note=form.text("note") or None, now=now_of(request))
    except Invalid as refusal:
        return await _again(request, "hours", form, refusal)
    return see_other("/log?sent=hours")


@post("/log/evidence", opt=OWN, status_code=SEE_OTHER)
async def send_evidence(request: AnyRequest) -> Response[Any]:
    """Hand in evidence for a competency or a credential, or keep it as a draft."""
    form = await read_form(request)
    draft = form.text("then") == "draft"
    note, now = form.text("note") or None, now_of(request)
    try:
        await hand_in(asking(request).actor, item_from(form), note=note, now=now, draft=draft)
    except Invalid as refusal:
        return await _again(request, "evidence", form, refusal)
    return see_other("/log?sent=draft" if draft else "/log?sent=evidence")


@post("/log/drafts", opt=OWN, status_code=SEE_OTHER)
async def send_drafts(request: AnyRequest) -> Redirect:
    """Send drafts, or what came back, for sign-off."""
    form = await read_form(request)
    entries = [int(entry) for entry in form.texts("entry") if entry.isascii() and entry.isdigit()]
    await submit(asking(request).actor, entries, now=now_of(request))
    return see_other("/log?sent=again" if entries else "/log")


def hours_from(form: Form) -> Fact:
    """Read a day's hours from the form.

    Raises:
        Invalid: the day or the hours cannot be read.
    """
    return Fact(
        kind=EvidenceKind.HOURS,
        happened_on=form.day("day", "The day"),
        work_process=form.text("work_process"),
        minutes=form.minutes("hours"),
    )


def item_from(form: Form) -> Fact:
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


def wrong_in(form: Form, name: str, refusal: Invalid) -> Filled:
    """Give a form back with what is wrong beside its field."""
    return Filled(name, form, FIELDS.get(refusal.where, refusal.where), str(refusal))


async def _again(request: AnyRequest, name: str, form: Form, refusal: Invalid) -> Response[str]:
    standing = await own_standing(request)
    return _log_page(request, standing, wrong_in(form, name, refusal), status=REFUSED)


def _log_page(
    request: AnyRequest, standing: Standing, sent: Filled, *, notice: str | None = None, status: int = 200
) -> Response[str]:
    return page(
        request,
        "log.html",
        status=status,
        log=log_page(standing, now_of(request).date()),
        hours=sent if sent.name == "hours" else filled("hours"),
        evidence=sent if sent.name == "evidence" else filled("evidence"),
        notice=notice,
        here="/log",
    )


def log_page(standing: Standing, today: date) -> LogPage:
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
