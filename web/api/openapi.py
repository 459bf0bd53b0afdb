"""The OpenAPI file, read off the handlers themselves: paths, models, and every status they may answer.

Litestar's own generator loses what matters here (patterns, closed objects, rules within rules), so the models are
described by pydantic, which also reads and writes them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from inspect import Parameter, getdoc, signature
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import BodyKwarg, HeaderParameter, ParameterKwarg, PathParameter
from pydantic import TypeAdapter

from web.access import KEY, Access, Whose
from web.api.links import LINKS
from web.api.models.problem import Problem
from web.api.operations import IDEMPOTENT, PREFIX, REPLAYED, WHY
from web.problems import MEDIA_TYPE
from web.sessions import COOKIE

VERSION = "1"
JSON = "application/json"
REFERENCE = "#/components/schemas/{model}"
ABOUT = """The same truth as the pages, as JSON: how far somebody is and why, what the next raise takes, what college
credit it is worth. A program shows a key in `Authorization: Bearer`; make one under "Keys for programs". It can see and
do what its owner can, within its scopes. Whatever cannot be done is answered with a problem document (RFC 9457)."""
TAGS = {
    "Your account": "Who is asking.",
    "Learners": "Whose record one may see, and how each of them stands.",
    "Evidence": "What somebody has shown, and handing in more.",
    "Sign-offs": "Deciding about evidence.",
    "Raises": "Wage steps: reached, due, given. For those who may know wages.",
    "Payroll": "Changes in pay, handed over period by period.",
    "Ratio": "Apprentices to journeyworkers, site by site, over time.",
    "Working alone": "What somebody may do without a journeyworker beside them.",
    "Credit for experience": "Hours from before registration: claimed, decided, told.",
    "Forecasts": "When steps, completion and pay are to be expected. For those who may know wages.",
    "College credit": "What a college may give for the record: an estimate until the college decides.",
    "Consents": "Leave that one gives a college to see one's record.",
    "Cohorts": "Everybody in a program, and what other standards would do to them.",
    "Promotions": "Target roles, and the own crew ranked by what they lack for one.",
    "Hiring": "Searching among people who agreed to be found, and agreeing to it.",
    "Roster imports": "Importing people and evidence from a file.",
    "Standards": "Published frameworks, programs and agreements; a version never changes.",
    "Administration": "Jobs behind the pages that were given up.",
    "Health": "Whether the server answers.",
}
PLACES = {
    "learner_id": "Whose record it is.",
    "evidence_id": "The id of the entry, such as e000000012.",
    "import_id": "The import.",
    "errand_id": "The errand.",
    "look_id": "The look.",
    "decision_id": "The decision.",
    "credit_request_id": "The request for credit.",
    "handover_id": "The hand-over.",
    "proposal_id": "The proposal.",
    "appeal_id": "The appeal.",
    "plan_id": "The training plan.",
    "roster_check_id": "The roster check.",
    "consent_id": "The consent.",
    "site_id": "The site.",
    "placement_id": "The placement.",
    "claim_id": "The claim.",
    "release_id": "The release to work alone.",
    "findable_id": "The leave to be found under which somebody is shown.",
    "request_id": "The request to get in touch.",
    "framework_id": "The id that the framework gives itself.",
    "program_id": "The id that the program gives itself.",
    "agreement_id": "The id that the agreement gives itself.",
    "degree_id": "The id that the degree gives itself.",
}
LIMITS = {
    "pattern": "pattern",
    "min_length": "minLength",
    "max_length": "maxLength",
    "ge": "minimum",
    "le": "maximum",
    "max_items": "maxItems",
}


@dataclass(frozen=True)
class Operation:
    """One handler with what its annotations say."""

    path: str
    method: str
    handler: HTTPRouteHandler
    hints: dict[str, Any]
    access: Access

    @property
    def name(self) -> str:
        return str(self.handler.operation_id)

    @property
    def answer(self) -> Any:
        """What a carried out operation answers; None for nothing."""
        found = self.hints["return"]
        return get_args(found)[0] if get_origin(found) is Response else found

    @property
    def body(self) -> Any:
        """What is sent; None for nothing or a file."""
        return get_args(self.hints["data"])[0] if "data" in self.hints else None


def operations(handlers: Sequence[HTTPRouteHandler]) -> tuple[Operation, ...]:
    """Read the handlers; each has one path and one method."""
    return tuple(
        Operation(
            path=PREFIX + _plain(next(iter(handler.paths))),
            method=next(iter(handler.http_methods)).lower(),
            handler=handler,
            hints=get_type_hints(handler.fn, include_extras=True),
            access=handler.opt[KEY],
        )
        for handler in handlers
    )


def _plain(path: str) -> str:
    return "/".join(f"{part.partition(':')[0]}}}" if ":" in part else part for part in path.split("/"))


def document(handlers: Sequence[HTTPRouteHandler]) -> dict[str, Any]:
    """Write the OpenAPI file of the handlers."""
    found = operations(handlers)
    schemas, components = _schemas(found)
    paths: dict[str, dict[str, Any]] = {}
    for one in found:
        paths.setdefault(one.path, {})[one.method] = _operation(one, schemas)
    used = {tag for one in found for tag in one.handler.tags or ()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Journeymark", "version": VERSION, "description": ABOUT.replace("\n", " ")},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": said} for name, said in TAGS.items() if name in used],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _security()},
    }


def _security() -> dict[str, Any]:
    session = {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "A signed-in browser."}
    return {
        "key": {"type": "http", "scheme": "bearer", "description": "A key for programs."},
        "session": session,
    }


def _schemas(found: Sequence[Operation]) -> tuple[dict[Any, Any], dict[str, Any]]:
    """Describe every model that is asked, answered or refused with; shared parts once."""
    asked: dict[Any, TypeAdapter[Any]] = {}
    for one in found:
        for kind in (one.answer, one.body):
            if kind not in (None, NoneType):
                asked[one.name, kind is one.body] = TypeAdapter(kind)
        for status, spec in (one.handler.responses or {}).items():
            if spec.data_container is not None:
                asked[one.name, status] = TypeAdapter(Problem)
    described, shared = TypeAdapter.json_schemas(
        [(key, "validation", adapter) for key, adapter in asked.items()], ref_template=REFERENCE
    )
    return {key: schema for (key, _), schema in described.items()}, shared.get("$defs", {})


def _operation(one: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    said, _, more = str(getdoc(one.handler.fn)).partition("\n\n")
    action = {} if one.access.action is None else {"action": one.access.action.value}
    written: dict[str, Any] = {
        "operationId": one.name,
        "tags": one.handler.tags,
        "summary": " ".join(said.split()),
        "description": " ".join(more.split()),
        "parameters": [_parameter(*given) for given in _parameters(one)],
        "responses": _responses(one, schemas),
        "security": [] if one.access.whose is Whose.NOBODY else [{"key": []}, {"session": []}],
        "x-policy": {"whose": one.access.whose.value, **action},
    }
    content = _content(one, schemas)
    if content:
        written["requestBody"] = {"required": True, "content": content}
    return {key: value for key, value in written.items() if value != ""}


def _content(one: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    if one.body is not None:
        return {JSON: {"schema": schemas[one.name, True]}}
    return {
        kind: {"schema": {"type": "string", "format": "binary"}} for kind in one.handler.opt.get("body", ())
    }


def _parameters(one: Operation) -> Iterator[tuple[str, Any, bool]]:
    for name, given in signature(one.handler.fn).parameters.items():
        hint = one.hints[name]
        if get_origin(hint) is Annotated and not any(isinstance(m, BodyKwarg) for m in hint.__metadata__):
            yield name, hint, given.default is Parameter.empty


def _parameter(name: str, hint: Any, required: bool) -> dict[str, Any]:
    kind, *notes = get_args(hint)
    note = next(one for one in notes if isinstance(one, ParameterKwarg))
    places = {PathParameter: "path", HeaderParameter: "header"}
    place = next((said for kind_of, said in places.items() if isinstance(note, kind_of)), "query")
    limits = {
        written: getattr(note, own) for own, written in LIMITS.items() if getattr(note, own) is not None
    }
    return {
        "name": note.name or name,
        "in": place,
        "required": required,
        "description": note.description or PLACES.get(name, ""),
        "schema": {**TypeAdapter(_given(kind)).json_schema(), **limits},
    }


def _given(kind: Any) -> Any:
    """The kind of a parameter that is there: without the None of one that is not."""
    if get_origin(kind) in (Union, UnionType):
        return next(one for one in get_args(kind) if one is not NoneType)
    return kind


def _responses(one: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    status = HTTPStatus(one.handler.status_code)
    answered: dict[str, Any] = {"description": "Done." if one.method != "get" else "The answer."}
    if (one.name, False) in schemas:
        answered["content"] = {JSON: {"schema": schemas[one.name, False]}}
    headers = {}
    if "idempotency_key" in one.hints:
        headers[REPLAYED] = _header(f"`true` when this {IDEMPOTENT} was carried out before.")
    if "if_none_match" in one.hints:
        headers["ETag"] = _header("The SHA-256 of the answer, in quotation marks.")
    if headers:
        answered["headers"] = headers
    if one.name in LINKS:
        answered["links"] = {
            target: {"operationId": target, "parameters": given} for target, given in LINKS[one.name].items()
        }
    found = {str(status.value): answered}
    for code, spec in sorted((one.handler.responses or {}).items()):
        problem = {} if spec.data_container is None else {MEDIA_TYPE: {"schema": schemas[one.name, code]}}
        found[str(code)] = {"description": WHY[HTTPStatus(code)], **({"content": problem} if problem else {})}
    return found


def _header(said: str) -> dict[str, Any]:
    return {"description": said, "schema": {"type": "string"}}
