"""Holds every answer against the OpenAPI file: its status, its media type and its schema."""

import re
from functools import cache
from typing import Any

import httpx
import jsonschema_rs

from web.api.catalogue import openapi_file


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    paths = openapi_file()["paths"]
    return tuple((re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$"), path) for path in paths)


def operation_of(response: httpx.Response) -> dict[str, Any] | None:
    """Find the operation that answered; None for an address or method that is none."""
    path = response.request.url.path
    for pattern, template in _patterns():
        if pattern.match(path):
            found: dict[str, Any] | None = openapi_file()["paths"][template].get(
                response.request.method.lower()
            )
            return found
    return None


@cache
def _validator(operation_id: str, status: str, media: str) -> Any:
    file = openapi_file()
    operation = next(
        one for of in file["paths"].values() for one in of.values() if one["operationId"] == operation_id
    )
    schema = operation["responses"][status]["content"][media]["schema"]
    return jsonschema_rs.validator_for({**schema, "components": file["components"]})


def check_conforms(response: httpx.Response) -> None:
    """Fail when an answer is not one that the file tells of."""
    operation = operation_of(response)
    if operation is None:
        assert response.status_code in (404, 405)
        return
    status = str(response.status_code)
    assert status in operation["responses"], f"{operation['operationId']} does not tell of {status}"
    content = operation["responses"][status].get("content", {})
    if not content:
        assert response.content == b""
        return
    media = response.headers["content-type"].partition(";")[0]
    assert media in content
    _validator(operation["operationId"], status, media).validate(response.json())
