"""Planning training: the stations there are, the plan that brings raises soonest, and what it lacks."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import ServerSentEvent

from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.standing.model import Standing
from apprenticeship.training import services
from apprenticeship.training.asking import MOST_PEOPLE, SECONDS, usual_stations
from apprenticeship.training.model import PlanState, Station, TrainingAsked, TrainingPlan
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.pages.training_shown import training_shown
from web.progress import Line, told
from web.rendering import page
from web.visitors import asking

PLANNING = asks(Action.PLAN_TRAINING, Whose.ORGANISATION)
LOOKS = {
    PlanState.RUNNING: words.Look("wait", "Being worked out"),
    PlanState.DONE: words.Look("done", "Worked out"),
    PlanState.FAILED: words.Look("lapsed", "Given up"),
}
USUAL = {"months": "12", "training": "40"}


@dataclass(frozen=True)
class Pick:
    """Somebody to tick."""

    id: UUID
    name: str
    program: str
    chosen: bool


@get("/training", opt=PLANNING)
async def show_training(request: AnyRequest) -> Response[str]:
    """Show what there is to train with, to be filled in, and the plans that were asked for."""
    return await _form(request, filled("training", USUAL))


async def _form(request: AnyRequest, form: Filled, *, status: int = 200) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    standings = await services.trainable(actor, now=now)
    chosen = set(form.form.texts("person")) or {str(one.person.id) for one in standings[:MOST_PEOPLE]}
    people = [
        Pick(one.person.id, one.person.name, one.program.title, str(one.person.id) in chosen)
        for one in standings
    ]
    return page(
        request,
        "training.html",
        status=status,
        form=form,
        people=people,
        stations=usual_stations(standings),
        most=MOST_PEOPLE,
        plans=[(one, LOOKS[one.state]) for one in await services.plans_of(actor)],
        here="/raises",
    )


@post("/training", opt=PLANNING, status_code=SEE_OTHER)
async def plan_training(request: AnyRequest) -> Response[Any]:
    """Begin to work out a plan."""
    form = await read_form(request)
    actor, now = asking(request).actor, now_of(request)
    try:
        asked = _asked(form, await services.trainable(actor, now=now))
        begun = await services.start(actor, asked, now=now)
    except (Invalid, AlreadyDecided) as refusal:
        where = refusal.where if isinstance(refusal, Invalid) else "form"
        return await _form(request, Filled("training", form, where or "form", str(refusal)), status=REFUSED)
    return see_other(f"/training/{begun.id}")


def _asked(form: Form, standings: tuple[Standing, ...]) -> TrainingAsked:
    """Read the form; a station without hours, or with none, is not there.

    Raises:
        Invalid: a field is no number, or somebody is named who is not there.
    """
    people = {str(one.person.id): one.person.id for one in standings}
    chosen = form.texts("person")
    if any(one not in people for one in chosen):
        raise Invalid("Somebody chosen is not in your crew any more; look at the list again.", where="people")
    stations = []
    for usual in usual_stations(standings):
        hours = _hundredths(form, f"hours-{usual.key}", "hours")
        slots = form.number(f"slots-{usual.key}")
        if hours and slots != 0:
            minutes = (hours * 60 + 50) // 100
            stations.append(Station(key=usual.key, title=usual.title, minutes=minutes, slots=slots))
    months = form.number("months")
    training = _hundredths(form, "training", "hours")
    return TrainingAsked(
        months=0 if months is None else months,
        budget=_hundredths(form, "budget", "dollars"),
        training=0 if training is None else (training * 60 + 50) // 100,
        stations=tuple(stations),
        people=tuple(people[one] for one in dict.fromkeys(chosen)),
    )


def _hundredths(form: Form, name: str, what: str) -> int | None:
    """Read a number with decimals as hundredths; None where the field is empty.

    Raises:
        Invalid: it is no number.
    """
    text = form.text(name).replace(",", "").removeprefix("$")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Invalid(f"Write {what} as a number, like 40 or 37.5.", where=name) from None
    if not number.is_finite() or not 0 <= number <= 10**9:
        raise Invalid(f"Write {what} as a number from 0 on.", where=name)
    return round(number * 100)


@get("/training/{plan_id:uuid}", opt=PLANNING)
async def show_plan(request: AnyRequest, plan_id: FromPath[UUID]) -> Response[str]:
    """Show how far a plan is, or what it came to."""
    actor, now = asking(request).actor, now_of(request)
    plan = await services.plan_of(actor, plan_id)
    shown = None
    if plan.state is PlanState.DONE:
        shown = training_shown(plan, await services.trainable(actor, now=now))
    return page(
        request,
        "training_plan.html",
        plan=plan,
        shown=shown,
        said=_said(plan, now),
        spent=_spent(plan, now),
        most=int(SECONDS),
        here="/raises",
    )


@get("/training/progress", opt=PLANNING)
async def watch_plan(request: AnyRequest, plan_id: FromQuery[UUID]) -> ServerSentEvent:
    """Tell how far a plan is until it is worked out."""
    actor = asking(request).actor

    async def found() -> TrainingPlan:
        return await services.plan_of(actor, plan_id)

    def line(plan: TrainingPlan) -> Line:
        now = now_of(request)
        over = plan.state is not PlanState.RUNNING
        return Line(over=over, done=_spent(plan, now), total=int(SECONDS), said=_said(plan, now))

    await found()
    return told(found, line)


def _spent(plan: TrainingPlan, now: datetime) -> int:
    """Whole seconds since it was asked for, as far as the bar goes."""
    return max(0, min(int(SECONDS), int((now - plan.created_at).total_seconds())))


def _said(plan: TrainingPlan, now: datetime) -> str:
    if plan.state is not PlanState.RUNNING:
        return "Worked out" if plan.state is PlanState.DONE else "Given up"
    people = words.counted(len(plan.asked.people), "apprentice")
    return f"Looking for the best plan for {people}: {_spent(plan, now)} of {SECONDS:.0f} seconds"


HANDLERS = [show_training, plan_training, show_plan, watch_plan]
