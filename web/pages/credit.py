"""College credit of one learner as pages show it: by college, and in one line for the first page."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from apprenticeship.credit.model import AwardSet, CreditAnswer
from apprenticeship.credit.services import CollegeCredit, LearnerCredit, credit_of
from web import words
from web.pages import credit_words
from web.pages.asked import AnyRequest, now_of
from web.pages.credit_words import Line
from web.visitors import asking

NO_COLLEGE = "No college with an agreement is here yet. The published agreements show what others give."
NOTHING_YET = "No credit yet. Measurement, Materials and Safety is where most begin."


@dataclass(frozen=True)
class BestCollege:
    """The college that would give most. Credits in hundredths; `near`: how many more are within reach."""

    college: str
    credits: int
    share: Fraction
    near: int
    unit: str


@dataclass(frozen=True)
class CreditSummary:
    """One line about credit."""

    best: BestCollege | None
    why_none: str


@dataclass(frozen=True)
class CollegeSection:
    """One agreement on the page. Credits in hundredths of `unit` hours.

    `undecided`: what is earned beside, where the college decides how many credits it is. `granted`: what it has
    granted already.
    """

    id: str
    college: str
    program: str
    unit: str
    credits: int
    reach: int
    in_force: bool
    sample: bool
    here: bool
    size: int | None
    remaining: int | None
    residency: int
    earned_here: int
    counted_here: int
    given: tuple[Line, ...]
    near: tuple[Line, ...]
    left_out: tuple[Line, ...]
    limits: tuple[tuple[str, int, int, int], ...]
    following: str
    sure: str
    estimate: str
    undecided: str = ""
    agreement: UUID | None = None
    granted: int = 0

    @property
    def share(self) -> Fraction:
        """The share of the degree that is given; 0 where its size is not known."""
        return _share(self.credits, self.size)


async def credit_summary(request: AnyRequest, person: UUID) -> CreditSummary:
    """Sum up college credit: the college here that gives most, in semester hours."""
    found = await credit_of(asking(request).actor, person, now=now_of(request), partners_only=True)
    if not found.colleges:
        return CreditSummary(None, NO_COLLEGE)
    best = max(found.colleges, key=lambda one: (_comparable(one), one.reach))
    if not best.answer.credits and not best.reach:
        return CreditSummary(None, NOTHING_YET)
    answer = best.answer
    share = _share(answer.credits, answer.remaining.program)
    return CreditSummary(BestCollege(answer.college, answer.credits, share, best.reach, answer.unit), "")


def _share(given: int, size: int | None) -> Fraction:
    return min(Fraction(given, size), Fraction(1)) if size else Fraction(0)


def _comparable(college: CollegeCredit) -> Fraction:
    """Credits in semester hours: a quarter hour is two thirds of one."""
    worth = Fraction(college.answer.credits)
    return worth * Fraction(2, 3) if college.answer.unit == "quarter" else worth


def sections(credit: LearnerCredit) -> tuple[CollegeSection, ...]:
    """Show every agreement."""
    return tuple(section(credit, college) for college in credit.colleges)


def section(credit: LearnerCredit, college: CollegeCredit) -> CollegeSection:
    """Show one agreement."""
    answer = college.answer
    near = {one.left_out.award.id for one in college.near}
    return CollegeSection(
        id=answer.agreement,
        college=answer.college,
        program=answer.program,
        unit=answer.unit,
        credits=answer.credits,
        reach=college.reach,
        in_force=answer.in_force,
        sample=answer.sample,
        here=college.organisation is not None,
        size=answer.remaining.program,
        remaining=answer.remaining.credits,
        residency=answer.remaining.here,
        earned_here=answer.earned_here,
        counted_here=max(
            0,
            (answer.remaining.program or 0)
            - (answer.remaining.credits or 0)
            - answer.credits
            - _granted(answer),
        ),
        given=tuple(credit_words.given_line(credit, one) for one in answer.best.given),
        near=tuple(credit_words.near_line(credit, one) for one in college.near),
        left_out=tuple(
            credit_words.left_out_line(credit, college, one)
            for one in answer.left_out
            if one.award.id not in near
        ),
        limits=tuple(credit_words.limit_line(use) for use in answer.limits),
        following=_following(answer.next_best),
        sure=_sure(college),
        estimate=answer.estimate,
        undecided=credit_words.undecided_words(answer),
        agreement=college.standard.id,
        granted=_granted(answer),
    )


def _granted(answer: CreditAnswer) -> int:
    return sum(one.credits for one in answer.granted if one.agreement == answer.agreement)


def _following(following: AwardSet | None) -> str:
    if following is None:
        return ""
    courses = words.listed([given.award.course for given in following.given])
    return f"{words.credit_hours(following.credits)} credits: {courses}"


def _sure(college: CollegeCredit) -> str:
    search = college.answer.search
    if search.proven:
        return "No other set of awards gives more: proven."
    return (
        f"Not proven to be the most; no set of awards gives more than {words.credit_hours(search.at_most)}."
    )
