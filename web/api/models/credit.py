"""College credit: the answer of `journeymark articulate` for each agreement."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from apprenticeship.credit.model import Hint, Reason
from web.api.models.standing import MoreOf, Progress, Until
from web.api.models.values import Answer, DayText, Hash, MomentText, Number, Rule

Unit = Literal["semester", "quarter"]


class CreditAward(Answer):
    """One award of an agreement. Credits are in the agreement's unit."""

    id: str
    course: str | None
    title: str | None
    credits: Number
    group: str | None


class CourseCredit(Answer):
    """One of several courses that an award stands for."""

    course: str
    title: str
    credits: Number


class AwardGiven(CreditAward):
    """An award that is given, and the evidence that it uses; `courses` where it is several."""

    evidence: list[str]
    earned_on: DayText | None
    conditions: list[str]
    fee: str | None
    courses: list[CourseCredit] = Field([])


class AwardLeftOut(CreditAward):
    """An award that is not given, and why; only what the reason speaks of is there."""

    reason: Reason
    also: list[Reason] = Field([])
    missing: list[MoreOf | Until | Rule] = Field([])
    hint: Hint | None = None
    evidence: list[str] = Field([])
    over_on: DayText | None = None
    awards: list[str] = Field([])
    limits: list[str] = Field([])
    credits_short: Number = 0
    up_to: Number = Field(0, description="Only this ceiling is published; the college decides how many.")


class AwardUse(Answer):
    """An award with the evidence that it would use."""

    id: str
    evidence: list[str]


class GrantedCredit(Answer):
    """Credit that the college has granted before; it is not counted again."""

    id: str
    award: str
    course: str
    title: str
    credits: Number
    evidence: list[str]


class NextBest(Answer):
    """The next best set of awards."""

    credits: Number
    pieces: int
    awards: list[AwardUse]


class LimitAnswer(Answer):
    """How much of a limit is used."""

    allowed: Number
    used: Number
    left: Number
    share: Progress


class RemainingAnswer(Answer):
    """What remains to the degree; null where the agreement does not say how large it is."""

    program: Number | None
    credits: Number | None
    here: Number


class SearchAnswer(Answer):
    """How sure the answer is: proven, or no set gives more than `at_most`."""

    proven: bool
    bounded: bool
    at_most: Number


class AgreementCredit(Answer):
    """What one agreement gives: an estimate until the college decides."""

    agreement: str
    version: str
    sha256: Hash
    college: str
    college_id: UUID | None = Field(description="The college, where it is one of those that use this server.")
    program: str
    sample: bool
    as_of: DayText
    known_at: MomentText | None
    in_force: bool
    unit: Unit
    credits: Number
    semester: Number = 0
    quarter: Number = 0
    fee_usd: Number = Field(0, description="What the fees that are stated in dollars come to.")
    pieces: int
    awards: list[AwardGiven]
    left_out: list[AwardLeftOut]
    next_best: NextBest | None
    limits: dict[str, LimitAnswer]
    granted: list[GrantedCredit] = Field([])
    earned_here: Number
    remaining: RemainingAnswer
    search: SearchAnswer
    estimate: str
    reach: Number = Field(description="Credits that the awards one more thing away would add.")


class Credit(Answer):
    """What the agreements that one may ask give, the most credit first."""

    learner_id: UUID
    as_of: DayText
    agreements: list[AgreementCredit]
