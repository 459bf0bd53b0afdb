"""Training plans: asked for by whoever plans raises, worked out by the worker, and found again for a while."""

import asyncio
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from apprenticeship.outbox.model import Errand
from apprenticeship.outbox.services import ask
from apprenticeship.people import repo as people_rows
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Missing
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of, visible_standings
from apprenticeship.store import transaction
from apprenticeship.training import repo
from apprenticeship.training.asking import check_asked, question_of
from apprenticeship.training.model import PlanState, TrainingAsked, TrainingPlan
from graph.capacity.planning import capacity_plan
from graph.capacity.question import Trainee
from graph.world import World
from standards.answers import Labels
from standards.capacity_answers import capacity_answer

WORK = "training.plan"
KEPT = timedelta(days=30)
SHOWN = 20


async def trainable(actor: Actor, *, now: datetime) -> tuple[Standing, ...]:
    """Return everybody whose raises the actor plans, by name."""
    return await visible_standings(actor, as_of=now.date(), now=now, action=Action.READ_WAGES)


async def start(actor: Actor, asked: TrainingAsked, *, now: datetime) -> TrainingPlan:
    """Begin to work out a plan for people whose raises the actor plans.

    Raises:
        Invalid: the question cannot be answered, or names people who are not the actor's.
        AlreadyDecided: a plan that this person asked for is being worked out.
    """
    wanted = set(asked.people)
    standings = [one for one in await trainable(actor, now=now) if one.person.id in wanted]
    check_asked(asked, standings)
    plan = TrainingPlan(
        id=uuid4(),
        asked_by=actor.person,
        as_of=now.date(),
        asked=TrainingAsked(
            months=asked.months,
            budget=asked.budget,
            training=asked.training,
            stations=asked.stations,
            people=tuple(one.person.id for one in standings),
        ),
        state=PlanState.RUNNING,
        created_at=now,
        finished_at=None,
    )
    async with transaction():
        await people_rows.lock_people([actor.person])
        if await repo.running_by(actor.person):
            raise AlreadyDecided("A plan of yours is being worked out already; wait until that is done.")
        await repo.forget_before(now - KEPT)
        await repo.add(plan)
        await ask(WORK, str(plan.id), {"plan": str(plan.id)}, now=now)
    return plan


async def work(errand: Errand, now: datetime) -> None:
    """Work a plan out, in the transaction that marks its errand done."""
    plan = await repo.hold(UUID(errand.payload["plan"]))
    if plan is None or plan.state is not PlanState.RUNNING:
        return
    standings = await standings_of(plan.asked.people, as_of=plan.as_of)
    # off the event loop: the solver takes up to twenty seconds
    answer = await asyncio.to_thread(_answer, plan, standings)
    await repo.end(plan.id, answer, now)


def _answer(plan: TrainingPlan, standings: tuple[Standing, ...]) -> dict[str, Any]:
    question = question_of(plan.asked, standings, plan.as_of)
    found = capacity_plan(
        [Trainee(str(one.person.id), one.evaluation) for one in standings], question, monotonic
    )
    # whole keys: people's standards may differ, and a bare name mean several things
    return capacity_answer(found, question, Labels(World()))


async def abandon(errand: Errand, now: datetime) -> None:
    """Give a plan up that failed too often."""
    async with transaction():
        held = await repo.hold(UUID(errand.payload["plan"]))
        if held is not None and held.state is PlanState.RUNNING:
            await repo.end(held.id, None, now)


async def plan_of(actor: Actor, plan: UUID) -> TrainingPlan:
    """Return a plan that one asked for oneself.

    Raises:
        Missing: there is none, or another one asked for it.
    """
    found = await repo.plan_of(plan)
    if found is None or found.asked_by != actor.person:
        raise Missing("No such plan; they are kept for thirty days.")
    return found


async def plans_of(actor: Actor) -> tuple[TrainingPlan, ...]:
    """Return the latest plans that one asked for oneself, the newest first."""
    return await repo.plans_by(actor.person, SHOWN)
