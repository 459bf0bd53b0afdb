"""Published standards: lists, and one document as canonical JSON whose hash is its ETag."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath, HeaderParameter, QueryParameter

from apprenticeship.policy import Action
from apprenticeship.refusals import Missing
from apprenticeship.views_standards import published, standard_view, version_of
from graph.metrics import measure
from standards.answers import Labels
from standards.documents import AgreementDocument, DegreeDocument, FrameworkDocument, ProgramDocument
from standards.measuring import metrics_answer
from standards.storage.model import Kind, Published
from web.access import Whose, asks
from web.api.models.publications import FrameworkMetrics, Publications, PublishedVersion
from web.api.models.values import TEXT
from web.api.operations import PREFIX, reading, refusals

READING = asks(Action.READ_STANDARDS, Whose.SHARED)
STANDARDS = ["Standards"]
FOLDERS: dict[Kind, str] = {
    "framework": "frameworks",
    "program": "programs",
    "agreement": "agreements",
    "degree": "degrees",
}
JSON = "application/json"
KEPT = "private, max-age=0, must-revalidate"

Version = Annotated[
    str | None,
    QueryParameter(
        pattern=TEXT, min_length=1, max_length=200, description="Default: the version published last."
    ),
]
KnownTag = Annotated[
    str | None,
    HeaderParameter(
        name="If-None-Match", description="The ETag of what you have, to ask whether it is the same."
    ),
]


@get("/frameworks", opt=READING, operation_id="listFrameworks", tags=STANDARDS, responses=refusals())
async def list_frameworks() -> Publications:
    """List the newest version of every framework: what the trade means by competent."""
    return await _list("framework")


@get(
    "/frameworks/{framework_id:str}",
    opt=READING,
    operation_id="readFramework",
    tags=STANDARDS,
    responses=reading(HTTPStatus.NOT_MODIFIED),
)
async def read_framework(
    framework_id: FromPath[str], version: Version = None, if_none_match: KnownTag = None
) -> Response[FrameworkDocument]:
    """Give one version of a framework as canonical JSON; its ETag is the SHA-256 of these bytes."""
    return await _document("framework", framework_id, version, if_none_match)


@get(
    "/frameworks/{framework_id:str}/metrics",
    opt=READING,
    operation_id="readFrameworkMetrics",
    tags=STANDARDS,
    responses=reading(),
)
async def read_framework_metrics(framework_id: FromPath[str]) -> FrameworkMetrics:
    """Measure the newest version of a framework: what blocks, what delays, and where everything must pass.

    This is the answer of `journeymark metrics` for its items and for all that comes before them.
    """
    view = await standard_view("framework", framework_id)
    if view is None:
        raise Missing("No such standard.")
    answer = metrics_answer(measure(view.world, framework_id), Labels(view.world))
    return FrameworkMetrics.model_validate(answer)


@get("/programs", opt=READING, operation_id="listPrograms", tags=STANDARDS, responses=refusals())
async def list_programs() -> Publications:
    """List the newest version of every program: what a sponsor has registered."""
    return await _list("program")


@get(
    "/programs/{program_id:str}",
    opt=READING,
    operation_id="readProgram",
    tags=STANDARDS,
    responses=reading(HTTPStatus.NOT_MODIFIED),
)
async def read_program(
    program_id: FromPath[str], version: Version = None, if_none_match: KnownTag = None
) -> Response[ProgramDocument]:
    """Give one version of a program as canonical JSON; its ETag is the SHA-256 of these bytes."""
    return await _document("program", program_id, version, if_none_match)


@get("/agreements", opt=READING, operation_id="listAgreements", tags=STANDARDS, responses=refusals())
async def list_agreements() -> Publications:
    """List the newest version of every agreement: what a college gives for it."""
    return await _list("agreement")


@get(
    "/agreements/{agreement_id:str}",
    opt=READING,
    operation_id="readAgreement",
    tags=STANDARDS,
    responses=reading(HTTPStatus.NOT_MODIFIED),
)
async def read_agreement(
    agreement_id: FromPath[str], version: Version = None, if_none_match: KnownTag = None
) -> Response[AgreementDocument]:
    """Give one version of an agreement as canonical JSON; its ETag is the SHA-256 of these bytes."""
    return await _document("agreement", agreement_id, version, if_none_match)


@get("/degrees", opt=READING, operation_id="listDegrees", tags=STANDARDS, responses=refusals())
async def list_degrees() -> Publications:
    """List the newest version of every degree: what a college asks for an award of its own."""
    return await _list("degree")


@get(
    "/degrees/{degree_id:str}",
    opt=READING,
    operation_id="readDegree",
    tags=STANDARDS,
    responses=reading(HTTPStatus.NOT_MODIFIED),
)
async def read_degree(
    degree_id: FromPath[str], version: Version = None, if_none_match: KnownTag = None
) -> Response[DegreeDocument]:
    """Give one version of a degree as canonical JSON; its ETag is the SHA-256 of these bytes."""
    return await _document("degree", degree_id, version, if_none_match)


async def _list(kind: Kind) -> Publications:
    return Publications(standards=[_version(one) for one in (await published())[kind]])


def _version(one: Published) -> PublishedVersion:
    return PublishedVersion(
        kind=one.kind,
        id=one.key,
        version=one.version,
        title=one.title,
        sha256=one.sha256,
        effective_from=one.effective_from.isoformat() if one.effective_from else None,
        effective_until=one.effective_until.isoformat() if one.effective_until else None,
        published_at=one.published_at.isoformat(),
        href=f"{PREFIX}/{FOLDERS[one.kind]}/{one.key}?{urlencode({'version': one.version})}",
    )


async def _document(kind: Kind, key: str, version: str | None, known: str | None) -> Response[Any]:
    found = await version_of(kind, key, version)
    if found is None:
        raise Missing("No such standard.")
    headers = {"etag": f'"{found.sha256}"', "cache-control": KEPT}
    if known is not None and _matches(known, found.sha256):
        return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers, media_type=JSON)
    return Response(found.canonical.encode(), headers=headers, media_type=JSON)


def _matches(known: str, sha256: str) -> bool:
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in known.split(",")}
    return sha256 in tags or "*" in tags


HANDLERS: list[Any] = [
    list_frameworks,
    read_framework,
    read_framework_metrics,
    list_programs,
    read_program,
    list_agreements,
    read_agreement,
    list_degrees,
    read_degree,
]
