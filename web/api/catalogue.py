"""Every operation under /api/v1, and the OpenAPI file that tells of them."""

from functools import cache
from typing import Any

from litestar.handlers import HTTPRouteHandler

from web.api import (
    account,
    ahead,
    alone,
    claims,
    cohorts,
    credit,
    credit_requests,
    degrees,
    differences,
    errands,
    evidence,
    findable,
    forecasts,
    handovers,
    health,
    hiring,
    house_rules,
    imports,
    learners,
    notices,
    outlook,
    plans,
    promotions,
    publications,
    raise_flow,
    raises,
    ratio,
    roster_checks,
    signoffs,
    training,
)
from web.api.openapi import document

OPERATIONS: tuple[HTTPRouteHandler, ...] = (
    *account.HANDLERS,
    *notices.HANDLERS,
    *learners.HANDLERS,
    *ahead.HANDLERS,
    *plans.HANDLERS,
    *evidence.HANDLERS,
    *signoffs.HANDLERS,
    *raises.HANDLERS,
    *raise_flow.HANDLERS,
    *house_rules.HANDLERS,
    *differences.HANDLERS,
    *handovers.HANDLERS,
    *ratio.HANDLERS,
    *alone.HANDLERS,
    *claims.HANDLERS,
    *credit_requests.HANDLERS,
    *outlook.HANDLERS,
    *forecasts.HANDLERS,
    *roster_checks.HANDLERS,
    *training.HANDLERS,
    *credit.HANDLERS,
    *degrees.HANDLERS,
    *imports.HANDLERS,
    *cohorts.HANDLERS,
    *promotions.HANDLERS,
    *hiring.HANDLERS,
    *findable.HANDLERS,
    *publications.HANDLERS,
    *errands.HANDLERS,
    *health.HANDLERS,
)


@cache
def openapi_file() -> dict[str, Any]:
    """Write the file once: the handlers never change."""
    return document(OPERATIONS)
