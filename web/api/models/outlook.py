"""An employer's planning at a glance. Only those who may know wages get any of these."""

from typing import Annotated, Literal

from pydantic import Field

from web.api.models.people import Named
from web.api.models.standing import Earn, EarnHours, Until
from web.api.models.values import Answer, DayText

Count = Annotated[int, Field(ge=0)]
Thing = Earn | EarnHours | Until


class ToStep(Answer):
    """Somebody on the way to a wage step."""

    learner: Named
    program: str
    step: str = Field(description="The next step beyond the one reached.")


class NearRaise(ToStep):
    """A raise that comes by itself."""

    on: DayText
    by: Literal["time", "sign_off", "hours"] = Field(
        description="Time alone; what waits, signed off today; or hours at the pace of the last days."
    )


class OneAway(ToStep):
    """Somebody who lacks one thing for the next step."""

    action: Thing
    others: list[Thing] = Field(description="What would do as well.")
    handed_in: bool = Field(description="It waits for a sign-off already.")


class Stuck(Answer):
    """People who are stuck on the same thing, by name."""

    thing: str = Field(examples=["credential:nims-machining-1:jpbl", "hours:machinist:milling", "wait"])
    people: list[OneAway]


class Outlook(Answer):
    """Whose raise comes by itself within some days, the earliest first, and who is stuck on one thing."""

    as_of: DayText
    days: Count = Field(description="How far it looks ahead, and how far back for the pace of hours.")
    due: list[Named] = Field(description="Whose raise is to be decided.")
    near: list[NearRaise]
    stuck: list[Stuck]


class SignOffAsked(Answer):
    """One sign-off: of one person, or (`learner` is null) a session for everybody."""

    learner: Named | None
    item: str = Field(examples=["competency:nims-machining-1:chucking"])


class StepBrought(Answer):
    """What one person reaches by them: the next wage step, or completion."""

    learner: Named
    what: Literal["raise", "completion"]


class BestSignOffs(Answer):
    """The best of at most so many sign-offs or sessions."""

    most: Count
    signoffs: list[SignOffAsked]
    brings: list[StepBrought]
    proven: bool = Field(description="Nothing brings more; else see `bound`.")
    bound: Count = Field(description="Nothing brings more than this.")


class Bottleneck(Answer):
    """The few sign-offs that would bring the most raises and completions, for one, two and up to ten of them."""

    as_of: DayText
    by: Literal["person", "session"]
    best: list[BestSignOffs]
