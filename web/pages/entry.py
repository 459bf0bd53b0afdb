"""The way in and out, the health of the server, and the files that pages need."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from apprenticeship.accounts.services import SignInRefused, TooManyAttempts, sign_in, sign_out
from apprenticeship.store import transaction
from apprenticeship.views_people import identity_of
from web import assets
from web.access import open_to_all, signed_in
from web.answers import SEE_OTHER, see_other
from web.forms import read_form
from web.navigation import first_page
from web.pages.asked import now_of
from web.rendering import page
from web.sessions import COOKIE, expired_cookie, keeps_cookies, session_cookie
from web.visitors import visitor_of

AnyRequest = Request[Any, Any, Any]
FOREVER = "public, max-age=31536000, immutable"


@get("/", opt=open_to_all())
async def begin(request: AnyRequest) -> Redirect:
    """Send everybody to their first page."""
    visitor = visitor_of(request)
    return see_other("/sign-in" if visitor is None else first_page(visitor.roles))


@get("/sign-in", opt=open_to_all())
async def ask_to_sign_in(request: AnyRequest) -> Response[Any]:
    """Ask for name and password."""
    visitor = visitor_of(request)
    if visitor is not None:
        return see_other(first_page(visitor.roles))
    return _sign_in_page(request, after=request.query_params.get("next", ""))


@post("/sign-in", opt=open_to_all(), status_code=SEE_OTHER)
async def begin_session(request: AnyRequest) -> Response[Any]:
    """Open a session, and go on to where the person was going."""
    form = await read_form(request)
    login, after = form.text("login"), form.text("next")
    address = request.client.host if request.client else ""
    try:
        opened = await sign_in(login, form.text("password"), address=address, now=now_of(request))
    except SignInRefused as refusal:
        return _sign_in_page(request, after=after, login=login, refusal=str(refusal), status=422)
    except TooManyAttempts as refusal:
        return _sign_in_page(request, after=after, login=login, refusal=str(refusal), status=429)
    identity = await identity_of(opened.actor, now=now_of(request))
    target = after if _inside(after) else first_page(identity.roles)
    return see_other(target, [session_cookie(opened.token)])


@post("/sign-out", opt=signed_in(), status_code=SEE_OTHER)
async def end_session(request: AnyRequest) -> Redirect:
    """End the session here and in the browser."""
    await sign_out(request.cookies.get(COOKIE, ""), now=now_of(request))
    return see_other("/sign-in", [expired_cookie()])


@get("/healthz", opt=open_to_all())
async def tell_health() -> Response[dict[str, str]]:
    """Say that the server answers and its database too."""
    async with transaction():
        pass  # a transaction begins and ends only when the database is there
    return Response({"status": "ok"}, media_type="application/json")


@get("/static/{name:str}", opt=open_to_all())
async def send_asset(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """Send a file that never changes at its address."""
    found = assets.asset(name)
    if found is None:
        return Response(b"", status_code=404, media_type="text/plain")
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    content = found.content
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content = found.packed
        headers["content-encoding"] = "gzip"
    return Response(content, media_type=found.media_type, headers=headers)


def _sign_in_page(
    request: AnyRequest, *, after: str, login: str = "", refusal: str = "", status: int = 200
) -> Response[str]:
    return page(
        request,
        "sign_in.html",
        status=status,
        after=after if _inside(after) else "",
        login=login,
        refusal=refusal,
        keeps_cookies=keeps_cookies(request),
    )


def _inside(target: str) -> bool:
    """Tell whether an address is one of our own pages, so that nobody is sent elsewhere."""
    return target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target


HANDLERS = [begin, ask_to_sign_in, begin_session, end_session, tell_health, send_asset]
