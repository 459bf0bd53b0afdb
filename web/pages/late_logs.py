"""Late logs of one person in words: on the page where a raise is decided, and on the apprentice's own."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from apprenticeship.house_rules.bounds import Bound, House, bound_of
from apprenticeship.house_rules.excuses import ExcuseWord, Said, excused_months, open_asks
from apprenticeship.house_rules.excusing import ask_excuse, judge_excuse
from apprenticeship.house_rules.houses import house_of
from apprenticeship.house_rules.reports import Report
from apprenticeship.house_rules.telling import rule_words
from apprenticeship.house_rules.wording import said_month
from apprenticeship.standing.model import Standing
from apprenticeship.views_people import names_of
from web import words
from web.forms import Form
from web.pages.asked import AnyRequest, now_of
from web.visitors import asking

SAID = {
    Said.ASKED: "asked to be excused",
    Said.EXCUSED: "excused it",
    Said.REFUSED: "did not excuse it",
}


@dataclass(frozen=True)
class LateLine:
    """One late log: when it was due and came, and what was said about it, the first word first."""

    month: date
    name: str
    text: str
    look: words.Look
    said: list[str]
    excused: bool
    asked: bool


@dataclass(frozen=True)
class LateLogsPart:
    """What a page shows of house rules about one raise; `bound` is None where no raise is reached."""

    rule: str
    lines: list[LateLine]
    bound: Bound | None
    limit: int | None


async def late_logs_part(standing: Standing) -> LateLogsPart:
    """Tell which logs were late and from when a raise that is reached may be paid."""
    house = await house_of(standing.enrolment, today=standing.as_of)
    reached = standing.step_asked
    bound = bound_of(house, standing, reached.key) if reached is not None and standing.raise_reached else None
    names = await names_of(one.said_by for one in house.said)
    return LateLogsPart(
        rule="" if house.rules.late_logs is None else rule_words(house.rules.late_logs),
        lines=[_line(house, one, names) for one in reversed(house.reports) if _was_late(one, house)],
        bound=bound,
        limit=house.rules.second_approval_above_cents,
    )


def _was_late(report: Report, house: House) -> bool:
    return bool(replace(report, excused=False).days_late(house.today))


def _line(house: House, report: Report, names: dict[UUID, str]) -> LateLine:
    excused = report.month in excused_months(house.said)
    said = [one for one in house.said if one.month == report.month]
    late = words.counted(replace(report, excused=False).days_late(house.today), "day")
    came = "not handed in" if report.handed_in is None else f"handed in {words.day(report.handed_in)}"
    look = words.Look("done", "Excused") if excused else words.Look("back", "Late")
    return LateLine(
        month=report.month,
        name=said_month(report.month),
        text=f"due {words.day(report.due)}, {came}, {late} late{' so far' if report.handed_in is None else ''}",
        look=look,
        said=[_said(one, names) for one in said],
        excused=excused,
        asked=report.month in {one.month for one in open_asks(said)},
    )


def _said(word: ExcuseWord, names: dict[UUID, str]) -> str:
    why = f": {word.reason}" if word.reason else ". The reason was erased."
    return f"{words.day(word.said_at)}: {names.get(word.said_by, 'Somebody')} {SAID[word.kind]}{why}"


async def appeal(request: AnyRequest, form: Form) -> None:
    """Ask the sponsor to let a late log of one's own pass, as a form says.

    Raises:
        Invalid: the form does not hold together.
    """
    actor = asking(request).actor
    await ask_excuse(
        actor,
        actor.person,
        program=form.text("program"),
        month=form.day("month", "The month"),
        reason=form.text("reason"),
        now=now_of(request),
    )


async def excuse(request: AnyRequest, person: UUID, form: Form) -> str:
    """Let a late log pass or refuse to, as a form says, and return which: excused or refused.

    Raises:
        Invalid: the form does not hold together.
    """
    excused = form.text("then") != "refuse"
    await judge_excuse(
        asking(request).actor,
        person,
        program=form.text("program"),
        month=form.day("month", "The month"),
        excused=excused,
        reason=form.text("reason"),
        now=now_of(request),
    )
    return "excused" if excused else "refused"
