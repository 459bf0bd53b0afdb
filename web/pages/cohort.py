"""Everybody in a program: an employer's own people at once, and for an agency everybody as counts."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import ServerSentEvent

from apprenticeship.cohort import repo, runs
from apprenticeship.cohort.answers import cohort_answer, expected_answer
from apprenticeship.cohort.candidates import candidate, unreadable
from apprenticeship.cohort.looks import services as looks
from apprenticeship.cohort.looks.model import Look, LookState
from apprenticeship.cohort.looks.seeing import Seen, together
from apprenticeship.cohort.model import Run
from apprenticeship.cohort.services import Reach, going_on, reach_of, stored_of
from apprenticeship.policy import Action
from apprenticeship.publishing import newest_programs
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.snapshots.model import Kept
from standards.problems import DocumentError
from standards.reading import Document, read_bytes
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Form, asked_form, read_form
from web.pages.asked import AnyRequest, now_of
from web.pages.cohort_view import change_shown, cohort_shown, lack_words, program_line
from web.progress import Line, told
from web.rendering import page
from web.visitors import asking

COHORT = asks(Action.READ_COHORT, Whose.ORGANISATION)
EVERYBODY = asks(Action.LOOK_AT_EVERYBODY, Whose.ORGANISATION)
OWN, ALL = "own", "all"
EVERY = "all"
LOOKS = {
    LookState.RUNNING: words.Look("wait", "Being looked at"),
    LookState.DONE: words.Look("done", "Looked at"),
    LookState.FAILED: words.Look("lapsed", "Given up"),
}


@dataclass(frozen=True)
class Asked:
    """Whose people in which program are asked about, and as of when."""

    reach: Reach
    programs: tuple[tuple[str, str], ...]
    whose: str
    program: str
    on: date
    today: date

    @property
    def title(self) -> str:
        """What the program is called."""
        return dict(self.programs).get(self.program, "every program")

    @property
    def address(self) -> str:
        """Where the page of this question is."""
        day = "" if self.on == self.today else f"&on={self.on.isoformat()}"
        return f"/cohort?whose={self.whose}&program={self.program}{day}"


async def asked_of(request: AnyRequest, form: Form) -> Asked:
    """Read what is asked.

    Raises:
        Missing: there is no such program, or no program at all.
        Invalid: the day is none.
    """
    now = now_of(request)
    visitor = asking(request)
    reach = reach_of(visitor.actor, visitor.organisations, now=now)
    programs = tuple(
        sorted(((one.key, one.title) for one in await newest_programs()), key=lambda one: one[1])
    )
    if not programs:
        raise Missing("No program is published yet.")
    whose = form.text("whose") or (OWN if reach.employers else ALL)
    if whose not in (OWN, ALL) or (whose == ALL and not reach.everybody):
        raise Missing("These are not yours to look at.")
    program = form.text("program") or await _usual(reach, programs, whose, now.date())
    if program not in dict(programs) and (program != EVERY or request.method != "GET"):
        raise Missing("There is no such program.")
    # what is kept of everybody is of its own day; only a look is of another one
    asks_for_day = form.text("on") and (whose == OWN or request.method != "GET")
    on = form.day("on", "The day") if asks_for_day else now.date()
    return Asked(reach, programs, whose, program, on, now.date())


async def _usual(reach: Reach, programs: tuple[tuple[str, str], ...], whose: str, day: date) -> str:
    """The program that most are in; of everybody as far as that was counted."""
    if whose == OWN:
        crowded = await repo.most_crowded(reach.employers, day)
    else:
        counted = sorted(await repo.latest_runs(), key=lambda run: run.people)
        crowded = counted[-1].program_key if counted else None
    return crowded if crowded in dict(programs) else programs[0][0]


@get("/cohort", opt=COHORT)
async def show_cohort(request: AnyRequest) -> Response[str]:
    """Show everybody in a program."""
    asked, refusal = await _asked_or_usual(request, asked_form(request))
    draw = _every_program if asked.program == EVERY else _cohort
    return await draw(request, asked, refusal=refusal)


async def _asked_or_usual(request: AnyRequest, form: Form) -> tuple[Asked, Invalid | None]:
    """Read what is asked; with a day that is none the same of today, and what is wrong."""
    try:
        return await asked_of(request, form), None
    except Invalid as refusal:
        usual = {name: value for name, value in form.fields.items() if name != "on"}
        return await asked_of(request, Form(usual)), refusal


async def _every_program(
    request: AnyRequest, asked: Asked, *, refusal: Invalid | None = None
) -> Response[str]:
    """Show the people of all programs, and each program in one line, each as of the day it is known for."""
    own = await looks.own_people(asked.reach.employers, now=now_of(request)) if asked.whose == OWN else None
    found = [(replace(asked, program=key), title) for key, title in asked.programs]
    told = [(one, title, *await _seen(one, own)) for one, title in found]
    known = [(one, title, seen, day) for one, title, seen, day in told if day is not None]
    days = sorted({day for _, _, _, day in known}) or [asked.on]
    answer = cohort_answer(EVERY, days[0], together(seen for _, _, seen, _ in known), compared=False)
    answer["expected"] = expected_answer((seen.today, day) for _, _, seen, day in known)
    return page(
        request,
        "cohorts.html",
        status=200 if refusal is None else REFUSED,
        charts=bool(known),
        asked=asked,
        days=days,
        shown=cohort_shown(answer, {}, days[0]) if known else None,
        lines=[program_line(title, one.address, seen, day) for one, title, seen, day in known if seen.people],
        refusal="" if refusal is None else str(refusal),
        here="/cohort",
    )


async def _seen(asked: Asked, own: Kept | None) -> tuple[Seen, date | None]:
    """What is seen of one's own people, or of everybody, and its day; None where nothing is kept of everybody."""
    if own is not None:
        return await looks.look_over(asked.program, own, None, asked.on), asked.on
    stored = await stored_of(asked.program)
    return stored.seen, None if stored.current is None else stored.current.as_of


