"""Roster checks: what the college's agreements give to everybody on its roster, or to those of a list."""

import asyncio
from http import HTTPStatus
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import ServerSentEvent

from apprenticeship.credit_rosters import services
from apprenticeship.credit_rosters.files import file_name, table_of, xlsx_file
from apprenticeship.credit_rosters.model import CheckState, LearnerRow, RosterCheck
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.roster.reading import RosterTable, read_table
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.csv_text import MEDIA_TYPE, csv_text
from web.forms import Filled, Form, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.pages.credit_words import limit_words
from web.pages.handovers import attached
from web.progress import Line, told
from web.rendering import page
from web.visitors import asking

CHECKING = asks(Action.DECIDE_CREDIT, Whose.THEIRS)
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOOKS = {
    CheckState.RUNNING: words.Look("wait", "Being worked out"),
    CheckState.DONE: words.Look("done", "Worked out"),
    CheckState.FAILED: words.Look("lapsed", "Given up"),
}


@get("/roster-checks", opt=CHECKING)
async def show_checks(request: AnyRequest) -> Response[str]:
    """Ask whom to check, and list earlier checks."""
    return await _checks(request, filled("check"))


async def _checks(request: AnyRequest, form: Filled, status: int = HTTPStatus.OK) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    return page(
        request,
        "roster_checks.html",
        status=status,
        form=form,
        colleges=await services.colleges_of(actor, now=now),
        checks=[(one, LOOKS[one.state]) for one in await services.checks_of(actor, now=now)],
        here="/learners",
    )


@post("/roster-checks", opt=CHECKING, status_code=SEE_OTHER)
async def start_check(request: AnyRequest) -> Response[Any]:
    """Begin a check of everybody, or of those of an uploaded list."""
    form = await read_form(request)
    try:
        college = _college(form.text("college"))
        begun = await services.start(asking(request).actor, college, await _table(form), now=now_of(request))
    except (Invalid, AlreadyDecided) as refusal:
        where = refusal.where if isinstance(refusal, Invalid) else "form"
        return await _checks(request, Filled("check", form, where or "form", str(refusal)), REFUSED)
    return see_other(f"/roster-checks/{begun.id}")


def _college(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing("No such college.") from None


async def _table(form: Form) -> RosterTable | None:
    """The uploaded list; None where everybody is meant.

    Raises:
        Invalid: a list is meant and there is none, or it cannot be read.
    """
    if form.text("whose") != "list":
        return None
    upload = form.upload("file")
    if upload is None:
        raise Invalid("Choose a file first, CSV or XLSX.", where="file")
    return await asyncio.to_thread(read_table, upload.filename, await upload.read())


@get("/roster-checks/{check_id:uuid}", opt=CHECKING)
async def show_check(
    request: AnyRequest, check_id: FromPath[UUID], only: FromQuery[str] = ""
) -> Response[str]:
    """Show how far a check is, or what it came to."""
    actor, now = asking(request).actor, now_of(request)
    check = await services.check_of(actor, check_id, now=now)
    only_open = only == "questions"
    rows = await services.learner_rows(actor, check_id, now=now, limit=SHOWN, only_open=only_open)
    with_questions = await services.open_in(check)
    return page(
        request,
        "roster_check.html",
        check=check,
        said=_said(check),
        rows=rows,
        more=(with_questions if only_open else check.people) - len(rows),
        with_questions=with_questions,
        only_open=only_open,
        limit_words=limit_words,
        here="/learners",
    )


@get("/roster-checks/progress", opt=CHECKING)
async def watch_check(request: AnyRequest, check_id: FromQuery[UUID]) -> ServerSentEvent:
    """Tell how far a check is until it is over."""
    actor = asking(request).actor

    async def found() -> RosterCheck:
        return await services.check_of(actor, check_id, now=now_of(request))

    def line(check: RosterCheck) -> Line:
        over = check.state is not CheckState.RUNNING
        return Line(over=over, done=check.done, total=check.people, said=_said(check))

    await found()
    return told(found, line)


def _said(check: RosterCheck) -> str:
    if check.state is not CheckState.RUNNING:
        return LOOKS[check.state].word
    return f"{check.done:,} of {words.counted(check.people, 'learner')} worked out"


@get("/roster-checks/{check_id:uuid}/csv", opt=CHECKING)
async def send_csv(request: AnyRequest, check_id: FromPath[UUID]) -> Response[bytes]:
    """Send a check as CSV."""
    check, rows = await _done(request, check_id)
    table = [["" if cell is None else str(cell) for cell in row] for row in table_of(check, rows)]
    return attached(csv_text(table).encode(), file_name(check, "csv"), MEDIA_TYPE)


@get("/roster-checks/{check_id:uuid}/xlsx", opt=CHECKING)
async def send_xlsx(request: AnyRequest, check_id: FromPath[UUID]) -> Response[bytes]:
    """Send a check as a workbook."""
    check, rows = await _done(request, check_id)
    data = await asyncio.to_thread(xlsx_file, table_of(check, rows))
    return attached(data, file_name(check, "xlsx"), XLSX)


async def _done(request: AnyRequest, check: UUID) -> tuple[RosterCheck, tuple[LearnerRow, ...]]:
    actor, now = asking(request).actor, now_of(request)
    found = await services.check_of(actor, check, now=now)
    if found.state is not CheckState.DONE:
        raise Missing("This check is not worked out; there is no file of it.")
    return found, await services.learner_rows(actor, check, now=now)


HANDLERS = [show_checks, start_check, show_check, watch_check, send_csv, send_xlsx]
