"""Rows of training plans."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.training.model import PlanState, Station, TrainingAsked, TrainingPlan
from apprenticeship.training.tables import TrainingPlanTable

TABLES: tuple[type[Table], ...] = (TrainingPlanTable,)

PLAN = "id, asked_by, as_of, asked, state, created_at, finished_at, answer"


async def add(plan: TrainingPlan) -> None:
    """Keep a new plan."""
    await TrainingPlanTable.raw(
        "INSERT INTO training_plan (id, asked_by, as_of, asked, state, created_at) "
        "VALUES ({}, {}, {}, {}::jsonb, {}, {})",
        plan.id,
        plan.asked_by,
        plan.as_of,
        json.dumps(asdict(plan.asked), default=str),
        plan.state.value,
        plan.created_at,
    )


async def plan_of(plan: UUID) -> TrainingPlan | None:
    """Return a plan."""
    rows = await TrainingPlanTable.raw(f"SELECT {PLAN} FROM training_plan WHERE id = {{}}", plan)  # noqa: S608 - constants
    return _plan(rows[0]) if rows else None


async def hold(plan: UUID) -> TrainingPlan | None:
    """Return a plan, held until the transaction ends."""
    rows = await TrainingPlanTable.raw(f"SELECT {PLAN} FROM training_plan WHERE id = {{}} FOR UPDATE", plan)  # noqa: S608 - constants
    return _plan(rows[0]) if rows else None


async def plans_by(person: UUID, limit: int) -> tuple[TrainingPlan, ...]:
    """Return the latest plans that somebody asked for, the newest first."""
    sql = f"SELECT {PLAN} FROM training_plan WHERE asked_by = {{}} ORDER BY created_at DESC LIMIT {{}}"  # noqa: S608 - constants
    return tuple(_plan(row) for row in await TrainingPlanTable.raw(sql, person, limit))


async def running_by(person: UUID) -> bool:
    """Tell whether a plan that somebody asked for is being worked out."""
    rows = await TrainingPlanTable.raw(
        "SELECT EXISTS (SELECT FROM training_plan WHERE asked_by = {} AND state = 'running') AS going", person
    )
    return bool(rows[0]["going"])


async def end(plan: UUID, answer: Mapping[str, Any] | None, now: datetime) -> None:
    """Say that a plan is over, with what it came to; None when it failed."""
    await TrainingPlanTable.raw(
        "UPDATE training_plan SET state = {}, answer = {}::jsonb, finished_at = {} WHERE id = {}",
        (PlanState.FAILED if answer is None else PlanState.DONE).value,
        None if answer is None else json.dumps(dict(answer)),
        now,
        plan,
    )


async def forget_before(moment: datetime) -> None:
    """Delete the plans of long ago."""
    await TrainingPlanTable.raw(
        "DELETE FROM training_plan WHERE created_at < {} AND state <> 'running'", moment
    )


def _plan(row: Mapping[str, Any]) -> TrainingPlan:
    asked = json.loads(row["asked"])
    return TrainingPlan(
        **{
            **row,
            "state": PlanState(row["state"]),
            "answer": json.loads(row["answer"]) if row["answer"] is not None else {},
            "asked": TrainingAsked(
                months=asked["months"],
                budget=asked["budget"],
                training=asked["training"],
                stations=tuple(Station(**one) for one in asked["stations"]),
                people=tuple(UUID(one) for one in asked["people"]),
            ),
        }
    )
