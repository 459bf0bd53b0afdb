"""Raises: who has reached one, who is next, and deciding; for those who may know wages."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.policy import Action
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.services import CrewMember as Member
from apprenticeship.raises.services import crew, decide, undo
from apprenticeship.seconding.model import FirstApproval
from apprenticeship.seconding.services import approvals_of
from apprenticeship.standing.model import Standing
from graph.evaluating import cents_of
from graph.world import Step
from standards.answers import Labels, progress_answer, requirement_answer
from standards.naming import bare
from web.access import Whose, asks
from web.api.learners import standing_asked
from web.api.models.people import Named
from web.api.models.raises import (
    Crew,
    CrewMember,
    DecisionAnswer,
    DecisionAsked,
    FirstApprovalAnswer,
    Ladder,
    UndoAsked,
    WageStep,
)
from web.api.models.standing import Progress
from web.api.moments import AsOf, ProgramId
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

RAISES = ["Raises"]
DECIDING = asks(Action.AWARD_STEP, Whose.LEARNER)


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
        set_aside=None if member.set_aside is None else _decision(standing, member.set_aside),
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
        usd_per_hour=_dollars(cents),
        when=None if step.when is None else requirement_answer(step.when, labels),
    )


def _dollars(cents: int | None) -> str | None:
    return None if cents is None else f"{cents // 100}.{cents % 100:02}"


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
    """Show the wage schedule of somebody's program on a day, and what was decided so far."""
    standing = await standing_asked(request, learner_id, as_of, None, program)
    labels = Labels(standing.world)
    return Ladder(
        program=standing.enrolment.program_key,
        steps=[_step(standing, step, labels) for step in standing.program.steps],
        awarded=[_decision(standing, one) for one in standing.awarded],
        decisions=[_decision(standing, one) for one in standing.decisions],
        first_approvals=[
            _first(learner_id, standing.enrolment.program_key, one)
            for one in await approvals_of(standing.enrolment.id)
        ],
    )


@post(
    "/learners/{learner_id:uuid}/raises",
    opt=DECIDING,
    operation_id="decideRaise",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def decide_raise(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[DecisionAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[DecisionAnswer | FirstApprovalAnswer]:
    """Decide about a step whose rules hold: give it from a day on, deny it or put it off.

    What was given never falls by recomputing. Where the sponsor's house rules ask two people to approve it, the first
    is answered with a first approval, which gives nothing until another person approves the same.
    """

    async def work() -> DecisionAnswer | FirstApprovalAnswer:
        made = await decide(
            asking(request).actor,
            learner_id,
            program=data.program,
            step=data.step if ":" in data.step else f"{data.program}:{data.step}",
            verdict=Verdict(
                kind=Kind(data.kind),
                effective_on=data.effective_on,
                postponed_until=data.postponed_until,
                reason=data.reason or "",
            ),
            now=now_of(request),
        )
        if isinstance(made, FirstApproval):
            return _first(learner_id, data.program, made)
        return _answer(learner_id, data.program, made, in_force=True)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


@post(
    "/learners/{learner_id:uuid}/raises/{decision_id:int}/undo",
    opt=DECIDING,
    operation_id="undoRaiseDecision",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def undo_decision(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    decision_id: FromPath[int],
    data: JSONBody[UndoAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[DecisionAnswer]:
    """Take back the decision that stands for a step, with a reason; what stood before it stands again."""

    async def work() -> DecisionAnswer:
        made = await undo(
            asking(request).actor, learner_id, decision_id, reason=data.reason, now=now_of(request)
        )
        return _answer(learner_id, made.step.partition(":")[0], made, in_force=False)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


def _first(learner: UUID, program: str, first: FirstApproval) -> FirstApprovalAnswer:
    return FirstApprovalAnswer(
        kind="first_approval",
        id=first.id,
        learner_id=learner,
        program=program,
        step=bare(first.step),
        effective_on=first.effective_on.isoformat(),
        reason=first.reason,
        approved_at=first.approved_at.isoformat(),
        approved_by=first.approved_by,
        completed_by=first.completed_by,
        usd_per_hour_before=_dollars(first.cents_before),
        usd_per_hour_after=_dollars(first.cents_after),
    )


def _decision(standing: Standing, decision: RaiseDecision) -> DecisionAnswer:
    stands = standing.in_force.of(decision.step) == decision
    return _answer(standing.person.id, standing.enrolment.program_key, decision, in_force=stands)


def _answer(learner: UUID, program: str, decision: RaiseDecision, *, in_force: bool) -> DecisionAnswer:
    def day(value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    return DecisionAnswer(
        id=decision.id,
        learner_id=learner,
        program=program,
        step=bare(decision.step),
        kind=decision.kind.value,
        effective_on=day(decision.effective_on),
        postponed_until=day(decision.postponed_until),
        refers_to=decision.refers_to,
        in_force=in_force,
        reason=decision.reason,
        decided_at=decision.decided_at.isoformat(),
        decided_by=decision.decided_by,
        as_of=decision.as_of.isoformat(),
        standards_sha256=decision.standards_sha256,
        because=list(decision.because),
        explanation_sha256=decision.explanation_sha256,
        usd_per_hour_before=_dollars(decision.cents_before),
        usd_per_hour_after=_dollars(decision.cents_after),
    )


HANDLERS: list[Any] = [list_raises, read_ladder, decide_raise, undo_decision]
