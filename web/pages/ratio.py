"""The ratio of apprentices to journeyworkers: per site now and over time, warned ahead; sites and who is placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from litestar import Response, get, post

from apprenticeship.people.model import Stretch
from apprenticeship.policy import Action
from apprenticeship.ratio.counting import level_on
from apprenticeship.ratio.model import Breach, Change, Level, Placement, Side
from apprenticeship.ratio.services import (
    RatioReport,
    SiteReport,
    end_placement,
    open_site,
    place_apprentice,
    place_journeyworkers,
    ratio_report,
    soonest,
)
from apprenticeship.refusals import AlreadyDecided, Invalid
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.figures.ratio import ratio_figure
from web.forms import Filled, Form, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.visitors import asking

PLANNING = asks(Action.PLAN_SITES, Whose.ORGANISATION)
DONE = {
    "site": "The site is open. Say who works there next.",
    "placed": "Placed. The ratio below counts it already.",
    "ended": "Ended. The ratio below counts it already.",
}
NAMED = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Warned:
    """Days on which the ratio does not hold, in words."""

    site: str
    href: str
    now: bool
    when: str
    what: str
    why: str
    mending: str


@dataclass(frozen=True)
class SiteLine:
    """One site today."""

    name: str
    href: str
    chosen: bool
    holds: bool
    now: str
    ahead: str


@dataclass(frozen=True)
class PlacedLine:
    """One placement that goes on or is to come; `last` is the last day, None for an open end."""

    id: int
    who: str
    href: str
    since: date
    last: date | None
    begun: bool


@get("/ratio", opt=PLANNING)
async def show_ratio(request: AnyRequest) -> Response[str]:
    """Show every site today, the warnings, and one site over time."""
    return await _page(request, request.query_params.get("site", ""), None)


@post("/ratio/sites", opt=PLANNING, status_code=SEE_OTHER)
async def add_site(request: AnyRequest) -> Response[str]:
    """Open a site."""
    form = await read_form(request)
    actor, now = asking(request).actor, now_of(request)
    try:
        site = await open_site(
            actor,
            employer=_id(form, "employer", "Choose an employer from the list."),
            name=form.text("name"),
            opened=form.day("opened", "The day"),
            now=now,
        )
    except Invalid as refusal:
        return await _page(request, "", Filled("site", form, refusal.where, str(refusal)))
    except AlreadyDecided as refusal:
        return await _page(request, "", Filled("site", form, "name", str(refusal)))
    return see_other(f"/ratio?site={site.id}&done=site")


@post("/ratio/placements", opt=PLANNING, status_code=SEE_OTHER)
async def place(request: AnyRequest) -> Response[str]:
    """Place an apprentice or journeyworkers at a site."""
    form = await read_form(request)
    name = "journeyworkers" if form.text("side") == Side.JOURNEYWORKER else "apprentice"
    try:
        site = _id(form, "site", "Choose a site from the list.")
        await _place(request, form, site, name)
    except Invalid as refusal:
        return await _page(request, form.text("site"), Filled(name, form, refusal.where, str(refusal)))
    except AlreadyDecided as refusal:
        return await _page(request, form.text("site"), Filled(name, form, "person", str(refusal)))
    return see_other(f"/ratio?site={site}&done=placed")


async def _place(request: AnyRequest, form: Form, site: UUID, name: str) -> None:
    actor, now = asking(request).actor, now_of(request)
    days = Stretch(since=form.day("since", "The first day"), until=_after(form, "until"))
    if name == "journeyworkers":
        number = form.number("number") or 0
        await place_journeyworkers(actor, site, days, words=form.text("words"), number=number, now=now)
    else:
        person = _id(form, "person", "Choose an apprentice from the list.")
        await place_apprentice(actor, site, person, days, now=now)


@post("/ratio/ends", opt=PLANNING, status_code=SEE_OTHER)
async def end(request: AnyRequest) -> Response[str]:
    """End a placement."""
    form = await read_form(request)
    actor, now = asking(request).actor, now_of(request)
    try:
        until = form.day("until", "The last day") + ONE_DAY
        ended = await end_placement(actor, form.number("placement") or 0, until=until, now=now)
    except Invalid as refusal:
        wrong = Filled(f"end-{form.text('placement')}", form, refusal.where, str(refusal))
        return await _page(request, form.text("site"), wrong)
    return see_other(f"/ratio?site={ended.site}&done=ended")


def _id(form: Form, name: str, said: str) -> UUID:
    try:
        return UUID(form.text(name))
    except ValueError:
        raise Invalid(said, where=name) from None


def _after(form: Form, name: str) -> date | None:
    """Read a last day as the day after it; None where the field is empty."""
    return form.day(name, "The last day") + ONE_DAY if form.text(name) else None


async def _page(request: AnyRequest, site: str, wrong: Filled | None) -> Response[str]:
    now = now_of(request)
    report = await ratio_report(asking(request).actor, now=now)
    today = now.date()
    chosen = _chosen(report, site, today)
    return page(
        request,
        "ratio.html",
        status=REFUSED if wrong else 200,
        charts=chosen is not None and bool(chosen.levels),
        report=report,
        lines=[_line(one, one is chosen, today) for one in report.sites],
        warnings=[_warned(one, breach, today) for one, breach in soonest(report.sites, today)],
        chosen=chosen,
        figure=None if chosen is None or not chosen.levels else ratio_figure(chosen, today),
        placed=_placed(chosen, today),
        over=sum(_is_over(one, today) for one in chosen.placements) if chosen else 0,
        wrong=wrong,
        today=today,
        notice=None if wrong else DONE.get(request.query_params.get("done", "")),
        here="/ratio",
        forms=_forms(wrong, today),
    )


def _forms(wrong: Filled | None, today: date) -> dict[str, Filled]:
    day = today.isoformat()
    forms = [
        filled("site", {"opened": day}),
        filled("apprentice", {"since": day}),
        filled("journeyworkers", {"since": day, "number": "1"}),
    ]
    return {one.name: wrong if wrong is not None and wrong.name == one.name else one for one in forms}


def _chosen(report: RatioReport, site: str, today: date) -> SiteReport | None:
    """Return the site asked for, else the one with the soonest warning, else the first."""
    asked = next((one for one in report.sites if str(one.site.id) == site), None)
    warned = next((one for one, _ in soonest(report.sites, today)), None)
    return asked or warned or next(iter(report.sites), None)


def _line(report: SiteReport, chosen: bool, today: date) -> SiteLine:
    level = level_on(report.levels, today)
    later = [one for one in report.ahead(today) if one.since > today]
    ahead = f"Breaks on {words.day(later[0].since)}." if later else ""
    return SiteLine(
        name=report.site.name,
        href=f"/ratio?site={report.site.id}",
        chosen=chosen,
        holds=level.holds,
        now=counts_words(level),
        ahead=ahead,
    )


def counts_words(level: Level) -> str:
    """Say who is there and what the ratio asks for."""
    there = (
        f"{words.counted(level.number, 'apprentice')}, {words.counted(level.journeyworkers, 'journeyworker')}"
    )
    if not level.holds:
        return f"{words.sentence(there)}; {words.counted(level.short, 'journeyworker')} short."
    spare = f", {level.spare:,} to spare" if level.spare and level.number else ""
    return f"{words.sentence(there)}{spare}."


def _warned(report: SiteReport, breach: Breach, today: date) -> Warned:
    worst = max(breach.levels, key=lambda one: (one.short, one.number))
    need = words.counted(worst.needed, "journeyworker")
    there = "nobody is" if not worst.journeyworkers else f"{words.counted(worst.journeyworkers, 'is', 'are')}"
    return Warned(
        site=report.site.name,
        href=f"/ratio?site={report.site.id}",
        now=breach.covers(today),
        when=_when(breach, today),
        what=f"{words.sentence(words.counted(worst.number, 'apprentice'))} there take {need}, and {there} there.",
        why=causes_words(breach.causes),
        mending=_mending(breach, today),
    )


def _when(breach: Breach, today: date) -> str:
    since = "Since" if breach.since <= today else "From"
    last = "" if breach.until is None else f" until {words.day(breach.until - ONE_DAY)}"
    return f"{since} {words.day(breach.since)}{last}"


def causes_words(causes: Sequence[Change]) -> str:
    """Say who began or left on the first day."""
    said = [_cause(one) for one in causes[:NAMED]]
    more = [f"{len(causes) - NAMED} more changes"] if len(causes) > NAMED else []
    return words.listed([*said, *more]) + " on that day." if said else ""


def _cause(change: Change) -> str:
    presence = change.presence
    who = presence.who if presence.number == 1 else f"{presence.who} ({presence.number})"
    return f"{who} {'begins' if change.begins else 'leaves'}"


def _mending(breach: Breach, today: date) -> str:
    more = words.counted(breach.journeyworkers, "journeyworker")
    away = words.counted(breach.apprentices, "apprentice")
    eased = ""
    if breach.eased is not None and breach.eased > max(today, breach.since):
        eased = f" If everybody completes when the term is over, it holds again on {words.day(breach.eased)}."
    mends = "mends" if breach.journeyworkers == 1 else "mend"
    return f"{words.sentence(more)} more {mends} it, or {away} elsewhere.{eased}"


def _is_over(placed: Placement, today: date) -> bool:
    return placed.until is not None and placed.until <= max(today, placed.since)


def _placed(report: SiteReport | None, today: date) -> dict[str, list[PlacedLine]]:
    """Return what goes on or is to come, apprentices and journeyworkers apart."""
    found: dict[str, list[PlacedLine]] = {Side.APPRENTICE.value: [], Side.JOURNEYWORKER.value: []}
    for one in report.placements if report else ():
        if _is_over(one, today):
            continue
        side = Side.JOURNEYWORKER if one.person is None else Side.APPRENTICE
        found[side].append(_placed_line(report, one, today))
    return found


def _placed_line(report: SiteReport | None, one: Placement, today: date) -> PlacedLine:
    names = report.names if report else {}
    who = names.get(one.person, "") if one.person else one.words
    return PlacedLine(
        id=one.id,
        who=who if one.number == 1 else f"{who}, {one.number} people",
        href=f"/apprentices/{one.person}" if one.person else "",
        since=one.since,
        last=None if one.until is None else one.until - ONE_DAY,
        begun=one.since <= today,
    )


HANDLERS = [show_ratio, add_site, place, end]
