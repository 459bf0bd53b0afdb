"""The monthly reports of one enrolment, read off the history of its evidence. Pure."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence.model import Evidence, EvidenceKind, Status
from apprenticeship.house_rules.reports import Report, due_on
from graph.dates import Span, add_months, suspended_days

THERE = frozenset({Status.SUBMITTED, Status.VERIFIED})


def reports_of(
    enrolment: Enrolment,
    history: Iterable[Evidence],
    *,
    due_day: int,
    on_since: date,
    excused: Collection[date],
    as_of: date,
) -> tuple[Report, ...]:
    """Return the reports that were due by a day, the first month first.

    A log is the hours of a month. It is asked for every whole month of an enrolment in which somebody was not suspended
    throughout. It is handed in on the day on which the last of its entries was first sent for sign-off; a correction
    afterwards changes nothing, a draft is not handed in. What somebody else wrote down, as an import does, is never the
    apprentice's delay.

    Args:
        enrolment: whose months they are.
        history: every row ever recorded about the person, in the order of recording.
        due_day: the last day, of the month after the one reported, that is on time.
        on_since: the first day on which the house rule held; what was due before is not asked for.
        excused: first days of the months that the sponsor let pass.
        as_of: what is due after this day is left out.
    """
    days = _handed_in(enrolment, history, due_day)
    return tuple(
        Report(month=month, due=due_on(month, due_day), handed_in=days.get(month), excused=month in excused)
        for month in _months(enrolment, as_of)
        if on_since <= due_on(month, due_day) <= as_of
    )


def _months(enrolment: Enrolment, as_of: date) -> Iterator[date]:
    """Give the first days of the whole months of an enrolment that have begun."""
    first = enrolment.registered.replace(day=1)
    month = first if first == enrolment.registered else add_months(first, 1)
    last = as_of if enrolment.ended is None else min(as_of, enrolment.ended - timedelta(days=1))
    pauses: list[Span] = [(one.since, one.until) for one in enrolment.suspended]
    while month <= last:
        following = add_months(month, 1)
        if suspended_days(pauses, month, following) < (following - month).days:
            yield month
        month = following


def _handed_in(enrolment: Enrolment, history: Iterable[Evidence], due_day: int) -> dict[date, date]:
    """Return by month when the last of its entries was first handed in."""
    chains: dict[int, list[Evidence]] = {}
    for row in history:
        if row.person == enrolment.person and row.fact.kind is EvidenceKind.HOURS:
            chains.setdefault(row.entry, []).append(row)
    found: dict[date, date] = {}
    for chain in chains.values():
        first = next((row for row in chain if row.status in THERE), None)
        if first is None:
            continue
        month = chain[-1].fact.happened_on.replace(day=1)
        day = first.recorded.date()
        if first.recorded_by != enrolment.person:
            day = min(day, due_on(month, due_day))
        found[month] = max(day, found.get(month, day))
    return found
