"""Everybody in a program: the answer of `journeymark cohort`, and looks that take a while."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from web.api.models.values import Answer, Asked, Day, DayText, Rule, example

Count = Annotated[int, Field(ge=0)]


class Band(Answer):
    """People from one share of the way, in percent, to another; who is complete stands in the last."""

    from_: int = Field(alias="from")
    until: int
    people: Count


class StepReached(Answer):
    """For how many a wage step is the highest reached; `step` is null for who is before the first."""

    step: str | None
    title: str
    people: Count


class OneThing(Answer):
    """What alone would bring how many to completion or to the next wage step."""

    goal: str = Field(examples=["completion", "step:s2"])
    asks: Rule
    people: Count


class Bottleneck(Answer):
    """An item that is not done and locks another, and for how many."""

    competency: str | None = None
    credential: str | None = None
    title: str
    people: Count


class ItemDone(Answer):
    """How many have done an item."""

    competency: str | None = None
    credential: str | None = None
    title: str
    done: Count


class MonthOfCompletions(Answer):
    """How many are expected to complete in a month."""

    month: str = Field(examples=["2027-05"])
    people: Count


class Expected(Answer):
    """Expected completions, and by which method."""

    method: str
    months: list[MonthOfCompletions]
    within_a_year: Count
    too_early: Count = Field(description="Of whom nothing can be said yet.")


class Gain(Answer):
    """Who would gain."""

    complete: Count
    nearer: Count


class Lose(Answer):
    """Who would lose."""

    complete: Count
    further: Count


class StepChanged(Answer):
    """How many would stand on another wage step; null for before the first."""

    from_: str | None = Field(alias="from")
    to: str | None
    people: Count


class ItemChanged(Answer):
    """How many would have done an item, and how many no longer."""

    competency: str | None = None
    credential: str | None = None
    title: str
    done_then: Count
    no_longer_done: Count


class CohortStanding(Answer):
    """How far people are."""

    people: Count
    complete: Count
    stuck: Count = Field(description="Who can begin nothing of what completion still asks for.")
    progress: list[Band]
    steps: list[StepReached]


class Candidate(CohortStanding):
    """The same people by other standards, and what would change."""

    gain: Gain
    lose: Lose
    would_be_stuck: Count
    no_longer_stuck: Count
    unchanged: Count
    steps_changed: list[StepChanged]
    items_changed: list[ItemChanged]


class Cohort(CohortStanding):
    """People of a program as of a day; of `one_thing` and `bottlenecks` the twenty with most people."""

    program: str
    as_of: DayText
    one_thing: list[OneThing]
    bottlenecks: list[Bottleneck]
    items: list[ItemDone]
    expected: Expected
    candidate: Candidate | None


class LookAnswer(Answer):
    """A look at everybody; `cohort` is there once `state` is done."""

    look: UUID
    state: Literal["running", "done", "failed"]
    people: Count = Field(description="Looked at so far.")
    ranges_done: Count
    ranges_total: Count | None = Field(description="Null before everybody is split into ranges.")
    cohort: Cohort | None


class LookAsked(Asked):
    """What to look at."""

    model_config = example({"by": "newest", "as_of": "2026-11-21"})

    as_of: Day | None = Field(default=None, description="What was true on this day; default today (UTC).")
    by: Literal["own", "newest", "draft"] = Field(
        default="own",
        description="By people's own standards; beside them by what is published newest; or by `documents`.",
    )
    documents: list[dict[str, Any]] = Field(
        default=[], max_length=20, description="Frameworks and programs of a draft, as `publish` takes them."
    )
