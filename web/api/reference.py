"""The page that describes the API to people: drawn here from the OpenAPI file, so no other host is asked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from apprenticeship.refusals import Missing
from web.access import open_to_all
from web.api.catalogue import openapi_file
from web.api.operations import AnyRequest
from web.rendering import page

HERE = "$HOST"
MODELS = "#/components/schemas/"


@dataclass(frozen=True)
class Field:
    """One field of a model or one parameter, in words."""

    name: str
    kind: str
    note: str
    required: bool


@dataclass(frozen=True)
class Shown:
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    bodies: tuple[tuple[str, tuple[Field, ...]], ...]
    answers: tuple[tuple[str, str], ...]
    curl: str


@cache
def _groups() -> tuple[tuple[str, str, list["Shown"]], ...]:
    return tuple(shown_operations(openapi_file()))


def shown_operations(file: dict[str, Any]) -> Iterator[tuple[str, str, list[Shown]]]:
    """Give the operations by their tag, with what the tag is about."""
    for tag in file["tags"]:
        found = [
            _shown(file, path, method, operation)
            for path, methods in file["paths"].items()
            for method, operation in methods.items()
            if tag["name"] in operation["tags"]
        ]
        yield tag["name"], tag["description"], found


def _shown(file: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Shown:
    content = operation.get("requestBody", {}).get("content", {})
    return Shown(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=tuple(
            Field(one["name"], _kind(one["schema"]), one["description"], one["required"])
            for one in operation["parameters"]
        ),
        bodies=tuple(_bodies(file, content)),
        answers=tuple((code, said["description"]) for code, said in operation["responses"].items()),
        curl=_curl(file, path, operation, method),
    )


def _bodies(file: dict[str, Any], content: dict[str, Any]) -> Iterator[tuple[str, tuple[Field, ...]]]:
    for media, told in content.items():
        models = list(_models(file, told["schema"]))
        for name, model in models:
            yield name, tuple(_fields(model))
        if not models:
            yield media, ()


def _models(file: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Follow references to the objects that a schema stands for: one, or one of several."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(MODELS)
        model = file["components"]["schemas"][name]
        if "properties" in model:
            yield name, model
            return
        schema = model
    for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from _models(file, choice)


def _fields(model: dict[str, Any]) -> Iterator[Field]:
    for name, schema in model["properties"].items():
        yield Field(name, _kind(schema), schema.get("description", ""), name in model.get("required", ()))


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(MODELS)
    choices = [_kind(one) for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ()))]
    if choices:
        return " or ".join(dict.fromkeys(choices))
    if "enum" in schema or "const" in schema:
        return " or ".join(str(one) for one in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("format") or schema.get("type") or "anything")


def _curl(file: dict[str, Any], path: str, operation: dict[str, Any], method: str) -> str:
    query = "&".join(
        f"{one['name']}={one['name'].upper()}"
        for one in operation["parameters"]
        if one["required"] and one["in"] == "query"
    )
    address = (
        HERE + path.replace("{", "").replace("}", "").replace("_id", "-id") + ("?" if query else "") + query
    )
    said = ["curl" if method == "get" else f"curl -X {method.upper()}", '-H "Authorization: Bearer $KEY"']
    for media, told in operation.get("requestBody", {}).get("content", {}).items():
        said += [f'-H "Content-Type: {media}"', f"-d '{json.dumps(_example(file, told['schema']))}'"]
        if media != "application/json":
            said[-1] = "--data-binary @roster.csv"
        break
    return " \\\n  ".join([*said, f'"{address}"'])


def _example(file: dict[str, Any], schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _example(file, file["components"]["schemas"][schema["$ref"].removeprefix(MODELS)])
    return schema.get("examples", [{}])[0]


@get("/api", opt=open_to_all(), include_in_schema=False)
async def show_reference(request: AnyRequest) -> Response[str]:
    """Describe the API: how to ask, and every operation on a line."""
    return page(request, "api.html", about=openapi_file()["info"]["description"], groups=_groups(), slug=slug)


@get("/api/parts/{part_id:str}", opt=open_to_all(), include_in_schema=False)
async def show_part(request: AnyRequest, part_id: FromPath[str]) -> Response[str]:
    """Describe every operation of one part of the API."""
    found = next((one for one in _groups() if slug(one[0]) == part_id), None)
    if found is None:
        raise Missing("The API has no such part.")
    name, about, operations = found
    return page(request, "api_part.html", name=name, about=about, operations=operations, here="/api")


def slug(name: str) -> str:
    """The part of an address that stands for a name."""
    return name.replace(" ", "-").lower()


HANDLERS = [show_reference, show_part]
