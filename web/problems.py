"""What went wrong, said in one sentence: a problem document for programs (RFC 9457), a page for people."""

import traceback
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from litestar import Request, Response
from litestar.enums import ParamType
from litestar.exceptions import ClientException, HTTPException, SerializationException
from litestar.types import ExceptionHandlersMap

from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, Refusal
from standards.storage.database import is_away
from web.answers import see_other
from web.rendering import page

API = "/api/"
AGAIN_SECONDS = 2
MEDIA_TYPE = "application/problem+json"
PARAMETER_WORDS = {
    "Invalid RFC3339 encoded date": "This is no day; write it like 2026-05-12.",
    "Invalid UUID": "This is no id; write it like 6aaee1fa-dd57-4e91-94d8-6f7cf57b99ec.",
}
log = structlog.get_logger()

AnyRequest = Request[Any, Any, Any]
OWN_WORDS = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.CONFLICT,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
FILE = "/api/v1/openapi.json"
NO_SUCH_THING = "There is no such thing, or it is not yours to see."
WORDS = {
    HTTPStatus.BAD_REQUEST: "Something in this request cannot be read.",
    HTTPStatus.UNAUTHORIZED: "Please sign in first.",
    HTTPStatus.FORBIDDEN: "This is not for your role.",
    HTTPStatus.NOT_FOUND: "There is no such page, or it is not yours to see.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This cannot be done here.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "This is too large to send.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke here, and it is our fault. Nothing was changed.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database does not answer just now. Look in a moment whether what you sent has "
    "arrived, and send it again if not; with the same idempotency key it is carried out once.",
}


def exception_handlers() -> ExceptionHandlersMap:
    """Map every way to fail to one sentence; nothing reaches a person as a stack trace."""
    return {
        HTTPException: _from_litestar,
        RecursionError: _too_deep,
        UnicodeError: _no_text,
        Missing: _answer_with(HTTPStatus.NOT_FOUND),
        AlreadyDecided: _answer_with(HTTPStatus.CONFLICT),
        Invalid: _invalid,
        Refusal: _answer_with(HTTPStatus.UNPROCESSABLE_ENTITY),
        Exception: _broken,
    }


def answer(request: AnyRequest, status: int, detail: str | None = None, **more: Any) -> Response[Any]:
    """Say what went wrong in the form that the asker reads."""
    said = detail or WORDS.get(HTTPStatus(status), HTTPStatus(status).phrase)
    if request.url.path.startswith(API):
        said = NO_SUCH_THING if said == WORDS[HTTPStatus.NOT_FOUND] else said
        content = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": said,
            **more,
        }
        return Response(content, status_code=status, media_type=MEDIA_TYPE)
    return page(request, "problem.html", status=status, detail=said, code=status)


def _from_litestar(request: AnyRequest, failure: HTTPException) -> Response[Any]:
    status = failure.status_code
    if status == HTTPStatus.UNAUTHORIZED and not request.url.path.startswith(API):
        return see_other(f"/sign-in?next={_here(request)}")
    own_words = status in OWN_WORDS
    detail = failure.detail if own_words else None
    response = answer(request, status, detail, **_places(failure))
    response.headers.update(failure.headers or {})
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["www-authenticate"] = "Bearer"
    return response


def _here(request: AnyRequest) -> str:
    return request.url.path if request.method == "GET" else "/"


def _places(failure: HTTPException) -> dict[str, Any]:
    if isinstance(failure.__cause__, SerializationException):
        return {"errors": [{"where": "", "what": f"This is not JSON: {failure.__cause__}."}]}
    if not isinstance(failure, ClientException) or not isinstance(failure.extra, list):
        return {}
    return {"errors": [_place(found) for found in failure.extra]}


def _place(found: dict[str, Any]) -> dict[str, str]:
    where, what = str(found.get("key", "")), str(found.get("message", ""))
    if what == f"'{where}'":
        return {"where": "", "what": "There is nothing in this request; send JSON."}
    if found.get("source") == ParamType.HEADER:
        where = where.replace("_", "-").title()
    if what.startswith("Expected `str` matching regex"):
        what = f"This is not well formed; {FILE} tells how it is written."
    return {"where": where, "what": PARAMETER_WORDS.get(what, what)}


def _too_deep(request: AnyRequest, _: RecursionError) -> Response[Any]:
    return answer(request, HTTPStatus.BAD_REQUEST, "This is nested too deeply to be read.")


def _no_text(request: AnyRequest, _: UnicodeError) -> Response[Any]:
    return answer(request, HTTPStatus.BAD_REQUEST, "This is not UTF-8; send text as UTF-8.")


def _invalid(request: AnyRequest, refusal: Invalid) -> Response[Any]:
    errors = [{"where": refusal.where, "what": str(refusal)}]
    return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal), errors=errors)


def _answer_with(status: HTTPStatus) -> Callable[[AnyRequest, Refusal], Response[Any]]:
    def handler(request: AnyRequest, refusal: Refusal) -> Response[Any]:
        hidden = status is HTTPStatus.NOT_FOUND  # a stranger's record and a missing one look alike
        return answer(request, status, None if hidden else str(refusal))

    return handler


def _away(request: AnyRequest, failure: Exception) -> Response[Any]:
    log.warning("database away", path=request.url.path, reason=type(failure).__name__)
    response = answer(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["retry-after"] = str(AGAIN_SECONDS)
    return response


def _broken(request: AnyRequest, failure: Exception) -> Response[Any]:
    if is_away(failure):
        return _away(request, failure)
    number = uuid.uuid4().hex[:12]
    # what the variables held stays out of the log: it may be a password or somebody's record
    told = "".join(traceback.format_exception(failure))
    log.error("request failed", number=number, path=request.url.path, traceback=told)
    detail = f"{WORDS[HTTPStatus.INTERNAL_SERVER_ERROR]} Tell us this number: {number}."
    return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail)
