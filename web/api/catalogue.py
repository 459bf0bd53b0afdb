"""Every operation under /api/v1, and the OpenAPI file that tells of them."""

from functools import cache
from typing import Any

from litestar.handlers import HTTPRouteHandler

from web.api import (
    account,
    ahead,
    cohorts,
    credit,
    evidence,
    health,
    imports,
    learners,
    plans,
    publications,
    raises,
    signoffs,
    training,
)
from web.api.openapi import document

OPERATIONS: tuple[HTTPRouteHandler, ...] = (
    *account.HANDLERS,
    *learners.HANDLERS,
    *ahead.HANDLERS,
    *plans.HANDLERS,
    *evidence.HANDLERS,
    *signoffs.HANDLERS,
    *raises.HANDLERS,
    *training.HANDLERS,
    *credit.HANDLERS,
    *imports.HANDLERS,
    *cohorts.HANDLERS,
    *publications.HANDLERS,
    *health.HANDLERS,
)


@cache
def openapi_file() -> dict[str, Any]:
    """Write the file once: the handlers never change."""
    return document(OPERATIONS)
