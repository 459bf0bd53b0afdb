"""Somebody's evidence: what stands, the history of one entry, and handing in."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.evidence.model import entry_key, entry_of
from apprenticeship.evidence.services import entry_history, hand_in, record_of
from apprenticeship.evidence.subjects import subject_of
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid, Missing
from web.access import Whose, asks
from web.api.entries import as_asked, entry, fact, kind_of
from web.api.models.evidence import EvidenceClaim, EvidenceEntry, EvidenceList
from web.api.models.values import LARGEST_ROW
from web.api.moments import KnownAt, moment
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.visitors import asking

READING = asks(Action.READ_RECORD, Whose.LEARNER)
EVIDENCE = ["Evidence"]


@get(
    "/learners/{learner_id:uuid}/evidence",
    opt=READING,
    operation_id="listEvidence",
    tags=EVIDENCE,
    responses=reading(),
)
async def list_evidence(
    request: AnyRequest, learner_id: FromPath[UUID], known_at: KnownAt = None
) -> EvidenceList:
    """List what stands in somebody's record, or stood there as it was known at a moment."""
    rows = await record_of(asking(request).actor, learner_id, now=now_of(request), known_at=moment(known_at))
    return EvidenceList(evidence=[entry(row) for row in rows])


@get(
    "/learners/{learner_id:uuid}/evidence/{evidence_id:str}",
    opt=READING,
    operation_id="readEvidence",
    tags=EVIDENCE,
    responses=reading(),
)
async def read_evidence(
    request: AnyRequest, learner_id: FromPath[UUID], evidence_id: FromPath[str]
) -> EvidenceList:
    """Show one piece of evidence with everything that became of it, the oldest row first."""
    rows = await entry_history(asking(request).actor, _entry(evidence_id), now=now_of(request))
    if rows[0].person != learner_id:
        raise Missing("No such evidence.")
    return EvidenceList(evidence=[entry(row) for row in rows])


def _entry(key: str) -> int:
    try:
        number = entry_of(key)
    except ValueError:
        raise Missing("No such evidence.") from None
    if entry_key(number) != key or number > LARGEST_ROW:
        raise Missing("No such evidence.")
    return number


@post(
    "/learners/{learner_id:uuid}/evidence",
    opt=asks(Action.HAND_IN, Whose.LEARNER),
    operation_id="handInEvidence",
    tags=EVIDENCE,
    status_code=201,
    responses=changing(),
)
async def hand_in_evidence(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[EvidenceClaim],
    idempotency_key: IdempotencyKey = None,
) -> Response[EvidenceEntry]:
    """Hand in evidence of one's own, or log hours, and send it for sign-off. Mentors see it at once."""
    claim = data.root

    async def work() -> EvidenceEntry:
        kind, named = kind_of(claim)
        subject = None if named is None else await subject_of(learner_id, kind, named)
        actor, now = asking(request).actor, now_of(request)
        try:
            added = await hand_in(actor, fact(claim, subject), note=claim.note, now=now, draft=claim.draft)
        except Invalid as refusal:
            raise Invalid(str(refusal), where=as_asked(refusal.where, kind)) from None
        return entry(added)

    command = {"body": claim.model_dump(mode="json", by_alias=True, exclude_unset=True)}
    return await carried_out(request, idempotency_key, command, work, status=201)


HANDLERS: list[Any] = [list_evidence, read_evidence, hand_in_evidence]
