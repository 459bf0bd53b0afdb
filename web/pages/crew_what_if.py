"""What if, of a crew: the address holds the question, and nothing is kept until somebody saves it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.forecasts.differing import CrewDifference, Moved
from apprenticeship.forecasts.what_if import crew_what_if, crews_of, wages_of
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid, Missing
from apprenticeship.scenarios.services import save, saved, throw_away
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.figures.crew_what_if import finding, what_if_figure
from web.forms import Form, asked_form, read_form
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of
from web.pages.crew_form import CrewForm, crew_form, question_of
from web.rendering import page
from web.visitors import asking

PAYROLL = asks(Action.READ_PAYROLL, Whose.ORGANISATION)
ADDRESS = "/payroll/what-if"
SHOWN = 40
FIELDS = ("program", "train", "who", "on", "certify", "more", "hires", "hold", "rate", "rate_from", "wages")


@dataclass(frozen=True)
class MovedLine:
    """A goal whose expected day moves."""

    name: str
    href: str
    goal: str
    before: str
    after: str
    moves: str


@dataclass(frozen=True)
class Shown:
    """The answer as the page tells it."""

    findings: tuple[str, ...]
    certified: tuple[str, ...]
    moved: tuple[MovedLine, ...]
    more: int
    new: tuple[tuple[str, tuple[MovedLine, ...]], ...]
    question: tuple[tuple[str, str], ...]


@get(ADDRESS, opt=PAYROLL)
async def show_crew_what_if(request: AnyRequest) -> Response[str]:
    """Show what would change for a crew."""
    return await _answered(request, asked_form(request))


async def _answered(request: AnyRequest, form: Form, *, name_wrong: str = "") -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    today = now.date()
    crews = await crews_of(actor, as_of=today, now=now)
    if crews and form.text("program") not in ("", *(one.program for one in crews)):
        raise Missing("Nobody of your crew is in such a program.")
    crew = next((one for one in crews if one.program == form.text("program")), next(iter(crews), None))
    if crew is None:
        return page(request, "crew_what_if.html", form=None, shown=None, scenarios=(), here="/payroll")
    wages = await wages_of(crew)
    fields = crew_form(crews, crew, form, wages, today)
    answer, wrong = None, None
    try:
        asked = question_of(form, crew, wages, today)
        if asked is not None:
            answer = await crew_what_if(crew, asked, as_of=today)
    except Invalid as refusal:
        wrong = refusal
    return page(
        request,
        "crew_what_if.html",
        status=REFUSED if wrong or name_wrong else 200,
        charts=answer is not None,
        form=fields if wrong is None else _with(fields, wrong),
        shown=None if answer is None else _shown(answer, form),
        figure=None if answer is None else what_if_figure(answer),
        scenarios=await saved(actor),
        name_wrong=name_wrong,
        here="/payroll",
    )


def _with(fields: CrewForm, wrong: Invalid) -> CrewForm:
    return CrewForm(**{**vars(fields), "where": wrong.where, "what": str(wrong)})


def _shown(answer: CrewDifference, form: Form) -> Shown:
    return Shown(
        findings=_findings(answer),
        certified=answer.certified,
        moved=tuple(_line(one) for one in answer.moved[:SHOWN]),
        more=max(0, len(answer.moved) - SHOWN),
        new=_hires(answer.new),
        question=_pairs(form),
    )


def _hires(new: Sequence[Moved]) -> tuple[tuple[str, tuple[MovedLine, ...]], ...]:
    """By new hire, in the order of their numbers, what is foreseen of them, the first to come first."""
    last = date.max
    names = sorted({one.name for one in new}, key=lambda name: (len(name), name))
    ordered = sorted(new, key=lambda one: (one.after or last, one.goal))
    return tuple((name, tuple(_line(one) for one in ordered if one.name == name)) for name in names)


def _findings(answer: CrewDifference) -> tuple[str, ...]:
    today, then = answer.today, answer.then
    months = len(today.pay)
    done = [round(sum(side.completions)) for side in (today, then)]
    return (
        f"{finding(answer)}.",
        f"Raises in that time: {round(sum(then.raises))}, as things are {round(sum(today.raises))}.",
        f"Completions: {done[1]}, as things are {done[0]}."
        if any(done)
        else f"No completion can be foreseen within {months} months, either way.",
        *_ratio(answer),
    )


def _ratio(answer: CrewDifference) -> Iterator[str]:
    """Say what the registered ratio would ask for, where the program has one."""
    if answer.ratio is not None:
        apprentices, journeyworkers = answer.ratio
        now, then = (max(side) for side in zip(*answer.journeyworkers, strict=True))
        yield (
            f"Journeyworkers that the ratio of {apprentices} to {journeyworkers} asks for, at most: {then}, "
            f"as things are {now}."
        )


def _line(one: Moved) -> MovedLine:
    return MovedLine(
        name=one.name,
        href=person_address(one.person),
        goal=one.goal,
        before=_day(one.before),
        after=_day(one.after),
        moves=moved_words(one.before, one.after),
    )


def moved_words(before: date | None, after: date | None) -> str:
    """Say which way a day moves, and how far; nothing where one of the two is not foreseen."""
    if before is None or after is None or before == after:
        return ""
    days = words.counted(abs((after - before).days), "day")
    return f"{'earlier' if after < before else 'later'} by {days}"


def _day(day: date | None) -> str:
    return "not foreseen" if day is None else words.day(day)


@post(f"{ADDRESS}/saved", opt=PAYROLL, status_code=SEE_OTHER)
async def save_question(request: AnyRequest) -> Response[str]:
    """Keep a question under a name."""
    form = await read_form(request)
    try:
        await save(asking(request).actor, name=form.text("name"), question=_query(form), now=now_of(request))
    except Invalid as refusal:
        return await _answered(request, form, name_wrong=str(refusal))
    return see_other(f"{ADDRESS}?{_query(form)}")


def _query(form: Form) -> str:
    return urlencode(_pairs(form))


def _pairs(form: Form) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name in FIELDS for value in form.texts(name))


@post(f"{ADDRESS}/saved/{{scenario_id:uuid}}", opt=PAYROLL, status_code=SEE_OTHER)
async def forget_question(request: AnyRequest, scenario_id: FromPath[UUID]) -> Response[str]:
    """Throw a saved question away."""
    await throw_away(asking(request).actor, scenario_id)
    return see_other(ADDRESS)


HANDLERS = [show_crew_what_if, save_question, forget_question]
