"""What every answer carries, and what an unsafe request must show: that one of our pages sent it."""

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# plotly writes its own style elements, and nothing else does
CHART_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}


async def add_headers(message: Message, scope: Scope) -> None:
    """Add the security headers to an answer that starts; what a handler set itself stays."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    charts = scope.get("state", {}).get("charts", False)
    headers.setdefault("content-security-policy", CHART_POLICY if charts else POLICY)
    headers.setdefault("cache-control", "no-store")
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope.get("method") == "OPTIONS" and "allow" in headers:
        headers["allow"] = _methods(scope)


def _methods(scope: Scope) -> str:
    """Name every method of an address; the framework's own answer forgets some where there are several."""
    routes = [one for one in scope["litestar_app"].routes if one.path_format == scope.get("path_template")]
    known = {str(method) for route in routes if isinstance(route, HTTPRoute) for method in route.methods}
    return ", ".join(sorted(known | {"HEAD"} if "GET" in known else known))


def refuse_other_origins(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Refuse a request that changes something unless our own page sent it.

    Browsers say where a request comes from, in `Sec-Fetch-Site` or at least in `Origin`; no other page can
    make them lie. A request with a key instead of a cookie has nothing that another page could misuse, nor has one
    to the API with neither.

    Raises:
        PermissionDeniedException: it came from elsewhere, or does not say.
    """
    if connection.scope.get("method") in SAFE_METHODS or connection.headers.get("authorization"):
        return
    if connection.scope["path"].startswith("/api/") and not connection.cookies:
        return
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        if site == "same-origin":
            return
    elif _same_host(connection.headers.get("origin"), connection.headers.get("host")):
        return
    raise PermissionDeniedException(
        "This was not sent from a page of this site. Open the page here and send it again."
    )


def _same_host(origin: str | None, host: str | None) -> bool:
    try:
        return bool(origin) and bool(host) and urlsplit(origin).netloc == host
    except ValueError:  # an origin that is no address
        return False


class HeadAsGet:
    """Answers HEAD with the headers of GET and no body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; for HEAD without the body."""
        if scope["type"] != ScopeType.HTTP or scope.get("method") != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        scope["method"] = "GET"
        await self.app(scope, receive, send_head)