async def _cohort(request: AnyRequest, asked: Asked, *, refusal: Invalid | None = None) -> Response[str]:
    own = await looks.own_people(asked.reach.employers, now=now_of(request)) if asked.whose == OWN else None
    seen, day = await _seen(asked, own)
    return await _shown(
        request,
        asked,
        seen,
        day,
        going=await going_on(asked.program) if asked.whose == ALL else None,
        status=200 if refusal is None else REFUSED,
        refusal="" if refusal is None else str(refusal),
    )


async def _shown(
    request: AnyRequest,
    asked: Asked,
    seen: Seen,
    day: date | None,
    *,
    compared: bool = False,
    going: Run | Look | None = None,
    **context: Any,
) -> Response[str]:
    """Draw the page from what was seen as of a day; None where nothing was. `going` is the work that goes on."""
    shown = change = None
    if day is not None:
        answer = cohort_answer(asked.program, day, seen, compared=compared)
        shown = cohort_shown(answer, await lack_words(asked.program), day)
        change = await change_shown(answer, seen) if compared else None
    mine = await looks.looks_of(asking(request).actor) if asked.reach.everybody else ()
    return page(
        request,
        "cohort.html",
        charts=shown is not None,
        looks=[(one, LOOKS[one.state], dict(asked.programs).get(one.program_key, "")) for one in mine],
        asked=asked,
        shown=shown,
        change=change,
        day=day,
        going=going,
        said=said_of(going),
        here="/cohort",
        **{"refusal": "", "look": None, **context},
    )


