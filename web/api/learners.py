"""The people whose record one may see, and how each of them stands."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get
from litestar.params import FromPath, QueryParameter

from apprenticeship.people.model import Listed
from apprenticeship.people.services import learner_of, visible_learners
from apprenticeship.policy import Action, can
from apprenticeship.refusals import Forbidden, Invalid
from apprenticeship.standing.model import Standing
from apprenticeship.standing.progress import progress_over_time
from apprenticeship.standing.services import standing_of
from apprenticeship.texts import is_plain
from graph.explaining import explain
from graph.fixing import fix
from standards.answers import Labels, evaluation_answer, explanation_answer, fix_answer, progress_answer
from web.access import Whose, asks
from web.api.goals import requirement_of
from web.api.models import standing as models
from web.api.models.people import Learners, Named
from web.api.moments import AsOf, KnownAt, ProgramId, moment
from web.api.operations import PREFIX, AnyRequest, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

READING = asks(Action.READ_STANDING, Whose.LEARNER)
LEARNERS = ["Learners"]
MOST = 200
NO_PLACE = "This is no place in the list; follow `next` of the page before."

Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many at once.")]
After = Annotated[
    str, QueryParameter(max_length=2000, description="Where the page before ended; it is part of `next`.")
]
Goal = Annotated[
    str,
    QueryParameter(
        min_length=1,
        max_length=300,
        description="`completion`, `step:ID`, `credential:ID`, `competency:ID` or `requirement:ID`.",
    ),
]


@get(
    "/learners",
    opt=asks(Action.READ_STANDING, Whose.THEIRS),
    operation_id="listLearners",
    tags=LEARNERS,
    responses=refusals(HTTPStatus.UNPROCESSABLE_ENTITY),
)
async def list_learners(request: AnyRequest, limit: Limit = 50, after: After = "") -> Learners:
    """List the people whose standing one may see today, by name, page by page."""
    place = _place(after) if after else None
    found = await visible_learners(
        asking(request).actor, Action.READ_STANDING, now=now_of(request), after=place, limit=limit + 1
    )
    following = urlencode({"limit": limit, "after": _cursor(found[limit - 1])}) if len(found) > limit else ""
    return Learners(
        learners=[Named(id=one.id, name=one.name) for one in found[:limit]],
        next=f"{PREFIX}/learners?{following}" if following else None,
    )


def _cursor(last: Listed) -> str:
    return urlsafe_b64encode(json.dumps([last.name, str(last.id)]).encode()).decode()


def _place(cursor: str) -> Listed:
    try:
        name, number = json.loads(urlsafe_b64decode(cursor.encode("ascii")))
        place = UUID(number)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Invalid(NO_PLACE, where="after") from None
    if not isinstance(name, str) or not is_plain(name):
        raise Invalid(NO_PLACE, where="after")
    return Listed(id=place, name=name)


@get(
    "/learners/{learner_id:uuid}/standing",
    opt=READING,
    operation_id="readStanding",
    tags=LEARNERS,
    responses=reading(),
)
async def read_standing(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    program: ProgramId = None,
) -> models.StandingWithWage | models.Standing:
    """Say how somebody stands: competencies, credentials, hours, wage, progress and completion.

    This is the answer of `journeymark evaluate`. Only those who may know wages get `wage`.
    """
    standing = await standing_asked(request, learner_id, as_of, known_at, program)
    answer = evaluation_answer(standing.evaluation, standing.completion)
    if await may_know_wages(request, learner_id):
        return models.StandingWithWage.model_validate(answer)
    return models.Standing.model_validate({key: answer[key] for key in answer if key != "wage"})


@get(
    "/learners/{learner_id:uuid}/explanation",
    opt=READING,
    operation_id="explainGoal",
    tags=LEARNERS,
    responses=reading(),
)
async def explain_goal(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    *,
    goal: Goal,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    program: ProgramId = None,
) -> models.GoalExplanation:
    """Prove a goal or say what it lacks, clause by clause, with a smallest set of things that makes it hold.

    This is the answer of `journeymark explain`. Wage steps are explained to those who may know wages.
    """
    standing = await standing_asked(request, learner_id, as_of, known_at, program)
    if goal.startswith("step:") and not await may_know_wages(request, learner_id):
        raise Forbidden("Wage steps are for those who may know wages.")
    requirement, scope = requirement_of(standing, goal)
    labels = Labels(standing.world)
    proof = explanation_answer(explain(standing.evaluation, requirement, scope), labels)
    way = fix_answer(fix(standing.evaluation, requirement, scope), labels)
    return models.GoalExplanation.model_validate({"goal": goal, **proof, **way})


@get(
    "/learners/{learner_id:uuid}/progress",
    opt=READING,
    operation_id="readProgress",
    tags=LEARNERS,
    responses=reading(),
)
async def read_progress(
    request: AnyRequest, learner_id: FromPath[UUID], as_of: AsOf = None, program: ProgramId = None
) -> models.ProgressOverTime:
    """Say how far somebody was at each month end since registration, beside the registered plan."""
    standing = await standing_asked(request, learner_id, as_of, None, program)
    points = [
        {
            "on": point.on.isoformat(),
            "done": progress_answer(point.done),
            "planned": None if point.planned is None else progress_answer(point.planned),
        }
        for point in progress_over_time(standing)
    ]
    return models.ProgressOverTime.model_validate(
        {"program": standing.enrolment.program_key, "points": points}
    )


async def standing_asked(
    request: AnyRequest, learner: UUID, as_of: date | None, known_at: str | None, program: str | None
) -> Standing:
    """Load how somebody stood on the day asked for.

    Raises:
        Missing: there is no such person, or not for this asker.
        Invalid: they were not enrolled on that day.
    """
    now = now_of(request)
    day = as_of or now.date()
    found = await standing_of(
        asking(request).actor, learner, as_of=day, now=now, known_at=moment(known_at), program=program
    )
    if found is None:
        where = "as_of" if program is None else "program"
        raise Invalid(
            f"This person is not enrolled{f' in {program}' if program else ''} on {day}.", where=where
        )
    return found


async def may_know_wages(request: AnyRequest, learner: UUID) -> bool:
    """Whether the policy lets the asker know somebody's wages."""
    resource = await learner_of(learner)
    return can(asking(request).actor, Action.READ_WAGES, resource, now_of(request)).allowed


HANDLERS: list[Any] = [list_learners, read_standing, explain_goal, read_progress]
