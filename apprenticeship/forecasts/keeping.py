"""Keeping a forecast of a quarter, by a person or by the schedule, and holding it against what came."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from apprenticeship.audit.services import record
from apprenticeship.forecasts import repo
from apprenticeship.forecasts.content import content_of, goals_in
from apprenticeship.forecasts.model import CrewOutlook, KeptForecast, KeptGoal, MonthPay, quarter_of
from apprenticeship.forecasts.services import outlook_of
from apprenticeship.outbox.model import Errand
from apprenticeship.outbox.services import ask
from apprenticeship.people import repo as people_rows
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor, Scope
from apprenticeship.refusals import AlreadyDecided, permit
from apprenticeship.store import transaction
from graph.forecasting.crew import Outlook
from standards.canonical import digest

KEEP = "forecast.keep"


async def keep(actor: Actor, employer: UUID, *, now: datetime) -> KeptForecast:
    """Keep today's forecast of an employer's people as that of this quarter.

    Raises:
        Missing: there is no such organisation, or the actor does not speak for it.
        AlreadyDecided: one is kept of this quarter.
    """
    permit(actor, Action.KEEP_FORECAST, await organisation_resource(employer), now)
    found = await _keep(actor, employer, now)
    if found is None:
        raise AlreadyDecided("A forecast of this quarter is kept already; it stays as it is.")
    return found


async def _keep(actor: Actor | None, employer: UUID, now: datetime) -> KeptForecast | None:
    today = now.date()
    own = await people_rows.learners_in(Scope(at=now, employers=frozenset({employer})))
    content = content_of(await outlook_of([one.id for one in own], as_of=today))
    forecast = KeptForecast(
        id=uuid4(),
        employer=employer,
        quarter=quarter_of(today),
        as_of=today,
        made_at=now,
        made_by=None if actor is None else actor.person,
        months=(),
        goals=goals_in(content),
        sha256=digest(content),
    )
    async with transaction():
        if not await repo.add(forecast, content):
            return None
        detail = {"employer": str(employer), "quarter": forecast.quarter, "sha256": forecast.sha256}
        await record(actor, Action.KEEP_FORECAST, "forecast", forecast.id, now=now, detail=detail)
    return forecast


async def ask_when_due(*, now: datetime) -> None:
    """Ask for a forecast of this quarter to be kept for every employer that has none; the schedule's part."""
    quarter = quarter_of(now.date())
    async with transaction():
        for employer in await repo.employers_without(quarter, now.date()):
            await ask(KEEP, f"{employer} {quarter}", {"employer": str(employer)}, now=now)


async def keep_asked(errand: Errand, now: datetime) -> None:
    """Keep the forecast that the schedule asked for; one that somebody kept meanwhile stays."""
    await _keep(None, UUID(errand.payload["employer"]), now)


async def leave(_errand: Errand, _now: datetime) -> None:
    """Go without the forecast of one quarter."""


class Came(StrEnum):
    """How a goal stands to what was foreseen of it."""

    EARLY = "early"
    WITHIN = "within"
    LATE = "late"
    OPEN = "open"
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A goal that was foreseen, and what came of it; `on` is the day on which it was reached."""

    goal: KeptGoal
    name: str
    title: str
    came: Came
    on: date | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A kept forecast beside today's.

    Attributes:
        goals: those whose range has begun, the earliest first.
        months: what was foreseen of each month, and what is today, where both tell.
    """

    kept: KeptForecast
    goals: tuple[Compared, ...]
    months: tuple[tuple[MonthPay, MonthPay], ...]


async def kept_of(employer: UUID) -> tuple[KeptForecast, ...]:
    """Return what was kept for an employer, the latest first; the caller has asked who may know."""
    return await repo.of_employer(employer)


def compare(kept: KeptForecast, today: CrewOutlook) -> Comparison:
    """Hold a kept forecast against how things stand."""
    people = {one.person: one for one in today.people}
    compared = []
    for goal in kept.goals:
        if goal.earliest is None or goal.expected is None:
            continue
        person = people.get(goal.person)
        outlook = None if person is None else next((o for o in person.outlooks if o.goal == goal.goal), None)
        if outlook is not None and not outlook.reached and today.as_of < goal.earliest:
            continue
        compared.append(
            Compared(
                goal=goal,
                name="" if person is None else person.name,
                title="" if person is None else person.titles.get(goal.goal, goal.goal),
                came=Came.GONE if outlook is None else _came(goal, outlook, today.as_of),
                on=None if outlook is None else outlook.since,
            )
        )
    then = {one.month: one for one in kept.months}
    months = tuple((then[one.month], one) for one in today.months if one.month in then)
    ordered = sorted(compared, key=lambda one: (one.goal.earliest or date.max, one.name, one.goal.goal))
    return Comparison(kept=kept, goals=tuple(ordered), months=months)


def _came(goal: KeptGoal, outlook: Outlook, today: date) -> Came:
    day = outlook.since if outlook.reached else None
    if outlook.reached and day is not None and goal.earliest is not None and day < goal.earliest:
        return Came.EARLY
    last = goal.latest
    if (day or today) > (last or date.max):
        return Came.LATE
    return Came.WITHIN if outlook.reached else Came.OPEN
