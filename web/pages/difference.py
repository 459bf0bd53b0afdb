"""Two standings beside each other in words: what stays is left out, and what is most asked for comes first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apprenticeship.credit.change import CreditChange
from apprenticeship.standing.model import Standing
from graph.edges import Place
from graph.evaluating import DONE, Evaluation, WageAnswer
from graph.requirement import OJL
from graph.supposing import Difference, Turn
from standards.documents.agreement import AwardEntry
from standards.documents.award_rows import table_of
from web import words
from web.pages import standings
from web.pages.addresses import item_address
from web.rules import item_title, step_title, within_words

SAME = "the same"
OTHERWISE = "Only what is listed here would change."
MOST_TURNS = 120


@dataclass(frozen=True)
class Line:
    """One thing today and then."""

    what: str
    today: str
    then: str

    @property
    def same(self) -> bool:
        """Whether nothing changes here."""
        return self.then == SAME


@dataclass(frozen=True)
class TurnShown:
    """One item whose state would be another."""

    name: str
    href: str
    today: words.Look
    then: words.Look


@dataclass(frozen=True)
class DifferenceShown:
    """What a supposition changes, as the page shows it.

    Attributes:
        day: the day supposed; empty for today.
        findings: the answer in short sentences.
        turns: the items, the more important changes first; `more`: how many are not shown.
    """

    day: str
    findings: tuple[str, ...]
    lines: tuple[Line, ...]
    turns: tuple[TurnShown, ...]
    more: int
    out_of_order: tuple[str, ...]


def difference_shown(
    standing: Standing, difference: Difference, credit: Sequence[CreditChange], *, base: str, wages: bool
) -> DifferenceShown:
    """Tell a difference; wages only where they may be known."""
    before, after = difference.before, difference.after
    lines = [_line("To journeyworker", words.percent(before.progress), words.percent(after.progress))]
    lines += _wages(standing, before, after) if wages else []
    lines += _hours(difference)
    lines += _credit(credit)
    turns = sorted(difference.turns, key=_weight)
    return DifferenceShown(
        day=words.day(after.as_of) if after.as_of != before.as_of else "",
        findings=tuple(_findings(standing, difference, credit, wages=wages)) or (OTHERWISE,),
        lines=tuple(lines),
        turns=tuple(_turn(difference, turn, base) for turn in turns[:MOST_TURNS]),
        more=max(0, len(turns) - MOST_TURNS),
        out_of_order=tuple(item_title(before.world, *item) for item in difference.out_of_order),
    )


def _findings(
    standing: Standing, difference: Difference, credit: Sequence[CreditChange], *, wages: bool
) -> Iterator[str]:
    before, after = difference.before, difference.after
    if after.complete and not before.complete:
        yield "Everything the program asks for would be there: the sponsor could certify."
    was, now = before.wage, after.wage
    if wages and was is not None and now is not None and was.step != now.step:
        yield f"The wage step by the rules would be {_step(standing, now)}."
    if after.progress != before.progress:
        yield f"{words.percent(after.progress)} to journeyworker instead of {words.percent(before.progress)}."
    if difference.done:
        yield f"{words.sentence(words.counted(len(difference.done), 'item'))} more done."
    if difference.opened:
        yield f"{words.sentence(words.counted(len(difference.opened), 'item'))} more could be started."
    if difference.lost:
        yield f"{words.sentence(words.counted(len(difference.lost), 'item'))} no longer done."
    gained = [change for change in credit if change.credits > change.before.credits]
    for change in gained[:1]:
        more = words.credit_hours(change.credits - change.before.credits)
        yield f"{more} more {'credit' if more == '1' else 'credits'} at {change.before.college}."
    if difference.nothing and not any(change.gained or change.lost for change in credit):
        yield "Nothing would change."


def _line(what: str, today: str, then: str) -> Line:
    return Line(what, today, SAME if today == then else then)


def _wages(standing: Standing, before: Evaluation, after: Evaluation) -> list[Line]:
    was, now = before.wage, after.wage
    if was is None or now is None:
        return []
    return [
        _line("Wage step by the rules", _step(standing, was), _step(standing, now)),
        _line("Next raise", _next(standing, was), _next(standing, now)),
    ]


def _step(standing: Standing, wage: WageAnswer) -> str:
    if wage.step is None:
        return "none yet"
    return f"{_step_name(standing, wage.step)}{_pay(wage.cents)}"


def _next(standing: Standing, wage: WageAnswer) -> str:
    if wage.next is None:
        return "none, this is the last step"
    return (
        f"{_step_name(standing, wage.next)}{_pay(wage.next_cents)}, {words.percent(wage.progress)} of the way"
    )


def _step_name(standing: Standing, key: str) -> str:
    steps = standing.program.steps
    position = [step.key for step in steps].index(key)
    return step_title(steps[position], position)


def _pay(cents: int | None) -> str:
    return "" if cents is None else f" at {words.money(cents)} an hour"


def _hours(difference: Difference) -> Iterator[Line]:
    """Hours that count, by work process; the sum of all stands last."""
    world = difference.before.world
    for key, was, now in difference.hours:
        what = "Hours on the job, together" if key == OJL else f"Hours {within_words(world, key)}"
        over = f" ({words.hours(now.approved)} approved)" if now.approved != now.counted else ""
        yield Line(what, words.hours(was.counted), f"{words.hours(now.counted)}{over}")


def _credit(credit: Sequence[CreditChange]) -> Iterator[Line]:
    for change in credit:
        if not change.gained and not change.lost:
            continue
        said = [
            f"{verb} {words.listed([award.course for award in awards])}"
            for verb, awards in (("with", change.gained), ("without", _gone(change)))
            if awards
        ]
        today, then = (
            f"{words.credit_hours(hundredths)} {change.before.unit} credits"
            for hundredths in (change.before.credits, change.credits)
        )
        college = f"Credit at {change.before.college}, an estimate"
        yield Line(college, today, ", ".join([then, *said]))


def _gone(change: CreditChange) -> list[AwardEntry]:
    """Awards that are given and would not be; a row of a table that another row replaces is not gone."""
    replaced = {table_of(award) for award in change.gained} - {None}
    return [award for award in change.lost if table_of(award) not in replaced]


def _turn(difference: Difference, turn: Turn, base: str) -> TurnShown:
    kind, key = turn.item
    return TurnShown(
        name=item_title(difference.before.world, kind, key),
        href=item_address(base, kind, key),
        today=standings.look_of(difference.before, turn.item),
        then=standings.look_of(difference.after, turn.item),
    )


def _weight(turn: Turn) -> tuple[bool, bool, Place]:
    """Done first, then lost, then the rest."""
    return (turn.after not in DONE, turn.before not in DONE, turn.item)
