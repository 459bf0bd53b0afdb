"""Degrees as they fill up, and what would be worth earning. Credits are in the unit of the degree or agreement."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from apprenticeship.degrees.model import Thing, Why
from standards.documents.degree import Level
from web.api.models.credit import Unit
from web.api.models.standing import Earn, EarnHours, MoreOf, Until
from web.api.models.values import Answer, DayText, Hours, Number, Rule


class DegreeSource(Answer):
    """A course passed at the college, or an award that its agreement gives."""

    course: str
    title: str
    credits: Number
    award: str | None
    evidence: list[str]


class DegreeCounted(DegreeSource):
    """One that counts in a group, and how much of it."""

    counts: Number


class DegreeSpare(DegreeSource):
    """One that counts nowhere in the degree."""

    why: Why


class OpenCourse(Answer):
    """A listed course that nothing stands for yet."""

    course: str
    title: str | None
    credits: Number


class DegreeGroup(Answer):
    """One group; `free` takes any credit of the college."""

    id: str
    title: str
    credits: Number
    filled: Number
    remaining: Number
    free: bool
    counted: list[DegreeCounted]
    open: list[OpenCourse]


class ResidencyAnswer(Answer):
    """What has to be earned at the college itself."""

    needed: Number
    earned: Number
    short: Number


class RequiredAnswer(Answer):
    """What a degree, or one that it contains, asks for besides credits."""

    degree: str
    holds: bool
    missing: list[MoreOf | Until | Rule]


class OneThingAnswer(Answer):
    """The one thing that would complete the degree."""

    thing: Thing
    credits: Number
    course: str | None
    missing: MoreOf | Until | Rule | None


class DegreeStanding(Answer):
    """How far one is with a degree; null where the college does not say how large it is."""

    degree: str
    college: str
    title: str
    level: Level
    unit: Unit
    sample: bool
    as_of: DayText
    agreement: str | None
    contains: list[str]
    stacks_on: list[str]
    complete: bool
    credits: Number | None
    filled: Number
    remaining: Number | None
    proven: bool
    groups: list[DegreeGroup]
    spare: list[DegreeSpare]
    residency: ResidencyAnswer
    required: list[RequiredAnswer]
    one_thing: OneThingAnswer | None
    estimate: str


class Degrees(Answer):
    """Every degree that one may ask about, by college, from the certificate upwards."""

    learner_id: UUID
    as_of: DayText
    degrees: list[DegreeStanding]


class WorthwhileAnswer(Answer):
    """One thing, or two that gain nothing alone, with the steps to it."""

    things: list[Rule]
    credits: Number
    hours: Hours
    usd: Number
    assumed: bool = Field(description="Some effort is not stated: 40 hours and 0 dollars were taken.")
    cheapest: bool = Field(description="It is proven that nothing cheaper leads there.")
    rate: float | None = Field(description="Credits for an hour or a dollar; null where it costs nothing.")
    steps: list[Earn | EarnHours | Until]


class WorthAnswer(Answer):
    """What would be worth earning, the best first: each gain is the difference of two answers."""

    learner_id: UUID
    agreement: str
    by: Literal["hours", "usd"]
    before: Number
    things: list[WorthwhileAnswer]
    pairs: list[WorthwhileAnswer]
    nothing_alone: list[Rule]
    unreachable: list[Rule]
    left_out: int
    pairs_tried: int
    pairs_left_out: int
    estimate: str
