"""Importing a roster: check a file, read the findings, decide, watch the progress."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from apprenticeship.policy import Action
from apprenticeship.roster.model import ImportJob, Keep
from apprenticeship.roster.services import findings_of, job_of, jobs_of, prepare, start, summary_of
from apprenticeship.views_people import organisations_for
from standards.answers import hours_number
from web.access import Whose, asks
from web.api.models.imports import (
    ImportAnswer,
    ImportDecision,
    ImportDetail,
    ImportFinding,
    Imports,
    ImportSummary,
)
from web.api.models.values import TEXT
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

IMPORTING = asks(Action.IMPORT_ROSTER, Whose.ORGANISATION)
IMPORTS = ["Roster imports"]
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

OrganisationId = Annotated[UUID, QueryParameter(description="For which of one's organisations it is.")]
FileName = Annotated[
    str, QueryParameter(min_length=1, max_length=200, pattern=TEXT, description="As findings name the file.")
]


@get("/imports", opt=IMPORTING, operation_id="listImports", tags=IMPORTS, responses=refusals())
async def list_imports(request: AnyRequest) -> Imports:
    """List the imports of one's organisations, the newest first in each."""
    actor, now = asking(request).actor, now_of(request)
    places = await organisations_for(actor, Action.IMPORT_ROSTER, now=now)
    found = [job for place in places for job in await jobs_of(actor, place.id, now=now)]
    return Imports(imports=[_import(job) for job in found])


@post(
    "/imports",
    opt={**IMPORTING, "body": (CSV, XLSX)},
    operation_id="checkRoster",
    tags=IMPORTS,
    status_code=201,
    responses=changing(),
)
async def check_roster(
    request: AnyRequest, organisation_id: OrganisationId, file_name: FileName = "roster"
) -> Response[ImportDetail]:
    """Check a roster file, CSV or XLSX, and say what it would do. Nothing is imported yet.

    The body is the file itself. Findings name row and column, and what would be right.
    """
    job = await prepare(
        asking(request).actor,
        organisation_id,
        file_name=file_name,
        data=await request.body(),
        now=now_of(request),
    )
    return Response(await _detail(request, job), status_code=HTTPStatus.CREATED)


@get("/imports/{import_id:uuid}", opt=IMPORTING, operation_id="readImport", tags=IMPORTS, responses=reading())
async def read_import(request: AnyRequest, import_id: FromPath[UUID]) -> ImportDetail:
    """Show what a file would do, or how far it has come; ask again until `state` is done or refused."""
    return await _detail(request, await job_of(asking(request).actor, import_id, now=now_of(request)))


@post(
    "/imports/{import_id:uuid}/decision",
    opt=IMPORTING,
    operation_id="decideImport",
    tags=IMPORTS,
    status_code=202,
    responses=changing(),
)
async def decide_import(
    request: AnyRequest,
    import_id: FromPath[UUID],
    data: JSONBody[ImportDecision],
    idempotency_key: IdempotencyKey = None,
) -> Response[ImportAnswer]:
    """Import the good rows of a checked file, or all of them or none. The same file twice changes nothing."""

    async def work() -> ImportAnswer:
        return _import(await start(asking(request).actor, import_id, Keep(data.keep), now=now_of(request)))

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=202
    )


async def _detail(request: AnyRequest, job: ImportJob) -> ImportDetail:
    actor, now = asking(request).actor, now_of(request)
    summary = await summary_of(actor, job.id, now=now)
    return ImportDetail(
        **_said(job),
        summary=ImportSummary(
            people=summary.people,
            enrolments=summary.enrolments,
            credentials=summary.credentials,
            hours=hours_number(summary.minutes),
        ),
        findings=[ImportFinding(**asdict(one)) for one in await findings_of(actor, job.id, now=now)],
    )


def _import(job: ImportJob) -> ImportAnswer:
    return ImportAnswer(**_said(job))


def _said(job: ImportJob) -> dict[str, Any]:
    return {
        "id": job.id,
        "organisation_id": job.organisation,
        "file_name": job.file_name,
        "file_sha256": job.file_sha256,
        "state": job.state,
        "keep": job.keep and job.keep.value,
        "rows_total": job.rows_total,
        "rows_done": job.rows_done,
        "rows_changed": job.rows_changed,
        "rows_unchanged": job.rows_unchanged,
        "rows_refused": job.rows_refused,
        "created_at": job.created_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
    }


HANDLERS: list[Any] = [list_imports, check_roster, read_import, decide_import]
