"""Training plans: asked for, and read once they are worked out; for those who plan raises."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from apprenticeship.training import services
from apprenticeship.training.asking import MOST_PEOPLE, usual_stations
from apprenticeship.training.model import PlanState, Station, TrainingAsked, TrainingPlan
from web.access import Whose, asks
from web.api.models.training import TrainingPlanAnswer, TrainingPlanAsked, TrainingSchedule
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.visitors import asking

PLANNING = asks(Action.PLAN_TRAINING, Whose.ORGANISATION)
RAISES = ["Raises"]


@post(
    "/training-plans",
    opt=PLANNING,
    operation_id="planTraining",
    tags=RAISES,
    status_code=HTTPStatus.ACCEPTED,
    responses=changing(),
)
async def plan_training(
    request: AnyRequest, data: JSONBody[TrainingPlanAsked], idempotency_key: IdempotencyKey = None
) -> Response[Any]:
    """Plan whom of one's crew to train in what, where and when, so that raises and completions come soonest.

    It takes up to twenty seconds, is kept for thirty days for whoever asked, and changes nothing.
    """
    actor, now = asking(request).actor, now_of(request)

    async def work() -> TrainingPlanAnswer:
        asked = _asked(data, await services.trainable(actor, now=now))
        return _answer(await services.start(actor, asked, now=now))

    return await carried_out(
        request, idempotency_key, data.model_dump(mode="json"), work, status=HTTPStatus.ACCEPTED
    )


def _asked(data: TrainingPlanAsked, standings: tuple[Standing, ...]) -> TrainingAsked:
    crew = [one.person.id for one in standings]
    unknown = [place for place, one in enumerate(data.learners) if one not in crew]
    if unknown:
        raise Invalid("This person is not in your crew.", where=f"learners[{unknown[0]}]")
    usual = {station.key: station for station in usual_stations(standings)}
    stations = tuple(
        Station(
            key=one.id,
            title=usual[one.id].title if one.id in usual else one.id,
            minutes=None if one.hours_per_month is None else round(one.hours_per_month * 60),
            slots=one.at_a_time,
        )
        for one in data.stations
    )
    return TrainingAsked(
        months=data.months,
        budget=None if data.budget_usd is None else round(data.budget_usd * 100),
        training=round(data.training_hours_per_month * 60),
        stations=stations or tuple(usual.values()),
        people=tuple(dict.fromkeys(data.learners)) or tuple(crew[:MOST_PEOPLE]),
    )


@get(
    "/training-plans/{plan_id:uuid}",
    opt=PLANNING,
    operation_id="readTrainingPlan",
    tags=RAISES,
    responses=reading(),
)
async def read_training_plan(request: AnyRequest, plan_id: FromPath[UUID]) -> TrainingPlanAnswer:
    """Say what a plan came to; ask again until `state` is done or failed."""
    return _answer(await services.plan_of(asking(request).actor, plan_id))


def _answer(plan: TrainingPlan) -> TrainingPlanAnswer:
    done = plan.state is PlanState.DONE
    return TrainingPlanAnswer(
        id=plan.id,
        state=plan.state.value,
        plan=TrainingSchedule.model_validate(plan.answer) if done else None,
    )


HANDLERS = [plan_training, read_training_plan]
