"""College credit of one learner, for themselves and for colleges that may see them."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from apprenticeship.credit.answers import credit_answer, number
from apprenticeship.credit.services import CollegeCredit, LearnerCredit, credit_of
from apprenticeship.policy import Action
from apprenticeship.refusals import Missing
from standards.answers import Labels
from web.access import Whose, asks
from web.api.models.credit import AgreementCredit, Credit
from web.api.moments import AsOf
from web.api.operations import AnyRequest, reading
from web.pages.asked import now_of
from web.visitors import asking

READING = asks(Action.READ_CREDIT, Whose.LEARNER)
CREDIT = ["College credit"]


@get(
    "/learners/{learner_id:uuid}/credit",
    opt=READING,
    operation_id="readCredit",
    tags=CREDIT,
    responses=reading(),
)
async def read_credit(request: AnyRequest, learner_id: FromPath[UUID], as_of: AsOf = None) -> Credit:
    """Say what each agreement gives: awards with their evidence, and a reason for each award left out.

    Learners see every agreement, registrars those of their own college. Each look by a college is kept and shown
    to the learner.
    """
    found = await credit_of(asking(request).actor, learner_id, now=now_of(request), as_of=as_of)
    return Credit(
        learner_id=found.person.id,
        as_of=found.as_of.isoformat(),
        agreements=[_agreement(found, one) for one in found.colleges],
    )


@get(
    "/learners/{learner_id:uuid}/credit/{agreement_id:str}",
    opt=READING,
    operation_id="readAgreementCredit",
    tags=CREDIT,
    responses=reading(),
)
async def read_agreement_credit(
    request: AnyRequest, learner_id: FromPath[UUID], agreement_id: FromPath[str], as_of: AsOf = None
) -> AgreementCredit:
    """Say what one agreement gives. This is the answer of `journeymark articulate`."""
    found = await credit_of(asking(request).actor, learner_id, now=now_of(request), as_of=as_of)
    for one in found.colleges:
        if one.standard.key == agreement_id:
            return _agreement(found, one)
    raise Missing("No such agreement.")


def _agreement(found: LearnerCredit, one: CollegeCredit) -> AgreementCredit:
    said: dict[str, Any] = credit_answer(one.answer, Labels(found.world))
    more = {
        "sha256": one.standard.sha256,
        "college_id": None if one.organisation is None else one.organisation.id,
        "reach": number(one.reach),
    }
    return AgreementCredit.model_validate({**said, **more})


HANDLERS: list[Any] = [read_credit, read_agreement_credit]
