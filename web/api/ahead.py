"""What would be, and what to do next: questions about somebody whose standing one may see. Nothing is stored."""

import asyncio
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath, QueryParameter

from apprenticeship.credit.change import change_answer
from apprenticeship.credit.services import credit_changes
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, can
from apprenticeship.refusals import Invalid
from apprenticeship.standing.worlds import catalog_world
from graph.next_steps import next_steps
from graph.supposing import Supposition
from standards.answers import Labels
from standards.comparisons import WAGE_KEYS, step_answer, what_if_answer
from standards.suppositions import MOST, Asked, SuppositionError
from web.api.learners import LEARNERS, READING, may_know_wages, standing_asked
from web.api.models import ahead as models
from web.api.moments import AsOf, KnownAt, ProgramId
from web.api.operations import AnyRequest, reading
from web.next_words import reasons
from web.pages.asked import now_of
from web.visitors import asking

MOST_STEPS = 500

Earned = Annotated[
    list[str] | None,
    QueryParameter(
        name="earn",
        max_items=MOST,
        description="Pretend earned, once for each: `credential:ID`, `credential:ID#PART` (`#` as `%23`), "
        "`competency:ID`, `competency:ID=RATING`, `course:ID=GRADE`, `score:ID=VALUE`; a day of its own after `@`.",
    ),
]
Worked = Annotated[
    list[str] | None,
    QueryParameter(
        name="hours",
        max_items=MOST,
        description="Pretend worked, once for each: `milling=40`, `ojl=8`, `rti=8`.",
    ),
]
Revoked = Annotated[
    list[str] | None,
    QueryParameter(name="revoke", max_items=MOST, description="Pretend revoked: ids of evidence."),
]
On = Annotated[
    date | None,
    QueryParameter(
        name="on", description="The day to ask about instead, later or earlier; all of it is of that day."
    ),
]
Steps = Annotated[int, QueryParameter(ge=1, le=MOST_STEPS, description="How many steps at most.")]
Exact = Annotated[
    bool,
    QueryParameter(description="Search how much nearer each step brings, also where that takes longer."),
]


@get(
    "/learners/{learner_id:uuid}/what-if",
    opt=READING,
    operation_id="askWhatIf",
    tags=LEARNERS,
    responses=reading(),
)
async def ask_what_if(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    *,
    earned: Earned = None,
    worked: Worked = None,
    revoked: Revoked = None,
    on: On = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    program: ProgramId = None,
) -> models.WhatIfWithWage | models.WhatIf:
    """Say what would change, had something been earned, worked or revoked, or were it another day. Nothing is stored.

    This is the answer of `journeymark what-if`. Items that only other published standards know can change nothing but
    credit. Only those who may know wages get `step`, `usd_per_hour`, `next` and `next_progress`; only those who may
    know college credit get `credit`.
    """
    standing = await standing_asked(request, learner_id, as_of, known_at, program)
    asked = Asked(earn=earned or (), hours=worked or (), revoke=revoked or (), on=on)
    try:
        supposition, difference = standing.supposing(asked, await catalog_world())
    except SuppositionError as error:
        raise Invalid(f"{error.word}: {error}.", where=error.where) from error
    answer = what_if_answer(difference, supposition)
    answer["credit"] = None if known_at else await _credit(request, learner_id, supposition, standing.as_of)
    if await may_know_wages(request, learner_id):
        return models.WhatIfWithWage.model_validate(answer)
    return models.WhatIf.model_validate({key: answer[key] for key in answer if key not in WAGE_KEYS})


async def _credit(
    request: AnyRequest, learner: UUID, supposition: Supposition, as_of: date
) -> list[dict[str, Any]] | None:
    actor, now = asking(request).actor, now_of(request)
    if not can(actor, Action.READ_CREDIT, await learner_of(learner), now).allowed:
        return None
    found = await credit_changes(actor, learner, supposition, now=now, as_of=as_of)
    return [change_answer(change) for change in found]


@get(
    "/learners/{learner_id:uuid}/next-steps",
    opt=READING,
    operation_id="listNextSteps",
    tags=LEARNERS,
    responses=reading(),
)
async def list_next_steps(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    *,
    limit: Steps = 20,
    exact: Exact = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    program: ProgramId = None,
) -> models.NextSteps:
    """List what can be started now, ranked by what it opens, each with the reasons in words.

    This is the answer of `journeymark next`. What a step does for the next raise is told to those who may know wages,
    and counts in the order for them alone.
    """
    standing = await standing_asked(request, learner_id, as_of, known_at, program)
    wages = await may_know_wages(request, learner_id)
    ways = standing.ways(wages=wages)
    found = await asyncio.to_thread(next_steps, standing.evaluation, ways, exact=exact)
    labels = Labels(standing.world)
    said = [{**step_answer(step, labels), "why": reasons(standing.world, step)} for step in found[:limit]]
    evaluation = standing.evaluation
    return models.NextSteps.model_validate(
        {
            "as_of": evaluation.as_of.isoformat(),
            "known_at": evaluation.known_at.isoformat() if evaluation.known_at else None,
            "program": evaluation.focus,
            "person": evaluation.person.id,
            "steps": [models.shown(step, wages=wages) for step in said],
            "more": max(0, len(found) - limit),
        }
    )


HANDLERS: list[Any] = [ask_what_if, list_next_steps]
