"""Roster checks for programs: asked for, and read once they are worked out; for registrars."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from apprenticeship.credit.answers import number
from apprenticeship.credit_rosters import services
from apprenticeship.credit_rosters.model import AgreementLine, CheckState, LearnerRow, RosterCheck
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from apprenticeship.roster.reading import RosterTable
from web.access import Whose, asks
from web.api.models.roster_checks import (
    RosterAgreement,
    RosterCheckAnswer,
    RosterCheckAsked,
    RosterLearner,
    RosterLimit,
    RosterUnfound,
)
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.visitors import asking

CHECKING = asks(Action.DECIDE_CREDIT, Whose.THEIRS)
CREDIT = ["College credit"]
PART = 500
After = Annotated[
    int,
    QueryParameter(
        ge=0, le=1_000_000, description="How many learners to pass over; `next` of the part before."
    ),
]


@post(
    "/roster-checks",
    opt=CHECKING,
    operation_id="startRosterCheck",
    tags=CREDIT,
    status_code=HTTPStatus.ACCEPTED,
    responses=changing(),
)
async def check_roster(
    request: AnyRequest, data: JSONBody[RosterCheckAsked], idempotency_key: IdempotencyKey = None
) -> Response[Any]:
    """Work out what the college's agreements give today to everybody whom it may see, or to those of a list.

    It is kept for thirty days for whoever asked; every learner sees that the college looked.
    """
    actor, now = asking(request).actor, now_of(request)

    async def work() -> RosterCheckAnswer:
        college = data.college_id or await _only_college(request)
        return _answer(await services.start(actor, college, _table(data), now=now), (), 0)

    return await carried_out(
        request, idempotency_key, data.model_dump(mode="json"), work, status=HTTPStatus.ACCEPTED
    )


async def _only_college(request: AnyRequest) -> UUID:
    colleges = await services.colleges_of(asking(request).actor, now=now_of(request))
    if len(colleges) != 1:
        raise Invalid("Say for which college: you are a registrar of several.", where="college_id")
    return colleges[0].id


def _table(data: RosterCheckAsked) -> RosterTable | None:
    if data.numbers is None:
        return None
    rows = tuple((place, (one.strip(),)) for place, one in enumerate(data.numbers, start=2))
    return RosterTable(("number",), rows)


@get(
    "/roster-checks/{roster_check_id:uuid}",
    opt=CHECKING,
    operation_id="readRosterCheck",
    tags=CREDIT,
    responses=reading(),
)
async def read_roster_check(
    request: AnyRequest, roster_check_id: FromPath[UUID], after: After = 0
) -> RosterCheckAnswer:
    """Say how far a check is and, once it is done, what it came to: five hundred learners at a time."""
    actor, now = asking(request).actor, now_of(request)
    check = await services.check_of(actor, roster_check_id, now=now)
    rows: tuple[LearnerRow, ...] = ()
    if check.state is CheckState.DONE:
        rows = await services.learner_rows(actor, roster_check_id, now=now, first=after, limit=PART)
    return _answer(check, rows, after)


def _answer(check: RosterCheck, rows: tuple[LearnerRow, ...], after: int) -> RosterCheckAnswer:
    further = after + len(rows)
    return RosterCheckAnswer(
        id=check.id,
        state=check.state.value,
        as_of=check.as_of.isoformat(),
        people=check.people,
        done=check.done,
        unfound=[RosterUnfound(row=one.row, said=one.said, why=one.why) for one in check.unfound],
        learners=[_learner(row) for row in rows],
        next=further if rows and further < check.people else None,
    )


def _learner(row: LearnerRow) -> RosterLearner:
    return RosterLearner(
        learner_id=row.person,
        name=row.name,
        number=row.number,
        agreements=[_agreement(line) for line in row.lines],
        questions=list(row.questions),
    )


def _agreement(line: AgreementLine) -> RosterAgreement:
    return RosterAgreement.model_validate(
        {
            "agreement_id": line.agreement,
            "unit": line.unit,
            "credits": number(line.credits),
            "granted": number(line.granted),
            "courses": list(line.courses),
            "limits": [
                RosterLimit(name=one.name, allowed=number(one.allowed), used=number(one.used))
                for one in line.limits
            ],
        }
    )


HANDLERS: list[Any] = [check_roster, read_roster_check]
