"""The payroll of a crew two years ahead, who moves when, and what was foreseen before beside what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from apprenticeship.forecasts.keeping import Came, Compared, Comparison, compare, keep, kept_of
from apprenticeship.forecasts.model import CrewOutlook, KeptForecast, PersonForecast, quarter_of
from apprenticeship.forecasts.services import crew_outlook, person_outlook
from apprenticeship.people import repo as people_rows
from apprenticeship.people.model import Organisation, OrganisationKind
from apprenticeship.policy import Action, OrganisationResource, can
from apprenticeship.refusals import AlreadyDecided, Invalid
from graph.forecasting.crew import Foreseen
from graph.forecasting.payroll import month_starts
from web import words
from web.access import Whose, asks
from web.answers import SEE_OTHER, see_other
from web.figures.payroll import dollars, payroll_figure
from web.forms import read_form
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, NotEnrolled, now_of
from web.pages.forecast_words import (
    METHOD,
    PAY_METHOD,
    GoalLine,
    goal_line,
    goal_lines,
    measured_words,
    month_words,
    span_words,
)
from web.parts import part_of
from web.rendering import page
from web.visitors import asking

PAYROLL = asks(Action.READ_PAYROLL, Whose.ORGANISATION)
PEOPLE = 50
SHOWN = 100
NOTICES = {"1": "Kept. Next quarter it is held against what came."}
CAME = {
    Came.EARLY: "Reached earlier",
    Came.WITHIN: "Reached within the range",
    Came.LATE: "Later than foreseen",
    Came.OPEN: "Still open, within the range",
    Came.GONE: "Not with you any more",
}


@dataclass(frozen=True)
class PersonLine:
    """One person of the crew."""

    name: str
    href: str
    next: GoalLine | None
    completion: str


@dataclass(frozen=True)
class CameLine:
    """What was foreseen of one goal, and what came."""

    name: str
    title: str
    span: str
    came: str


@dataclass(frozen=True)
class Place:
    """What one employer has kept."""

    id: UUID
    name: str
    may_keep: bool
    current: KeptForecast | None
    compared: Comparison | None

    @property
    def lines(self) -> list[CameLine]:
        """What came of the goals whose range has begun, the first of them."""
        return [] if self.compared is None else [_came(one) for one in self.compared.goals[:SHOWN]]

    @property
    def said(self) -> str:
        """What came of them, in one sentence."""
        goals = () if self.compared is None else self.compared.goals
        judged = [one for one in goals if one.came in (Came.EARLY, Came.WITHIN, Came.LATE)]
        if not judged:
            return "Nothing that it foresaw was due yet."
        within = sum(one.came is Came.WITHIN for one in judged)
        due = words.counted(len(judged), "step")
        return f"Of {due} that came due, {words.counted(within, 'step')} came within the range."


@get("/payroll", opt=PAYROLL)
async def show_payroll(request: AnyRequest, part: FromQuery[int] = 1) -> Response[str]:
    """Show what the crew will be paid by month, and who moves when."""
    return await _page(request, part, None)


async def _page(request: AnyRequest, part: int, refusal: str | None) -> Response[str]:
    now = now_of(request)
    found = await crew_outlook(asking(request).actor, as_of=now.date(), now=now)
    places = await _places(request, found)
    before = {
        one.month: one
        for place in places[:1]
        if len(places) == 1 and place.compared is not None
        for one in place.compared.kept.months
    }
    return page(
        request,
        "payroll.html",
        status=409 if refusal else 200,
        charts=bool(found.people),
        people=part_of([_line(one) for one in found.people], part, PEOPLE),
        figure=payroll_figure(found.months, before),
        unpaid=found.unpaid,
        method=METHOD,
        pay_method=PAY_METHOD,
        places=places,
        notice=NOTICES.get(request.query_params.get("done", "")),
        refusal=refusal,
    )


@get("/payroll/{apprentice_id:uuid}", opt=asks(Action.READ_WAGES, Whose.LEARNER))
async def show_person_payroll(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Show what is foreseen of one person."""
    now = now_of(request)
    actor = asking(request).actor
    found = await person_outlook(actor, apprentice_id, as_of=now.date(), now=now)
    if found is None:
        raise NotEnrolled(own=apprentice_id == actor.person)
    months = zip(month_starts(now.date(), len(found.cents)), found.cents, strict=False)
    return page(
        request,
        "payroll_person.html",
        forecast=found,
        lines=goal_lines(found),
        rests=measured_words(found.measured),
        months=[(month_words(month), dollars(cents)) for month, cents in months],
        paid=words.hours(found.measured.paid),
        method=METHOD,
        pay_method=PAY_METHOD,
        href=person_address(found.person),
        here="/payroll",
    )


@post("/payroll/kept", opt=asks(Action.KEEP_FORECAST, Whose.ORGANISATION), status_code=SEE_OTHER)
async def keep_forecast(request: AnyRequest) -> Response[str]:
    """Keep today's forecast of an employer for this quarter."""
    form = await read_form(request)
    try:
        employer = UUID(form.text("employer"))
    except ValueError:
        raise Invalid("Say of which employer.", where="employer") from None
    try:
        await keep(asking(request).actor, employer, now=now_of(request))
    except AlreadyDecided as refusal:
        return await _page(request, 1, str(refusal))
    return see_other("/payroll?done=1")


async def _places(request: AnyRequest, today: CrewOutlook) -> list[Place]:
    actor, now = asking(request).actor, now_of(request)
    held = sorted({one.organisation for one in actor.roles if one.covers(now.date())})
    organisations = await people_rows.organisations(held)
    found = []
    for one in organisations:
        place = OrganisationResource(one.id, one.kind)
        if one.kind is OrganisationKind.EMPLOYER and can(actor, Action.READ_PAYROLL, place, now).allowed:
            may_keep = can(actor, Action.KEEP_FORECAST, place, now).allowed
            found.append(_place(one, await kept_of(one.id), today, may_keep=may_keep))
    return found


def _place(one: Organisation, kept: Sequence[KeptForecast], today: CrewOutlook, *, may_keep: bool) -> Place:
    quarter = quarter_of(today.as_of)
    current = next((forecast for forecast in kept if forecast.quarter == quarter), None)
    before = next((forecast for forecast in kept if forecast.quarter < quarter), None)
    compared = None if before is None else compare(before, today)
    return Place(one.id, one.name, may_keep, current, compared)


def _line(forecast: PersonForecast) -> PersonLine:
    ahead = forecast.ahead
    lines = goal_lines(forecast)
    complete = forecast.complete
    last = "Complete" if complete else ""
    if ahead and not complete:
        line = goal_line(forecast, ahead[-1])
        last = line.expected or "not foreseen"
    return PersonLine(forecast.name, f"/payroll/{forecast.person}", next(iter(lines), None), last)


def _came(one: Compared) -> CameLine:
    goal = one.goal
    span = ""
    if goal.earliest is not None and goal.expected is not None:
        span = span_words(Foreseen(goal.earliest, goal.expected, goal.latest))
    came = CAME[one.came] + (f", on {words.day(one.on)}" if one.on else "")
    return CameLine(one.name or "Somebody", one.title or goal.goal, span, came)


HANDLERS = [show_payroll, show_person_payroll, keep_forecast]
