"""Raises: who has reached one, who is next, and awarding; for those who may know wages."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.policy import Action
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.services import CrewMember as Member
from apprenticeship.raises.services import crew, decide
from apprenticeship.standing.model import Standing
from graph.evaluating import cents_of
from graph.world import Step
from standards.answers import Labels, bare, progress_answer, requirement_answer
from web.access import Whose, asks
from web.api.learners import standing_asked
from web.api.models.people import Named
from web.api.models.raises import AwardAnswer, AwardAsked, Crew, CrewMember, Ladder, WageStep
from web.api.models.standing import Progress
from web.api.moments import AsOf, ProgramId
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

RAISES = ["Raises"]


@get(
    "/raises",
    opt=asks(Action.READ_CREW, Whose.ORGANISATION),
    operation_id="listRaises",
    tags=RAISES,
    responses=refusals(),
)
async def list_raises(request: AnyRequest) -> Crew:
    """List everybody whose wages one may know: raises due first, then who is nearest to one."""
    now = now_of(request)
    return Crew(crew=[_member(one) for one in await crew(asking(request).actor, as_of=now.date(), now=now)])


def _member(member: Member) -> CrewMember:
    standing = member.standing
    wage = standing.evaluation.wage
    since = None if wage is None or wage.since is None else wage.since.isoformat()
    return CrewMember(
        learner=Named(id=standing.person.id, name=standing.person.name),
        program=standing.enrolment.program_key,
        awarded=_maybe_step(standing, member.awarded),
        reached=_maybe_step(standing, member.reached),
        reached_on=since,
        due=member.due,
        next=_maybe_step(standing, member.following),
        progress=Progress.model_validate(progress_answer(member.progress)),
    )


def _maybe_step(standing: Standing, step: Step | None) -> WageStep | None:
    return None if step is None else _step(standing, step, Labels(standing.world))


def _step(standing: Standing, step: Step, labels: Labels) -> WageStep:
    cents = cents_of(standing.program, step.key, standing.as_of)
    return WageStep(
        id=labels.label("step", step.key),
        title=step.title,
        percent=None if step.percent is None else step.percent / 100,
        usd_per_hour=None if cents is None else f"{cents // 100}.{cents % 100:02}",
        when=None if step.when is None else requirement_answer(step.when, labels),
    )


@get(
    "/learners/{learner_id:uuid}/raises",
    opt=asks(Action.READ_WAGES, Whose.LEARNER),
    operation_id="readLadder",
    tags=RAISES,
    responses=reading(),
)
async def read_ladder(
    request: AnyRequest, learner_id: FromPath[UUID], as_of: AsOf = None, program: ProgramId = None
) -> Ladder:
    """Show the wage schedule of somebody's program on a day, and the steps given so far."""
    standing = await standing_asked(request, learner_id, as_of, None, program)
    labels = Labels(standing.world)
    return Ladder(
        program=standing.enrolment.program_key,
        steps=[_step(standing, step, labels) for step in standing.program.steps],
        awarded=[_award(learner_id, standing.enrolment.program_key, one) for one in standing.awarded],
    )


@post(
    "/learners/{learner_id:uuid}/raises",
    opt=asks(Action.AWARD_STEP, Whose.LEARNER),
    operation_id="awardStep",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def award_step(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[AwardAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[AwardAnswer]:
    """Give a wage step from a day on which its rules hold. What was given never falls by recomputing."""

    async def work() -> AwardAnswer:
        given = await decide(
            asking(request).actor,
            learner_id,
            program=data.program,
            step=data.step if ":" in data.step else f"{data.program}:{data.step}",
            verdict=Verdict(kind=Kind.APPROVED, effective_on=data.effective_on),
            now=now_of(request),
        )
        return _award(learner_id, data.program, given)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


def _award(learner: UUID, program: str, given: RaiseDecision) -> AwardAnswer:
    return AwardAnswer(
        learner_id=learner,
        program=program,
        step=bare(given.step),
        effective_on="" if given.effective_on is None else given.effective_on.isoformat(),
        decided_at=given.decided_at.isoformat(),
        decided_by=given.decided_by,
        standards_sha256=given.standards_sha256,
        because=list(given.because),
    )


HANDLERS: list[Any] = [list_raises, read_ladder, award_step]
