"""Sites, placements and the ratio of apprentices to journeyworkers; leave to work alone."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from web.api.models.people import Named
from web.api.models.values import Answer, Asked, Day, DayText, Id, MomentText, Reference, Word, example

UNTIL = "The first day on which it is no longer so; null for an open end."


class SiteAnswer(Answer):
    """A place of work of an employer."""

    id: UUID
    employer_id: UUID
    name: str
    opened: DayText


class PlacementAnswer(Answer):
    """Who is at a site: an apprentice, or so many journeyworkers."""

    id: int
    site_id: UUID
    learner: Named | None
    journeyworkers: str | None = Field(description="Who they are, as the shop says it.")
    number: int
    since: DayText
    until: DayText | None = Field(description=UNTIL)


class LevelAnswer(Answer):
    """Days on which the same people count."""

    since: DayText
    until: DayText | None = Field(description=UNTIL)
    apprentices: int
    journeyworkers: int
    needed: int = Field(description="How many journeyworkers the registered ratio asks for.")
    holds: bool


class CauseAnswer(Answer):
    """Somebody who began or left on the first day of a breach."""

    who: str
    number: int
    change: Literal["begins", "leaves"]


class BreachAnswer(Answer):
    """Days in a row on which the ratio does not hold."""

    since: DayText
    until: DayText | None = Field(description=UNTIL)
    causes: list[CauseAnswer]
    journeyworkers_more: int = Field(description="The fewest journeyworkers more that mend it.")
    apprentices_elsewhere: int = Field(description="The fewest apprentices elsewhere that mend it.")
    eased_on: DayText | None = Field(
        description="When it would hold again, if everybody completes when the term is over."
    )


class SiteRatio(Answer):
    """One site over all its days."""

    site: SiteAnswer
    placements: list[PlacementAnswer]
    levels: list[LevelAnswer]
    breaches: list[BreachAnswer]


class RatioAnswer(Answer):
    """Every site that one plans, by name."""

    sites: list[SiteRatio]
    unplaced: list[Named] = Field(description="Apprentices of today whom no site has.")


class SiteAsked(Asked):
    """A site to open."""

    model_config = example(
        {"employer_id": "00000000-0000-4000-8000-000000000000", "name": "North shop", "opened": "2026-01-05"}
    )

    employer_id: Id
    name: Word
    opened: Day


class PlacementAsked(Asked):
    """Either an apprentice, or journeyworkers in words and number."""

    model_config = example({"journeyworkers": "Day shift", "number": 3, "since": "2026-11-20"})

    learner_id: Id | None = None
    journeyworkers: Word | None = None
    number: Annotated[int, Field(ge=1, le=10_000)] = 1
    since: Day
    until: Day | None = Field(None, description=UNTIL)


class EndAsked(Asked):
    """When a placement ends; the same day as it begins: it never counted."""

    model_config = example({"ends": "2026-11-20"})

    ends: Day = Field(description="The first day on which it is no longer so.")


class LackAnswer(Answer):
    """A competency that the record does not show."""

    competency: str
    title: str
    state: str


class ReleaseAnswer(Answer):
    """Leave to work alone."""

    id: int
    kind: Literal["competency", "work_process"]
    subject: str
    title: str
    since: DayText
    until: DayText | None = Field(description=UNTIL)
    holds: bool = Field(description="Whether it stands today and the record supports it.")
    lacks: list[LackAnswer] = Field(description="What the record does not show today.")
    because: list[str]
    released_at: MomentText
    released_by: UUID


class Releases(Answer):
    """What somebody may do alone, the latest first."""

    releases: list[ReleaseAnswer]


class ReleaseAsked(Asked):
    """Leave to work alone on a competency or a work process, from a day on."""

    model_config = example(
        {"kind": "competency", "subject": "nims-machining-1:nowhere", "since": "2026-11-20"}
    )

    kind: Literal["competency", "work_process"]
    subject: Reference
    since: Day


class ReleaseEndAsked(Asked):
    """Taking leave to work alone back, from today on."""

    model_config = example({})
