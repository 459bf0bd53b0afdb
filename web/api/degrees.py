"""Degrees and what would be worth earning: read only, for the learner and for registrars with leave."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import get
from litestar.params import FromPath, QueryParameter

from apprenticeship.degrees.answers import degree_answer_data, worth_answer
from apprenticeship.degrees.services import degrees_of, worth_of
from apprenticeship.policy import Action
from graph.pricing import Minimise
from standards.answers import Labels
from web.access import Whose, asks
from web.api.models.degrees import Degrees, DegreeStanding, WorthAnswer
from web.api.models.values import TEXT
from web.api.moments import AsOf
from web.api.operations import AnyRequest, reading
from web.pages.asked import now_of
from web.visitors import asking

READING = asks(Action.READ_CREDIT, Whose.LEARNER)
CREDIT = ["College credit"]
By = Annotated[Literal["hours", "usd"], QueryParameter(description="What a gain is divided by.")]
Degree = Annotated[
    str | None,
    QueryParameter(
        pattern=TEXT, min_length=1, max_length=200, description="Count only what fills this degree."
    ),
]


@get(
    "/learners/{learner_id:uuid}/degrees",
    opt=READING,
    operation_id="readDegrees",
    tags=CREDIT,
    responses=reading(),
)
async def read_degrees(request: AnyRequest, learner_id: FromPath[UUID], as_of: AsOf = None) -> Degrees:
    """Say how far each degree is filled, by what, and what remains. A look by a college is kept."""
    found = await degrees_of(asking(request).actor, learner_id, now=now_of(request), as_of=as_of)
    labels = Labels(found.credit.world)
    return Degrees(
        learner_id=found.credit.person.id,
        as_of=found.credit.as_of.isoformat(),
        degrees=[DegreeStanding.model_validate(degree_answer_data(one, labels)) for one in found.degrees],
    )


@get(
    "/learners/{learner_id:uuid}/credit/{agreement_id:str}/worth",
    opt=READING,
    operation_id="readWorth",
    tags=CREDIT,
    responses=reading(),
)
async def read_worth(  # noqa: PLR0917 - what an operation takes is named in the address
    request: AnyRequest,
    learner_id: FromPath[UUID],
    agreement_id: FromPath[str],
    by: By = "hours",
    degree: Degree = None,
    as_of: AsOf = None,
) -> WorthAnswer:
    """Say what would be worth earning for an agreement, ranked by credits for an hour or a dollar.

    Prerequisites that are missing are steps of their own, and counted in. A look by a college is kept.
    """
    credit, worth = await worth_of(
        asking(request).actor,
        learner_id,
        agreement_id,
        degree=degree,
        by=Minimise(by),
        now=now_of(request),
        as_of=as_of,
    )
    said = worth_answer(worth, Labels(credit.world))
    return WorthAnswer.model_validate({"learner_id": learner_id, "agreement": agreement_id, **said})


HANDLERS: list[Any] = [read_degrees, read_worth]
