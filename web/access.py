"""What each operation asks of the person: declared at the handler, checked by one guard before it runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.enums import HttpMethod
from litestar.exceptions import (
    ImproperlyConfiguredException,
    NotAuthorizedException,
    PermissionDeniedException,
)
from litestar.handlers import HTTPRouteHandler
from litestar.handlers.base import BaseRouteHandler

from apprenticeship.audit.looking import keep_look
from apprenticeship.audit.refused import keep_refused_look
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Learner, Resource, Shared, can, scope
from apprenticeship.refusals import Forbidden, Missing
from web.security import refuse_other_origins
from web.sessions import recognise
from web.visitors import Visitor

Connection = ASGIConnection[Any, Any, Any, Any]
KEY = "access"


class Whose(StrEnum):
    """What an operation is about."""

    NOBODY = "nobody"
    OWN = "own record"
    LEARNER = "the learner named in the path"
    THEIRS = "those whom the actor may do this with; the service checks each one named"
    ORGANISATION = "an organisation in which one holds a role"
    SHARED = "what belongs to nobody"
    ACCOUNT = "one's own account"


LEARNER_PARAMETERS = ("apprentice_id", "learner_id")


@dataclass(frozen=True)
class Access:
    """One operation's policy: what is done, and to whose."""

    whose: Whose
    action: Action | None = None


def open_to_all() -> dict[str, Access]:
    """Let everybody in, signed in or not."""
    return {KEY: Access(Whose.NOBODY)}


def signed_in() -> dict[str, Access]:
    """Let every signed-in person in; the operation is about their own account."""
    return {KEY: Access(Whose.ACCOUNT)}


def asks(action: Action, whose: Whose) -> dict[str, Access]:
    """Let in whom the policy allows to do this."""
    return {KEY: Access(whose, action)}


async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
    """Check one request: where it comes from, who asks, and whether the policy lets them.

    Raises:
        ImproperlyConfiguredException: the operation has no policy.
        NotAuthorizedException: nobody is signed in.
        Missing: there is no such person, or not for this one; or the address is no text.
        PermissionDeniedException: no role of this person allows it.
    """
    if connection.scope.get("method") == HttpMethod.OPTIONS:
        return  # the framework's own answer: which methods there are
    access = handler.opt.get(KEY)
    if not isinstance(access, Access):
        raise ImproperlyConfiguredException(f"{handler} has no access policy.")
    if "\0" in connection.scope["path"]:
        raise Missing("There is nothing of such a name.")  # no text that a database can keep has one
    refuse_other_origins(connection)
    visitor = await recognise(connection)
    if access.whose is Whose.NOBODY:
        return
    if visitor is None:
        raise NotAuthorizedException("Please sign in first.")
    await _decide(connection, visitor, access)


async def _decide(connection: Connection, visitor: Visitor, access: Access) -> None:
    action = access.action
    if action is None:
        return
    now: datetime = connection.app.state.clock()
    if access.whose in (Whose.ORGANISATION, Whose.THEIRS):
        if not _anywhere(visitor, action, access.whose, now):
            raise PermissionDeniedException("This is not for your role.")
        return
    resource = await _resource(connection, visitor, access.whose)
    decision = can(visitor.actor, action, resource, now)
    if not decision.allowed:
        if isinstance(resource, Learner):
            await keep_refused_look(visitor.actor, action, resource, now=now)
        raise Forbidden(decision.reason)
    if isinstance(resource, Learner):
        await keep_look(visitor.actor, action, resource, now=now)


def _anywhere(visitor: Visitor, action: Action, whose: Whose, now: datetime) -> bool:
    if whose is Whose.THEIRS:
        return not scope(visitor.actor, action, now).nobody
    return visitor.may(action, now)


async def _resource(connection: Connection, visitor: Visitor, whose: Whose) -> Resource:
    if whose is Whose.OWN:
        return await learner_of(visitor.actor.person)
    if whose is Whose.LEARNER:
        return await learner_of(_named_learner(connection.path_params))
    return Shared()


def _named_learner(parameters: dict[str, Any]) -> UUID:
    for name in LEARNER_PARAMETERS:
        if isinstance(parameters.get(name), UUID):
            return UUID(str(parameters[name]))
    raise Missing("No such person.")


def operations(app: Litestar) -> Iterator[HTTPRouteHandler]:
    """Give every handler of ours that answers requests."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and handler.http_methods != {HttpMethod.OPTIONS}:
                yield handler


def without_policy(app: Litestar) -> list[str]:
    """Name the operations that declare no policy; there must be none."""
    found = {
        f"{min(handler.http_methods)} {path}"
        for handler in operations(app)
        for path in handler.paths
        if not isinstance(handler.opt.get(KEY), Access)
    }
    return sorted(found)
