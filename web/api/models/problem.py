"""What is answered when something cannot be done: a problem document (RFC 9457)."""

from pydantic import Field

from web.api.models.values import Answer


class Place(Answer):
    """One place in what was sent, and what is wrong there."""

    where: str = Field(description="The field, as a path such as rows[0].rating.")
    what: str


class Problem(Answer):
    """Why a request was not carried out. Nothing was changed."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="One sentence for people.")
    errors: list[Place] = Field([], description="Each place where something is wrong.")
