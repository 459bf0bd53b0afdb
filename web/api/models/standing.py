"""How somebody stands: the contract's answers of `evaluate` and `explain`."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from web.api.models.values import (
    Answer,
    DayText,
    Dollars,
    Hours,
    MomentText,
    Number,
    Reference,
    Rule,
)

CompetencyWord = Literal["met", "waived", "lapsed", "pending", "ready", "locked"]
CredentialWord = Literal["held", "expired", "waived", "pending", "in_progress", "ready", "locked"]


class Progress(Answer):
    """An exact fraction, and its percentage floored to one decimal."""

    fraction: str = Field(pattern=r"^[0-9]+/[0-9]+$", examples=["3/7"])
    percent: Number = Field(ge=0, le=100)


class CompetencyState(Answer):
    """How one competency stands, since when, and on which evidence."""

    state: CompetencyWord
    since: DayText | None
    by: list[str]
    out_of_order: bool


class CredentialState(Answer):
    """How one credential stands; `parts` says when each was passed."""

    state: CredentialWord
    since: DayText | None
    expires: DayText | None
    parts: dict[str, DayText | None]
    by: list[str]
    out_of_order: bool


class HoursState(Answer):
    """Approved hours in a work process, and how many of them count under its cap."""

    approved: Hours
    counted: Hours
    min: Hours = 0
    max: Hours = 0


class WageState(Answer):
    """The wage step by the rules: what it pays, and how far to the next one."""

    step: str | None
    percent: Number | None
    usd_per_hour: Dollars | None
    since: DayText | None
    next: str | None
    next_usd_per_hour: Dollars | None
    progress: Progress


class MoreOf(Answer):
    """So many more of these."""

    more: int = Field(ge=1)
    from_: list[Rule] = Field(alias="from")


class Until(Answer):
    """Nothing but time is missing; null where no day can be named."""

    wait_until: DayText | None


class Earn(Answer):
    """A credential, competency, course or score to earn."""

    earn: str = Field(pattern=r"^(credential|competency|course|score):.+$", examples=["credential:mms"])
    rating: int | None = None
    grade: str | None = None
    at_least: int | None = None


class EarnHours(Answer):
    """Hours still to work."""

    hours: Hours
    within: Reference = Field(alias="in")


class Explanation(Answer):
    """The proof of one requirement: a tree that mirrors it."""

    requirement: Rule
    clause: str | None = Field(description="Where the rule stands: FILE#path.")
    holds: bool
    progress: Progress
    since: DayText | None
    because: list[str] = Field(description="The smallest evidence that is enough.")
    missing: list[MoreOf | Until | Rule]
    members: list["Explanation"] = Field([], description="The same for each member of the requirement.")


class GoalExplanation(Explanation):
    """The proof of a goal, and a smallest set of things that makes it hold."""

    goal: str
    fix: list[Earn | EarnHours | Until] | None
    reason: str = Field("", description="Why nothing can make it hold.")


class Standing(Answer):
    """The contract's evaluate answer, for those who may not know wages."""

    as_of: DayText
    known_at: MomentText | None
    program: str
    person: UUID
    complete: bool
    progress: Progress
    competencies: dict[str, CompetencyState]
    credentials: dict[str, CredentialState]
    hours: dict[str, HoursState]
    completion: Explanation | None


class StandingWithWage(Standing):
    """The contract's evaluate answer, for those who may know wages."""

    wage: WageState | None


class ProgressPoint(Answer):
    """How far somebody was at the end of a day, and how far the plan was."""

    on: DayText
    done: Progress
    planned: Progress | None


class ProgressOverTime(Answer):
    """Progress on the day of registration, at each month end since, and today."""

    program: str
    points: list[ProgressPoint]
