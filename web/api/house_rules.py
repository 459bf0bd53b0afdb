"""House rules of a sponsor, and late logs: what they do to a raise, and asking to be excused."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.house_rules.bounds import bound_of
from apprenticeship.house_rules.excuses import ExcuseWord
from apprenticeship.house_rules.excusing import ask_excuse, judge_excuse
from apprenticeship.house_rules.houses import house_of
from apprenticeship.house_rules.model import HouseRules, RulesVersion
from apprenticeship.house_rules.model import LateLogs as LateLogsRule
from apprenticeship.house_rules.plain import from_plain
from apprenticeship.house_rules.services import set_rules, versions_of
from apprenticeship.house_rules.versions import rules_on, timeline_of
from apprenticeship.policy import Action
from apprenticeship.views_people import organisations_for
from web.access import Whose, asks
from web.api.learners import standing_asked
from web.api.models.house_rules import (
    AppealAsked,
    ExcuseAnswer,
    ExcuseAsked,
    HouseRulesAnswer,
    HouseRulesAsked,
    HouseRulesList,
    LateLogRule,
    LateLogs,
    LogAnswer,
    MinimumWageAnswer,
    OrganisationRules,
    PayPeriodAnswer,
    RulesVersionAnswer,
)
from web.api.models.people import Named
from web.api.moments import ProgramId
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.api.raises import RAISES
from web.pages.asked import now_of
from web.pages.house_rules_form import cents_in, dollars_of
from web.visitors import asking

SETTING = asks(Action.SET_HOUSE_RULES, Whose.ORGANISATION)


@get("/house-rules", opt=SETTING, operation_id="listHouseRules", tags=RAISES, responses=refusals())
async def list_house_rules(request: AnyRequest) -> HouseRulesList:
    """List the house rules of the organisations whose rules one sets, with every version."""
    actor, now = asking(request).actor, now_of(request)
    found = []
    for place in await organisations_for(actor, Action.SET_HOUSE_RULES, now=now):
        versions = await versions_of(actor, place.id, now=now)
        found.append(
            OrganisationRules(
                organisation=Named(id=place.id, name=place.name),
                in_force=_rules(rules_on(timeline_of(versions, known_at=None), now.date())),
                versions=[_version(one) for one in versions],
            )
        )
    return HouseRulesList(organisations=found)


@post(
    "/house-rules",
    opt=SETTING,
    operation_id="setHouseRules",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def set_house_rules(
    request: AnyRequest, data: JSONBody[HouseRulesAsked], idempotency_key: IdempotencyKey = None
) -> Response[RulesVersionAnswer]:
    """Enter the house rules that hold from a day on, all of them; what was decided before stays decided."""

    async def work() -> RulesVersionAnswer:
        version = await set_rules(
            asking(request).actor,
            data.organisation_id,
            _asked(data),
            since=data.since,
            now=now_of(request),
        )
        return _version(version)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


def _asked(data: HouseRulesAsked) -> HouseRules:
    limit = data.second_approval_above_usd
    return from_plain(
        {
            "late_logs": None if data.late_logs is None else data.late_logs.model_dump(),
            "objection_days": data.objection_days,
            "second_approval_above_cents": None
            if limit is None
            else cents_in(limit, "second_approval_above_usd"),
            "paid_from": data.paid_from,
            "pay_period": None if data.pay_period is None else data.pay_period.model_dump(),
            "minimum_wages": [
                {"since": one.since, "cents": cents_in(one.usd_per_hour, "minimum_wages")}
                for one in data.minimum_wages
            ],
        }
    )


def _version(version: RulesVersion) -> RulesVersionAnswer:
    return RulesVersionAnswer(
        id=version.id,
        organisation_id=version.organisation,
        since=version.since.isoformat(),
        entered_at=version.entered_at.isoformat(),
        entered_by=version.entered_by,
        rules=_rules(version.rules),
    )


def _rules(rules: HouseRules) -> HouseRulesAnswer:
    limit, period = rules.second_approval_above_cents, rules.pay_period
    return HouseRulesAnswer(
        late_logs=_rule(rules.late_logs),
        objection_days=rules.objection_days,
        second_approval_above_usd=None if limit is None else dollars_of(limit),
        paid_from=rules.paid_from.value,
        pay_period=None
        if period is None
        else PayPeriodAnswer(every=period.every.value, anchor=period.anchor.isoformat()),
        minimum_wages=[
            MinimumWageAnswer(since=one.since.isoformat(), usd_per_hour=dollars_of(one.cents))
            for one in rules.minimum_wages
        ],
    )


def _rule(rule: LateLogsRule | None) -> LateLogRule | None:
    return None if rule is None else LateLogRule(kind=rule.kind, due_day=rule.due_day)


@get(
    "/learners/{learner_id:uuid}/late-logs",
    opt=asks(Action.READ_WAGES, Whose.LEARNER),
    operation_id="readLateLogs",
    tags=RAISES,
    responses=reading(),
)
async def read_late_logs(
    request: AnyRequest, learner_id: FromPath[UUID], program: ProgramId = None
) -> LateLogs:
    """Show the monthly logs that the sponsor's house rules ask for, and from when a raise reached may be paid."""
    standing = await standing_asked(request, learner_id, None, None, program)
    house = await house_of(standing.enrolment, today=standing.as_of)
    reached = standing.step_asked if standing.raise_reached else None
    bound = None if reached is None else bound_of(house, standing, reached.key)
    return LateLogs(
        program=standing.enrolment.program_key,
        rule=_rule(house.rules.late_logs),
        logs=[
            LogAnswer(
                month=one.month.isoformat(),
                due=one.due.isoformat(),
                handed_in=None if one.handed_in is None else one.handed_in.isoformat(),
                days_late=one.days_late(house.today),
                excused=one.excused,
            )
            for one in house.reports
        ],
        said=[_word(one) for one in house.said],
        paid_from=None if bound is None else bound.day.isoformat(),
        why=None if bound is None else bound.words or None,
    )


@post(
    "/learners/{learner_id:uuid}/late-logs/appeals",
    opt=asks(Action.APPEAL_LATE_LOG, Whose.LEARNER),
    operation_id="appealLateLog",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def appeal_late_log(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[AppealAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[ExcuseAnswer]:
    """Ask the sponsor to let a late log of one's own pass."""

    async def work() -> ExcuseAnswer:
        return _word(
            await ask_excuse(
                asking(request).actor,
                learner_id,
                program=data.program,
                month=data.month,
                reason=data.reason,
                now=now_of(request),
            )
        )

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


@post(
    "/learners/{learner_id:uuid}/late-logs/excuses",
    opt=asks(Action.EXCUSE_LATE_LOG, Whose.LEARNER),
    operation_id="excuseLateLog",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def excuse_late_log(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[ExcuseAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[ExcuseAnswer]:
    """Let a late log pass, asked or not, or refuse to; the days of raises to come are worked out again."""

    async def work() -> ExcuseAnswer:
        return _word(
            await judge_excuse(
                asking(request).actor,
                learner_id,
                program=data.program,
                month=data.month,
                excused=data.excused,
                reason=data.reason,
                now=now_of(request),
            )
        )

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


def _word(word: ExcuseWord) -> ExcuseAnswer:
    return ExcuseAnswer(
        id=word.id,
        month=word.month.isoformat(),
        kind=word.kind.value,
        said_at=word.said_at.isoformat(),
        said_by=word.said_by,
        reason=word.reason,
    )


HANDLERS: list[Any] = [list_house_rules, set_house_rules, read_late_logs, appeal_late_log, excuse_late_log]
