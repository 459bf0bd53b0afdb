"""What a request and a decision about it have to hold together. Pure: rows in, a refusal out."""

from collections.abc import Collection, Iterable
from datetime import date

from apprenticeship.credit.granted import Granted
from apprenticeship.credit_decisions.model import CreditRequest, RequestLine, Ruling, State, Verdict
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.texts import check_text

LONGEST_REASON = 4_000
LONGEST_COURSE = 200
MOST_CREDITS = 30_000  # hundredths: more than any degree has


def check_reason(reason: str, *, needed: bool, where: str) -> None:
    """Go on only with a reason that can be kept, and with one where it is needed.

    Raises:
        Invalid: it is missing, too long or no text.
    """
    if needed and not reason.strip():
        raise Invalid("Say why; the learner reads it.", where=where)
    check_text(reason, longest=LONGEST_REASON, where=where)


def check_ruling(
    request: CreditRequest, ruling: Ruling, *, evidence: Collection[str], today: date
) -> RequestLine:
    """Return the line that a ruling is about; go on only where the ruling holds together.

    Args:
        request: as it stands.
        ruling: what the registrar decides.
        evidence: the pieces of evidence that the learner has.
        today: the day of deciding.

    Raises:
        Invalid: it does not; the field named carries the award, as `reason-AWARD`.
        AlreadyDecided: somebody else decided in the meantime.
    """
    line = request.line(ruling.award)
    if line is None:
        raise Invalid(f"There is no award {ruling.award!r} in this request.", where="award")
    made = [one for one in request.decisions if one.award == ruling.award]
    if len(made) != ruling.after:
        raise AlreadyDecided("Somebody else decided about this in the meantime; nothing was changed.")
    check_reason(ruling.reason, needed=needs_reason(line, ruling), where=f"reason-{line.award}")
    _check_override(line, ruling, today)
    _check_granted(line, ruling)
    unknown = sorted(set(ruling.evidence or ()) - set(evidence))
    if unknown:
        raise Invalid(f"The learner has no evidence {unknown[0]}.", where=f"evidence-{line.award}")
    return line


def check_once(request: CreditRequest, line: RequestLine, ruling: Ruling, granted: Iterable[Granted]) -> None:
    """Go on only where the college has not granted the same by another request: credit is given once.

    Raises:
        Invalid: it has.
    """
    if ruling.verdict is Verdict.REFUSED:
        return
    course = line.course if ruling.course is None else ruling.course
    for one in granted:
        if one.is_again(request.agreement_key, line.award, line.one_of, course):
            raise Invalid(
                f"{one.course} was granted before, by decision {one.decision}; credit is given once.",
                where=f"verdict-{line.award}",
            )


def needs_reason(line: RequestLine, ruling: Ruling) -> bool:
    """Whether a ruling is more than a yes to what the rules say."""
    return ruling.verdict is not Verdict.ACCEPTED or ruling.override is not None or not line.given


def _check_override(line: RequestLine, ruling: Ruling, today: date) -> None:
    where = f"override-{line.award}"
    if ruling.verdict is Verdict.REFUSED:
        if ruling.override or ruling.override_until:
            raise Invalid("What is refused needs no exception.", where=where)
        return
    if not line.given and line.up_to is None and ruling.override is None:
        raise Invalid("The rules do not give this: say by which exception the college does.", where=where)
    if ruling.override_until is not None and ruling.override is None:
        raise Invalid("Only an exception has an end.", where=f"until-{line.award}")
    if ruling.override_until is not None and ruling.override_until <= today:
        raise Invalid("The end of the exception lies ahead: a day after today.", where=f"until-{line.award}")


def _check_granted(line: RequestLine, ruling: Ruling) -> None:
    if ruling.verdict is Verdict.REFUSED:
        return
    credits_ = line.credits if ruling.credits is None else ruling.credits
    where = f"credits-{line.award}"
    if not 0 < credits_ <= MOST_CREDITS:
        raise Invalid("Say how many credits, more than 0 and at most 300.", where=where)
    if line.up_to is not None and credits_ > line.up_to and ruling.override is None:
        raise Invalid(f"The agreement gives at most {line.up_to / 100:g} credits for this.", where=where)
    course = line.course if ruling.course is None else ruling.course
    if not course.strip():
        raise Invalid("Say for which course.", where=f"course-{line.award}")
    check_text(course, longest=LONGEST_COURSE, where=f"course-{line.award}")
    if ruling.verdict is Verdict.ACCEPTED and (credits_ != line.credits or course.strip() != line.course):
        raise Invalid("Other credits or another course is a change: decide it as one.", where=where)


def check_open(request: CreditRequest, rulings: Collection[Ruling]) -> None:
    """Go on only with a request that can be decided.

    Raises:
        Invalid: nothing was decided, or one award twice.
        AlreadyDecided: it was taken back.
    """
    if request.state is State.WITHDRAWN:
        raise AlreadyDecided("This request was taken back; nothing was changed.")
    if not rulings:
        raise Invalid("Decide at least one award.", where="form")
    if len({one.award for one in rulings}) != len(rulings):
        raise Invalid("Decide each award once.", where="form")
