"""What every operation of the API declares, and how its models are read and written."""

import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Annotated, Any

from litestar import Request, Response
from litestar.config.app import AppConfig
from litestar.exceptions import ClientException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter
from litestar.plugins import InitPlugin
from litestar.plugins.pydantic import PydanticInitPlugin
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from apprenticeship.outbox.services import once
from standards.complaints import complaint
from standards.problems import Path, path_text
from web.api.models.problem import Problem
from web.api.models.values import Answer
from web.pages.asked import now_of
from web.problems import MEDIA_TYPE
from web.visitors import asking

AnyRequest = Request[Any, Any, Any]
PREFIX = "/api/v1"

WHY = {
    HTTPStatus.NOT_MODIFIED: "What you have is still the same.",
    HTTPStatus.BAD_REQUEST: "What was sent cannot be read; `errors` name the places.",
    HTTPStatus.UNAUTHORIZED: "Nobody is signed in, or the key opens nothing.",
    HTTPStatus.FORBIDDEN: "Not for this role, not with this key, or not sent from a page of this site.",
    HTTPStatus.NOT_FOUND: "There is no such thing, or it is not yours to see; both look alike.",
    HTTPStatus.CONFLICT: "Somebody decided this before; nothing was changed.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Too large to send.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "What was sent can be read, but does not hold together; `errors` say where.",
}
IDEMPOTENT = "Idempotency-Key"
REPLAYED = "idempotent-replayed"

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name=IDEMPOTENT,
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="Any word of yours for this command. Sent again with the same body, it is carried out once "
        "and answered the same; with another body it is refused.",
    ),
]


def refusals(*more: HTTPStatus, signed_in: bool = True) -> dict[int, ResponseSpec]:
    """Document the statuses below 500 with which an operation may refuse, beside those of every operation."""
    always = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    return {int(status): _spec(status) for status in sorted({*more, *(always if signed_in else ())})}


def reading(*more: HTTPStatus) -> dict[int, ResponseSpec]:
    """Document the refusals of an operation about somebody or something named in the path."""
    return refusals(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY, *more)


def changing(*more: HTTPStatus) -> dict[int, ResponseSpec]:
    """Document the refusals of an operation with a body."""
    return reading(HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, *more)


def _spec(status: HTTPStatus) -> ResponseSpec:
    is_problem = status >= HTTPStatus.BAD_REQUEST
    return ResponseSpec(Problem if is_problem else None, description=WHY[status], media_type=MEDIA_TYPE)


def written(model: BaseModel) -> Any:
    """Write a model as plain data for JSON; keys that do not apply are left out."""
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


ENCODERS: Mapping[Any, Callable[[Any], Any]] = {Answer: written}


def _is_asked(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, Answer)


def _read(model: type[BaseModel], sent: Any) -> BaseModel:
    """Read what was sent, with every mistake named at its place.

    Raises:
        ClientException: it is not what the model says. (A validation error would be taken for one of msgspec's.)
    """
    try:
        return model.model_validate(sent)
    except ValidationError as error:
        places = [_place(found, sent, model) for found in error.errors(include_url=False)]
        extra = [{"key": path_text(path), "message": f"{what}; {right}"} for path, what, right in places]
        raise ClientException(extra=extra) from None


def _place(found: ErrorDetails, sent: Any, model: type[BaseModel]) -> tuple[Path, str, str]:
    return complaint(found, sent, model, lambda _: json.dumps(found["input"], ensure_ascii=False))


class StrictReading(InitPlugin):
    """Reads what is asked with our own words and nothing coerced, before Litestar's reading of models."""

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """Put our reading first."""
        app_config.type_decoders = [(_is_asked, _read), *(app_config.type_decoders or [])]
        return app_config


# Litestar's own comes first in this list, so that ours can stand before it
READING = (PydanticInitPlugin(), StrictReading())


async def carried_out(
    request: AnyRequest,
    key: str | None,
    command: Mapping[str, Any],
    work: Callable[[], Awaitable[Answer]],
    *,
    status: int = 200,
) -> Response[Any]:
    """Carry a command out; with an idempotency key once, and answer the same ever after."""
    headers = {}
    if key is None:
        answer = written(await work())
    else:
        asked = {"method": request.method, "path": request.url.path, **command}

        async def do() -> Any:
            return written(await work())

        answer, replayed = await once(asking(request).actor, key, asked, do, now=now_of(request))
        headers = {REPLAYED: "true"} if replayed else {}
    return Response(answer, status_code=status, headers=headers)
