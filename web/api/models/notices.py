"""What is new for somebody."""

from pydantic import Field

from apprenticeship.notices.model import Happened
from web.api.models.people import Named
from web.api.models.values import Answer, DayText, MomentText


class NoticeAnswer(Answer):
    """One thing that happened; several alike of one day and person are one."""

    happened: Happened
    at: MomentText
    learner: Named = Field(description="The apprentice that it is about.")
    by: str = Field(description="The name of who did it.")
    count: int = Field(ge=1, description="How many there are of it.")
    step: str | None = Field(description="The title of the wage step, where it is about one.")
    day: DayText | None = Field(description="The day from which or until which it holds.")
    text: str = Field(description="The same in words.")
    new: bool = Field(description="Whether it has not been marked as read.")


class Notices(Answer):
    """What happened in the last 90 days that has to do with the asker, the latest first."""

    notices: list[NoticeAnswer]
