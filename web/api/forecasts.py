"""Forecasts of steps, completion and payroll; for those who may know wages."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.forecasts.keeping import keep
from apprenticeship.forecasts.model import PersonForecast
from apprenticeship.forecasts.services import crew_outlook, person_outlook
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from standards.forecast_answers import outlook_answers
from web.access import Whose, asks
from web.api.models.forecasts import (
    GoalForecast,
    KeepAsked,
    KeptForecast,
    LearnerForecast,
    MonthPayroll,
    Pace,
    PayrollForecast,
)
from web.api.models.people import Named
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

FORECASTS = ["Forecasts"]


@get(
    "/payroll",
    opt=asks(Action.READ_PAYROLL, Whose.ORGANISATION),
    operation_id="forecastPayroll",
    tags=FORECASTS,
    responses=refusals(),
)
async def forecast_payroll(request: AnyRequest) -> PayrollForecast:
    """Foresee what everybody whose wages one may know will be paid, and when they move."""
    now = now_of(request)
    found = await crew_outlook(asking(request).actor, as_of=now.date(), now=now)
    return PayrollForecast(
        as_of=found.as_of.isoformat(),
        months=[
            MonthPayroll(
                month=one.month.isoformat(),
                low_usd=_dollars(one.low),
                expected_usd=_dollars(one.expected),
                high_usd=_dollars(one.high),
            )
            for one in found.months
        ],
        people=[_person(one) for one in found.people],
    )


@get(
    "/learners/{learner_id:uuid}/forecast",
    opt=asks(Action.READ_WAGES, Whose.LEARNER),
    operation_id="forecastLearner",
    tags=FORECASTS,
    responses=reading(),
)
async def forecast_learner(request: AnyRequest, learner_id: FromPath[UUID]) -> LearnerForecast:
    """Foresee when somebody reaches the next wage steps and completion."""
    now = now_of(request)
    found = await person_outlook(asking(request).actor, learner_id, as_of=now.date(), now=now)
    if found is None:
        raise Invalid(f"This person is not enrolled on {now.date()}.", where="learner_id")
    return _person(found)


@post(
    "/payroll/kept",
    opt=asks(Action.KEEP_FORECAST, Whose.ORGANISATION),
    operation_id="keepForecast",
    tags=FORECASTS,
    status_code=201,
    responses=changing(),
)
async def keep_forecast(
    request: AnyRequest, data: JSONBody[KeepAsked], idempotency_key: IdempotencyKey = None
) -> Response[KeptForecast]:
    """Keep today's forecast of an employer as that of this quarter; it is never changed."""

    async def work() -> KeptForecast:
        made = await keep(asking(request).actor, data.employer_id, now=now_of(request))
        return KeptForecast(
            id=made.id,
            employer_id=made.employer,
            quarter=made.quarter.isoformat(),
            as_of=made.as_of.isoformat(),
            made_at=made.made_at.isoformat(),
            made_by=made.made_by,
            sha256=made.sha256,
        )

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


def _person(one: PersonForecast) -> LearnerForecast:
    measured = one.measured
    return LearnerForecast(
        learner=Named(id=one.person, name=one.name),
        program=one.program_key,
        goals=[GoalForecast.model_validate(goal) for goal in outlook_answers(one.outlooks, one.program_key)],
        pace=Pace(
            months=measured.months,
            weight_percent=round(measured.weight * 100),
            learning_minutes=measured.learning,
            program_learning_minutes=measured.usual,
            job_minutes=measured.job,
            paid_minutes=measured.paid,
        ),
        usd_by_month=[_dollars(cents) for cents in one.cents],
    )


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


HANDLERS: list[Any] = [forecast_payroll, forecast_learner, keep_forecast]
