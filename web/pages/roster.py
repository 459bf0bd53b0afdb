"""Importing a roster: a dry run with every mistake at its place, then a progress that is found again."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import ServerSentEvent

from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid, Missing
from apprenticeship.roster.model import ImportJob, JobState, Keep
from apprenticeship.roster.planning import COLUMNS
from apprenticeship.roster.services import findings_of, job_of, jobs_of, prepare, start, summary_of
from apprenticeship.views_people import organisations_for
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import read_form
from web.pages.asked import AnyRequest, now_of
from web.progress import Line, told
from web.rendering import page
from web.visitors import asking

IMPORTING = asks(Action.IMPORT_ROSTER, Whose.ORGANISATION)
LOOKS = {
    JobState.PLANNED: words.Look("ready", "Checked, not imported yet"),
    JobState.RUNNING: words.Look("wait", "Being imported"),
    JobState.DONE: words.Look("done", "Imported"),
    JobState.REFUSED: words.Look("lapsed", "Nothing imported"),
}


@get("/imports", opt=IMPORTING)
async def show_imports(request: AnyRequest) -> Response[str]:
    """Ask for a file, and list earlier imports."""
    return await _imports(request)


@post("/imports", opt=IMPORTING, status_code=SEE_OTHER)
async def check_file(request: AnyRequest) -> Response[Any]:
    """Do the dry run of an uploaded file."""
    form = await read_form(request)
    upload = form.upload("file")
    if upload is None:
        return await _imports(request, Invalid("Choose a file first, CSV or XLSX.", where="file"))
    try:
        organisation = _number(form.text("organisation"))
        job = await prepare(
            asking(request).actor,
            organisation,
            file_name=upload.filename,
            data=await upload.read(),
            now=now_of(request),
        )
    except Invalid as refusal:
        return await _imports(request, refusal)
    return see_other(f"/imports/{job.id}")


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing("No such organisation.") from None


async def _imports(request: AnyRequest, refusal: Invalid | None = None) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    places = await organisations_for(actor, Action.IMPORT_ROSTER, now=now)
    lists = [(place, await jobs_of(actor, place.id, now=now)) for place in places]
    return page(
        request,
        "imports.html",
        status=200 if refusal is None else REFUSED,
        lists=lists,
        looks=LOOKS,
        columns=COLUMNS,
        refusal=str(refusal) if refusal else "",
        here="/imports",
    )


@get("/imports/{import_id:uuid}", opt=IMPORTING)
async def show_import(request: AnyRequest, import_id: FromPath[UUID]) -> Response[str]:
    """Show what a file would do or how far it has come."""
    return await _import(request, import_id)


@post("/imports/{import_id:uuid}", opt=IMPORTING, status_code=SEE_OTHER)
async def start_import(request: AnyRequest, import_id: FromPath[UUID]) -> Response[Any]:
    """Import the good rows, or all of them or none."""
    form = await read_form(request)
    keep = Keep.GOOD if form.text("keep") == Keep.GOOD else Keep.ALL
    try:
        await start(asking(request).actor, import_id, keep, now=now_of(request))
    except Invalid as refusal:
        return await _import(request, import_id, refusal)
    return see_other(f"/imports/{import_id}")


async def _import(request: AnyRequest, number: UUID, refusal: Invalid | None = None) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    job = await job_of(actor, number, now=now)
    return page(
        request,
        "import.html",
        status=200 if refusal is None else REFUSED,
        job=job,
        look=LOOKS[job.state],
        summary=await summary_of(actor, number, now=now),
        findings=await findings_of(actor, number, now=now),
        refusal=str(refusal) if refusal else "",
        here="/imports",
    )


@get("/imports/{import_id:uuid}/progress", opt=IMPORTING)
async def watch_import(request: AnyRequest, import_id: FromPath[UUID]) -> ServerSentEvent:
    """Tell how far an import has come, until it ends."""
    actor = asking(request).actor

    async def found() -> ImportJob:
        return await job_of(actor, import_id, now=now_of(request))

    await found()
    return told(found, _line)


def _line(job: ImportJob) -> Line:
    said = f"{job.rows_done:,} of {job.rows_total:,} rows"
    return Line(over=job.state is not JobState.RUNNING, done=job.rows_done, total=job.rows_total, said=said)


HANDLERS = [show_imports, check_file, show_import, start_import, watch_import]
