"""Target roles, and the own crew beside one."""

from typing import Any

from litestar import Response, get, post
from litestar.params import JSONBody

from apprenticeship.policy import Action
from apprenticeship.promotions import model
from apprenticeship.promotions.services import ranked, roles_of, save_role
from apprenticeship.standing.rules import newest_world
from graph.fixing import Fix, NoFix
from standards.answers import Labels, action_answer, hours_number, progress_answer
from web.access import Whose, asks
from web.api import asked
from web.api.models.hiring import Candidate, Promotions, TargetRole, TargetRoleAsked, TargetRoles
from web.api.models.people import Named
from web.api.models.standing import Progress
from web.api.moments import AsOf
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

PLANNING = asks(Action.PLAN_PROMOTIONS, Whose.ORGANISATION)
PROMOTIONS = ["Promotions"]


@get("/promotions", opt=PLANNING, operation_id="rankPromotions", tags=PROMOTIONS, responses=reading())
async def rank_promotions(request: AnyRequest, rule: asked.RuleWritten, as_of: AsOf = None) -> Promotions:
    """Rank the own crew by what they lack for a role, each with a smallest set that closes it."""
    now = now_of(request)
    world = await newest_world()
    role = asked.asked(rule, world)
    found = await ranked(asking(request).actor, role, as_of=as_of or now.date(), now=now)
    return Promotions(rule=asked.rule_answer(role, world), candidates=[_candidate(one) for one in found])


def _candidate(one: model.Candidate) -> Candidate:
    labels = Labels(one.evaluation.world)
    way = one.way
    return Candidate.model_validate(
        {
            "learner": Named(id=one.standing.person.id, name=one.standing.person.name),
            "program": one.standing.enrolment.program_key,
            "holds": one.holds,
            "progress": Progress.model_validate(progress_answer(one.progress)),
            "fix": [action_answer(action, labels) for action in way.actions]
            if isinstance(way, Fix)
            else None,
            "hours": hours_number(one.minutes),
            "usd": f"{one.cents // 100}.{one.cents % 100:02}",
            "unstated": one.unstated,
            "read_by_newest": list(one.newer),
        }
        | ({"reason": way.reason} if isinstance(way, NoFix) else {})
    )


@get("/target-roles", opt=PLANNING, operation_id="listTargetRoles", tags=PROMOTIONS, responses=refusals())
async def list_target_roles(request: AnyRequest) -> TargetRoles:
    """List the target roles that one may plan with, by name."""
    found = await roles_of(asking(request).actor, now=now_of(request))
    return TargetRoles(roles=[_role(one) for one in found])


@post(
    "/target-roles",
    opt=PLANNING,
    operation_id="saveTargetRole",
    tags=PROMOTIONS,
    status_code=201,
    responses=changing(),
)
async def save_target_role(
    request: AnyRequest, data: JSONBody[TargetRoleAsked], idempotency_key: IdempotencyKey = None
) -> Response[TargetRoles]:
    """Save a role under a name, or give the name up; answers with the roles that there are then."""

    async def work() -> TargetRoles:
        actor, now = asking(request).actor, now_of(request)
        rule = None if data.rule is None else asked.asked(data.rule, await newest_world())
        await save_role(actor, organisation=data.organisation_id, name=data.name, rule=rule, now=now)
        return TargetRoles(roles=[_role(one) for one in await roles_of(actor, now=now)])

    command = {"body": data.model_dump(mode="json")}
    return await carried_out(request, idempotency_key, command, work, status=201)


def _role(role: model.TargetRole) -> TargetRole:
    return TargetRole(
        organisation=role.organisation,
        name=role.name,
        text=role.rule,
        saved_at=role.saved_at.isoformat(),
        saved_by=role.saved_by,
    )


HANDLERS: list[Any] = [*asked.HANDLERS, rank_promotions, list_target_roles, save_target_role]
