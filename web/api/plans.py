"""The cheapest way to a goal, for somebody whose standing one may see. Nothing is stored."""

import asyncio
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath, QueryParameter

from apprenticeship.refusals import Forbidden, Invalid
from graph.planning import NoPlan, plan
from graph.pricing import Minimise
from standards.answers import Labels
from standards.naming import Names
from standards.plan_answers import no_plan_answer, plan_answer
from standards.wishing import MOST, AskedWishes, WishError, wishes_of
from web.api.goals import requirement_of
from web.api.learners import LEARNERS, READING, Goal, may_know_wages, standing_asked
from web.api.models import plans as models
from web.api.moments import AsOf, KnownAt, ProgramId
from web.api.operations import AnyRequest, reading

MOST_TIES = 20
LONGEST_SEARCH = 10
HOURS_A_WEEK = 168
ITEM = "`credential:ID`, `competency:ID`, `course:ID` or `score:ID`"

Least = Annotated[
    models.MinimiseWord, QueryParameter(description="What is to be least: things, hours or dollars.")
]
Refused = Annotated[
    list[str] | None,
    QueryParameter(name="refuse", max_items=MOST, description=f"Never this, once for each: {ITEM}."),
]
Waived = Annotated[
    list[str] | None,
    QueryParameter(
        name="waive",
        max_items=MOST,
        description="As if waived, once for each: `credential:ID` or `competency:ID`. Nothing is stored.",
    ),
]
By = Annotated[
    list[str] | None,
    QueryParameter(
        name="by",
        max_items=MOST,
        description="The last day of an item, where the plan has it: `credential:ID=2027-01-31`.",
    ),
]
Pace = Annotated[
    int, QueryParameter(ge=1, le=HOURS_A_WEEK, description="Hours a week, one thing after the other.")
]
Ties = Annotated[
    int, QueryParameter(ge=0, le=MOST_TIES, description="How many others as good are listed at most.")
]
Seconds = Annotated[
    int,
    QueryParameter(
        ge=1, le=LONGEST_SEARCH, description="When to stop looking for something cheaper: see `optimal`."
    ),
]


@get(
    "/learners/{learner_id:uuid}/plan",
    opt=READING,
    operation_id="planGoal",
    tags=LEARNERS,
    responses=reading(),
)
async def plan_goal(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    *,
    goal: Goal,
    minimise: Least = "count",
    refused: Refused = None,
    waived: Waived = None,
    by: By = None,
    hours_per_week: Pace = 40,
    ties: Ties = 10,
    time_limit: Seconds = 5,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    program: ProgramId = None,
) -> models.Plan | models.NoPlan:
    """Say the cheapest way to a goal, in order, proven least or with its bound. Nothing is stored.

    This is the answer of `journeymark plan`. Where there is no way, `steps` is null and `reason` says why. Wage steps
    are planned for those who may know wages.
    """
    standing = await standing_asked(request, learner_id, as_of, known_at, program)
    if goal.startswith("step:") and not await may_know_wages(request, learner_id):
        raise Forbidden("Wage steps are for those who may know wages.")
    requirement, scope = requirement_of(standing, goal)
    asked = AskedWishes(refuse=refused or (), waive=waived or (), by=by or ())
    try:
        wishes = wishes_of(asked, Names.of_world(standing.world))
    except WishError as error:
        raise Invalid(f"{error.word}: {error}.", where=error.where) from error
    wishes = replace(wishes, weekly=hours_per_week * 60, ties=ties, seconds=time_limit)
    least = Minimise(minimise)
    found = await asyncio.to_thread(
        plan, standing.evaluation, requirement, scope, minimise=least, wishes=wishes
    )
    if isinstance(found, NoPlan):
        return models.NoPlan.model_validate(no_plan_answer(goal, least, found))
    return models.Plan.model_validate(plan_answer(goal, found, Labels(standing.world)))


HANDLERS: list[Any] = [plan_goal]
