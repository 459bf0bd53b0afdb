"""The rules of credit for previous experience: the same for every applicant. Pure.

Apprenticeship standards of objectives as the federal agency prints them, with 29 CFR 29.5(b)(12): a claim is made at
application with documents; the amount is decided before the end of probation; the apprentice is advanced to the wage
of the period reached; the agency is told within 45 days; at least six months on the job remain, whatever is credited.
29 CFR 29.5(b)(8): probation is not more than a quarter of the term or one year, whichever is shorter.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from apprenticeship.advanced.model import Hours, ProbationEnd
from apprenticeship.people.model import Stretch
from apprenticeship.refusals import Invalid
from apprenticeship.texts import check_text
from graph.dates import months_reached
from graph.world import Program, WorkProcess

TELL_WITHIN = timedelta(days=45)
MONTHS_LEFT = 6
YEAR = 12
SIX_MONTHS = 1_000 * 60
"""Six months on the job in minutes where the program does not say how long its term is: half of 2,000 hours a year."""
EARLIEST = date(1990, 1, 1)
"""Before this an application is a slip of the pen."""
MOST_DOCUMENTS = 20
LONGEST_DOCUMENT = 300
LONGEST_REASON = 4_000


def remaining(minimum: int, exempt: int) -> int:
    """Return what is still asked of a minimum after a credit; never less than nothing.

    The published case, of prior learning on an apprenticeship in England: a minimum of 509 hours, 10 exempt, leaves
    499 (Bud, "Prior learning and planned hours").
    """
    return max(0, minimum - exempt)


def probation_end(
    program: Program, registered: date, suspended: Sequence[Stretch], worked: Mapping[date, int]
) -> ProbationEnd:
    """Return the first day after probation: the earliest of what the program registers and what the law allows.

    `worked` are approved minutes on the job by day, without credit.
    """
    pauses = [(pause.since, pause.until) for pause in suspended]
    longest = YEAR if program.term_months is None else min(YEAR, program.term_months // 4) or 1
    found = [
        (months_reached(registered, longest, pauses), f"{longest} months, the longest that the law allows")
    ]
    if program.probation_months is not None:
        months = program.probation_months
        found.append((months_reached(registered, months, pauses), f"{months} months of probation"))
    if program.probation_minutes is not None:
        hours = f"{program.probation_minutes / 60:,g} hours of probation on the job"
        found.append((_day_after(worked, program.probation_minutes), hours))
    return min((ProbationEnd(day, why) for day, why in found if day is not None), key=lambda one: one.day)


def _day_after(worked: Mapping[date, int], minutes: int) -> date | None:
    """Return the day after the one on which so many minutes are there."""
    total = 0
    for day, of_day in sorted(worked.items()):
        total += of_day
        if total >= minutes:
            return day + timedelta(days=1)
    return None


def term_minutes(program: Program) -> int:
    """Return the least time on the job as registered: the term, else the sum of the work processes, else its months.

    A program that states months alone is taken at 2,000 hours a year.
    """
    hours = program.term_minutes or sum(one.minimum or 0 for one in program.work_processes)
    return hours or (program.term_months or 0) * SIX_MONTHS // MONTHS_LEFT


def most(program: Program) -> int:
    """Return the most minutes that may be credited, so that six months on the job remain."""
    term = term_minutes(program)
    months = program.term_months
    left = -(-term * MONTHS_LEFT // months) if months else SIX_MONTHS
    return max(0, term - left)


def most_in(process: WorkProcess) -> int | None:
    """Return the most that counts in a work process: hours above its maximum count nowhere; None without a bound."""
    return process.maximum if process.maximum is not None else process.minimum


def check_claim(
    program: Program, asked: Hours, documents: Sequence[str], *, applied_on: date, registered: date
) -> None:
    """Go on only with a claim that can be looked at.

    Raises:
        Invalid: it came after registration or before 1990, without documents or hours, or for work that the program
            does not have.
    """
    if applied_on < EARLIEST:
        said = f"Give the day of the application, from {EARLIEST} to the registration on {registered}."
        raise Invalid(said, where="applied_on")
    if applied_on > registered:
        said = f"Credit is claimed at application; registration was on {registered}."
        raise Invalid(said, where="applied_on")
    if not documents:
        raise Invalid("Name the documents that show it, one a line.", where="documents")
    if len(documents) > MOST_DOCUMENTS:
        raise Invalid(f"At most {MOST_DOCUMENTS} documents.", where="documents")
    for document in documents:
        check_text(document, longest=LONGEST_DOCUMENT, where="documents")
    _check_hours(program, asked)
    if not sum(asked.values()):
        raise Invalid("Say how many hours in at least one work process.", where="hours")


def _check_hours(program: Program, hours: Hours) -> None:
    known = {one.key.rpartition(":")[2]: one for one in program.work_processes}
    for name, minutes in hours.items():
        if name not in known:
            raise Invalid(f"The program has no work process {name!r}.", where="hours")
        bound = most_in(known[name])
        if minutes < 0 or (bound is not None and minutes > bound):
            title = known[name].title or name
            raise Invalid(f"{title}: from 0 to {(bound or 0) / 60:,g} hours count.", where=f"hours-{name}")


def check_grant(
    program: Program, asked: Hours, granted: Hours, reason: str, *, decided_on: date, end: ProbationEnd
) -> None:
    """Go on only with a decision that the rules allow.

    Raises:
        Invalid: more is granted than was claimed or than the rules allow, probation is over, or nothing says why.
    """
    if not reason.strip():
        raise Invalid(
            "Say why; the apprentice reads it, and the next applicant is treated by it.", where="reason"
        )
    check_text(reason, longest=LONGEST_REASON, where="reason")
    _check_hours(program, granted)
    for name, minutes in granted.items():
        if minutes > asked.get(name, 0):
            said = f"Only {asked.get(name, 0) / 60:,g} hours were claimed here."
            raise Invalid(said, where=f"hours-{name}")
    total = sum(granted.values())
    if total > most(program):
        hours = f"{most(program) / 60:,g} hours"
        said = f"At most {hours} in all: at least six months on the job remain, whatever is credited."
        raise Invalid(said, where="hours")
    if total and decided_on >= end.day:
        raise Invalid(over_words(end), where="hours")


def over_words(end: ProbationEnd) -> str:
    """Say that nothing can be granted any more."""
    return f"Credit is decided before probation ends; it ended on {end.day} ({end.why})."