@post("/cohort/looks", opt=COHORT, status_code=SEE_OTHER)
async def look(request: AnyRequest) -> Response[Any]:
    """Look at people as of a day or by other standards: at one's own at once, at everybody in a job."""
    form = await read_form(request)
    asked, wrong = await _asked_or_usual(request, form)
    if wrong is not None:
        return await _cohort(request, asked, refusal=wrong)
    actor, now = asking(request).actor, now_of(request)
    try:
        draft = await _draft(form)
        if asked.whose == ALL:
            begun = await looks.start(actor, asked.program, draft, as_of=asked.on, now=now)
            return see_other(f"/cohort/looks/{begun.id}")
        texts = None if draft is None else await candidate(asked.program, draft, now=now)
    except (Invalid, AlreadyDecided) as refusal:
        said = refusal if isinstance(refusal, Invalid) else Invalid(str(refusal), where="")
        return await _cohort(request, asked, refusal=said)
    own = await looks.own_people(asked.reach.employers, now=now)
    seen = await looks.look_over(asked.program, own, texts, asked.on)
    return await _shown(request, asked, seen, asked.on, compared=draft is not None, status=200)


async def _draft(form: Form) -> tuple[Document, ...] | None:
    """The documents to look by: none in it for what is published, None for none.

    Raises:
        Invalid: a file is missing or cannot be read.
    """
    by = form.text("by")
    if by not in ("own", "newest", "draft"):
        raise Invalid("Choose by what everybody is to be read.", where="by")
    if by != "draft":
        return () if by == "newest" else None
    upload = form.upload("file")
    if upload is None:
        raise Invalid("Choose a file first: a program or a framework, YAML or JSON.", where="file")
    data = await upload.read()
    try:
        return await asyncio.to_thread(read_bytes, upload.filename, data)
    except DocumentError as error:
        raise unreadable(error, where="file") from None


@post("/cohort/runs", opt=EVERYBODY, status_code=SEE_OTHER)
async def evaluate_everybody(request: AnyRequest) -> Response[Any]:
    """Begin to evaluate everybody in a program anew; what is in force stays until it is done."""
    form = await read_form(request)
    asked = await asked_of(request, form)
    actor, now = asking(request).actor, now_of(request)
    try:
        await runs.start(actor, asked.program, as_of=now.date(), now=now)
    except AlreadyDecided as refusal:
        return await _cohort(request, asked, refusal=Invalid(str(refusal), where=""))
    return see_other(f"/cohort?whose={ALL}&program={asked.program}")


@get("/cohort/looks/{look_id:uuid}", opt=EVERYBODY)
async def show_look(request: AnyRequest, look_id: FromPath[UUID]) -> Response[str]:
    """Show how far a look is, or what it came to."""
    found, seen = await looks.look_of(asking(request).actor, look_id)
    asked = await asked_of(request, Form({"whose": [ALL], "program": [found.program_key]}))
    asked = replace(asked, on=found.as_of)
    going = found if found.state is LookState.RUNNING else None
    if seen is None:
        return await _shown(request, asked, Seen(), None, going=going, look=found)
    return await _shown(request, asked, seen, found.as_of, compared=found.compared, look=found)


@get("/cohort/progress", opt=EVERYBODY)
async def watch(
    request: AnyRequest, program: FromQuery[str] = "", look_id: FromQuery[UUID | None] = None
) -> ServerSentEvent:
    """Tell how far a look, or the run of a program, has come until it ends."""
    actor = asking(request).actor
    if look_id is None and program not in {one.key for one in await newest_programs()}:
        raise Missing("There is no such program.")

    async def found() -> Run | Look | None:
        if look_id is not None:
            return (await looks.look_of(actor, look_id))[0]
        return await going_on(program)

    await found()
    return told(found, _line)


def _line(one: Run | Look | None) -> Line:
    if one is None or one.finished_at is not None:
        return Line(over=True, done=1, total=1, said="Done")
    return Line(over=False, done=one.ranges_done, total=one.ranges_total or 1, said=said_of(one))


def said_of(one: Run | Look | None) -> str:
    """Say how far a run or a look is."""
    if one is None or one.ranges_total is None:
        return "Being split into parts"
    people = words.counted(one.people, "apprentice")
    return f"{people}, {one.ranges_done:,} of {words.counted(one.ranges_total, 'part')}"


HANDLERS = [show_cohort, look, evaluate_everybody, show_look, watch]
