"""Findings about what wage steps pay: wages that do not rise, disagree, or lie under the minimum wage."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from graph.evaluating import cents_of
from graph.world import Program
from standards.documents import ProgramDocument
from standards.documents.program import RateEntry, StepEntry, Wages
from standards.problems import Complaint, Path
from standards.reading import Document

Said = tuple[str, Path, str, str]
Pay = Callable[[int, date], int | None]
"""Cents an hour of the step at a place of the schedule on a day; None where nothing says what it pays."""

PERIODS = 10
"""Form ETA 671 has room for so many."""


def wage_findings(
    document: Document, model: ProgramDocument, program: Program, minimum_wages: Sequence[RateEntry]
) -> Iterator[Complaint]:
    """All findings about the pay of one program's steps.

    Args:
        document: where it is written.
        model: the same, read.
        program: the same, compiled.
        minimum_wages: the least that the law lets anybody be paid, each from a day on.
    """
    wages = model.program.wages
    if wages is None:
        return

    def pay(at: int, day: date) -> int | None:
        return cents_of(program, program.steps[at].key, day)

    for code, path, what, right in _said(wages, pay, minimum_wages):
        yield code, document.source.problem(("program", "wages", "steps", *path), what, right)


def _said(wages: Wages, pay: Pay, minimum_wages: Sequence[RateEntry]) -> Iterator[Said]:
    for at, step in enumerate(wages.steps):
        yield from _incomplete(at, step)
        yield from _disagreement(wages, at, step)
        yield from _fall(wages, at, pay)
        yield from _under_minimum(wages, at, pay, minimum_wages)
    if len(wages.steps) > PERIODS:
        what = f"{len(wages.steps)} periods, and the federal form (ETA 671) has room for {PERIODS}"
        yield "more-than-ten-periods", (PERIODS,), what, f"join steps until there are {PERIODS}"


def _incomplete(at: int, step: StepEntry) -> Iterator[Said]:
    if at == 0 and step.when is not None:
        yield "first-step-rule", (at, "when"), "the first step needs nothing", "leave when out"
    if at and step.when is None:
        yield "step-without-rule", (at,), f"the step {step.id} has no rule", "add when:"
    if step.percent is None and step.usd_per_hour is None:
        what = f"the step {step.id} has no wage"
        yield "step-without-wage", (at,), what, "add percent: or usd_per_hour:"


def _disagreement(wages: Wages, at: int, step: StepEntry) -> Iterator[Said]:
    """Dollars beside a percentage stay as they are while the journey rate moves on."""
    if step.percent is None or step.usd_per_hour is None:
        return
    for rate in sorted(wages.journey_rate, key=lambda rate: rate.from_):
        by_percent = (rate.usd_per_hour * step.percent + 5000) // 10000
        if by_percent != step.usd_per_hour:
            what = f"{step.percent / 100:g} % of the journey rate of {rate.from_} is ${by_percent / 100:.2f}"
            right = "make them agree" if len(wages.journey_rate) == 1 else "make them agree, or leave one out"
            yield "dollars-and-percent-disagree", (at, "usd_per_hour"), what, right
            return


def _fall(wages: Wages, at: int, pay: Pay) -> Iterator[Said]:
    """29 CFR 29.5(b)(5): a progressive schedule. What is written is compared first, then what it comes to."""
    step, earlier = wages.steps[at], wages.steps[:at]
    right = "put steps in rising order"
    fell = False
    for field in ("percent", "usd_per_hour"):
        now = getattr(step, field)
        then = next((got for one in reversed(earlier) if (got := getattr(one, field)) is not None), None)
        if now is not None and then is not None and now <= then:
            fell = True
            yield "wage-does-not-rise", (at, field), f"{field} {now / 100:g} after {then / 100:g}", right
    if not at or fell:
        return
    for day in _days(wages.journey_rate):
        paid, before = pay(at, day), pay(at - 1, day)
        if paid is not None and before is not None and paid <= before:
            what = f"${paid / 100:.2f} an hour after ${before / 100:.2f} on {day}"
            yield "wage-does-not-rise", (at, _stated(step)), what, right
            return


def _under_minimum(wages: Wages, at: int, pay: Pay, minimum_wages: Sequence[RateEntry]) -> Iterator[Said]:
    """29 CFR 29.5(b)(5): no entry wage under the minimum wage of the FLSA, or a higher one by law."""
    for day in _days(wages.journey_rate, minimum_wages):
        paid = pay(at, day)
        least = max((one for one in minimum_wages if one.from_ <= day), key=_since, default=None)
        if paid is not None and least is not None and paid < least.usd_per_hour:
            lawful = f"${least.usd_per_hour / 100:.2f}"
            what = f"${paid / 100:.2f} an hour on {day}, under the minimum wage of {lawful}"
            yield "wage-under-minimum", (at, _stated(wages.steps[at])), what, f"pay {lawful} or more"
            return


def _stated(step: StepEntry) -> str:
    """Dollars decide where both are stated."""
    return "percent" if step.usd_per_hour is None else "usd_per_hour"


def _days(*rates: Sequence[RateEntry]) -> list[date]:
    """The days from which on something else is paid or asked for."""
    return sorted({rate.from_ for found in rates for rate in found})


def _since(rate: RateEntry) -> date:
    return rate.from_
