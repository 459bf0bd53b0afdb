"""Recognising people: by the cookie of a session, or by the key of a program."""

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from apprenticeship.accounts.model import SCOPES
from apprenticeship.accounts.services import actor_of_token, holder_of_key
from apprenticeship.policy import Actor
from apprenticeship.views_people import identity_of
from web.security import SAFE_METHODS
from web.visitors import Visitor

COOKIE = "__Host-journeymark"
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})

Connection = ASGIConnection[Any, Any, Any, Any]


def session_cookie(token: str) -> Cookie:
    """Make the cookie that a browser keeps; it is never sent to another site nor over plain http."""
    return Cookie(key=COOKIE, value=token, path="/", secure=True, httponly=True, samesite="lax")


def expired_cookie() -> Cookie:
    """Make the cookie that takes the session away."""
    return Cookie(key=COOKIE, value="", path="/", secure=True, httponly=True, samesite="lax", max_age=0)


def keeps_cookies(connection: Connection) -> bool:
    """Tell whether a browser keeps our cookie here: on https, or on this machine itself."""
    try:
        host = urlsplit(f"//{connection.headers.get('host', '')}").hostname
    except ValueError:  # a host that is no address
        host = None
    forwarded = connection.headers.get("x-forwarded-proto", connection.scope["scheme"])
    return forwarded == "https" or host in LOCAL


async def recognise(connection: Connection) -> Visitor | None:
    """Find out who asks, once a request; None for nobody.

    Raises:
        NotAuthorizedException: a key was shown that opens nothing.
        PermissionDeniedException: the key is for reading only.
    """
    now = connection.app.state.clock()
    authorization = connection.headers.get("authorization")
    actor: Actor | None
    if authorization is not None:
        actor = await _by_key(connection, authorization)
    else:
        token = connection.cookies.get(COOKIE)
        actor = await actor_of_token(token, now=now) if token else None
    if actor is None:
        return None
    identity = await identity_of(actor, now=now)
    visitor = Visitor(actor, identity.name, identity.roles, identity.organisations)
    connection.scope["state"]["visitor"] = visitor
    return visitor


def scopes_of(connection: Connection) -> frozenset[str]:
    """Say what the asker may do here: all that a session may, or what the key is for."""
    return frozenset(connection.scope["state"].get("scopes", SCOPES))


async def _by_key(connection: Connection, authorization: str) -> Actor:
    scheme, _, secret = authorization.partition(" ")
    holder = None
    if scheme.lower() == "bearer" and secret.strip():
        holder = await holder_of_key(secret.strip(), now=connection.app.state.clock())
    if holder is None:
        raise NotAuthorizedException("This key opens nothing.")
    needed = "read" if connection.scope.get("method") in SAFE_METHODS else "write"
    if needed not in holder.scopes:
        raise PermissionDeniedException(
            f"This key is not for {'reading' if needed == 'read' else 'writing'}."
        )
    connection.scope["state"]["scopes"] = holder.scopes
    return holder.actor
