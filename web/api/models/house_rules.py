"""House rules of a sponsor, and the late logs of somebody whom they are about."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from web.api.models.people import Named
from web.api.models.values import (
    Answer,
    Asked,
    Day,
    DayText,
    Dollars,
    Id,
    Identifier,
    MomentText,
    Note,
    example,
)

LateLogKind = Literal["month_per_report", "months_after_grace", "day_per_day"]
EveryText = Literal["week", "fortnight", "half_month", "month"]
PaidFromText = Literal["reached", "next_period"]


class LateLogRule(Answer):
    """What a late log of hours costs."""

    kind: LateLogKind
    due_day: int = Field(description="The last day, of the month after the one reported, that is on time.")


class PayPeriodAnswer(Answer):
    """When pay periods begin."""

    every: EveryText
    anchor: DayText = Field(description="A day on which one begins.")


class MinimumWageAnswer(Answer):
    """A legal minimum from a day on."""

    since: DayText
    usd_per_hour: Dollars


class HouseRulesAnswer(Answer):
    """House rules; null and empty are off."""

    late_logs: LateLogRule | None
    objection_days: int | None
    second_approval_above_usd: Dollars | None
    paid_from: PaidFromText
    pay_period: PayPeriodAnswer | None
    minimum_wages: list[MinimumWageAnswer]


class RulesVersionAnswer(Answer):
    """House rules as somebody entered them; never changed, the next version follows."""

    id: int
    organisation_id: UUID
    since: DayText
    entered_at: MomentText
    entered_by: UUID
    rules: HouseRulesAnswer


class OrganisationRules(Answer):
    """The house rules of one organisation: those in force today, and every version in the order of entering."""

    organisation: Named
    in_force: HouseRulesAnswer
    versions: list[RulesVersionAnswer]


class HouseRulesList(Answer):
    """The organisations whose house rules one sets."""

    organisations: list[OrganisationRules]


class LateLogRuleAsked(Asked):
    """What a late log of hours is to cost."""

    kind: LateLogKind
    due_day: Annotated[int, Field(ge=1, le=28)]


class PayPeriodAsked(Asked):
    """When pay periods begin."""

    every: EveryText
    anchor: Day


class MinimumWageAsked(Asked):
    """A legal minimum from a day on."""

    since: Day
    usd_per_hour: Dollars


class HouseRulesAsked(Asked):
    """House rules from a day on; what is left out is off."""

    model_config = example(
        {
            "organisation_id": "6aaee1fa-dd57-4e91-94d8-6f7cf57b99ec",
            "since": "2026-12-01",
            "late_logs": {"kind": "day_per_day", "due_day": 10},
            "second_approval_above_usd": "5.00",
        }
    )

    organisation_id: Id
    since: Day
    late_logs: LateLogRuleAsked | None = None
    objection_days: Annotated[int, Field(ge=1, le=365)] | None = None
    second_approval_above_usd: Dollars | None = None
    paid_from: PaidFromText = "reached"
    pay_period: PayPeriodAsked | None = None
    minimum_wages: Annotated[tuple[MinimumWageAsked, ...], Field(max_length=50, strict=False)] = ()


class ExcuseAnswer(Answer):
    """One thing that was said about a late log."""

    id: int
    month: DayText = Field(description="The first day of the month.")
    kind: Literal["asked", "excused", "refused"]
    said_at: MomentText
    said_by: UUID
    reason: str | None


class LogAnswer(Answer):
    """The hours of one month, as they were handed in."""

    month: DayText = Field(description="The first day of the month.")
    due: DayText
    handed_in: DayText | None
    days_late: int = Field(description="Up to the day on which it came, or so far; 0 where it is excused.")
    excused: bool


class LateLogs(Answer):
    """The logs that the sponsor's house rules ask for, and from when a raise that is reached may be paid."""

    program: str
    rule: LateLogRule | None
    logs: list[LogAnswer]
    said: list[ExcuseAnswer]
    paid_from: DayText | None = Field(description="The earliest day; null where no raise is reached.")
    why: str | None = Field(description="Why it is not the day on which the raise was reached.")


class AppealAsked(Asked):
    """Why a late log is to be excused."""

    model_config = example({"program": "machinist", "month": "2026-10-01", "reason": "I was ill."})

    program: Identifier
    month: Day = Field(description="Any day of the month.")
    reason: Note


class ExcuseAsked(Asked):
    """Whether a late log is excused, and why."""

    model_config = example(
        {"program": "machinist", "month": "2026-10-01", "excused": True, "reason": "Seen the note."}
    )

    program: Identifier
    month: Day = Field(description="Any day of the month.")
    excused: bool
    reason: Note
