"""Requests for credit and what the college decided: what stands is worked out from the rows, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from apprenticeship.credit.granted import Granted


class Verdict(StrEnum):
    """What was decided about an award."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REFUSED = "refused"


class Override(StrEnum):
    """Why an award is given that the rules do not give."""

    SUBSTITUTE = "substitute"  # other evidence stands for what is asked
    WAIVE = "waive"  # a condition, window or limit is set aside
    FORCE = "force"  # by decision alone


class State(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    DECIDED = "decided"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class Said(StrEnum):
    """What the learner said of a request."""

    APPEAL = "appeal"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """One award of the frozen answer.

    Attributes:
        given: whether the rules give it.
        credits: hundredths of the agreement's unit; `up_to` where only a ceiling is published.
        evidence: the pieces that it rests on; empty where it is not given.
    """

    award: str
    one_of: str | None
    course: str
    title: str
    credits: int
    up_to: int | None
    group: str | None
    given: bool
    evidence: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CreditDecision:
    """One decision about one award. It is never changed; the next one about the award stands in its place.

    Attributes:
        turn: how many decisions about the award there were before.
        override_until: the day from which an override counts no more; None for no end.
        credits: hundredths granted; 0 where it is refused.
        course: the course that it stands for.
        evidence: the pieces that it rests on, as the college sees it.
        reason: why; None for a plain yes, and where it was erased.
    """

    id: int
    request: int
    award: str
    turn: int
    verdict: Verdict
    override: Override | None
    override_until: date | None
    credits: int
    course: str
    evidence: tuple[str, ...]
    decided_at: datetime
    decided_by: UUID
    reason: str | None

    def counts_on(self, day: date) -> bool:
        """Whether credit is granted by this on a day."""
        over = self.override_until is not None and self.override_until <= day
        return self.verdict is not Verdict.REFUSED and not over


@dataclass(frozen=True, kw_only=True)
class Statement:
    """An appeal or a withdrawal; `text` is None where it was erased."""

    id: int
    request: int
    kind: Said
    said_at: datetime
    said_by: UUID
    text: str | None


@dataclass(frozen=True, kw_only=True)
class CreditRequest:
    """What somebody asked a college for, with the answer of the rules as it was then and all that was decided.

    Attributes:
        agreement: the published version, and `agreement_key` what its versions have in common.
        as_of: the day of the request; `evidence_up_to`, `standards` and `granted` are what the answer rests on.
        answer: the answer as plain data; `answer_sha256` its hash.
        decisions: in the order of deciding.
    """

    id: int
    person: UUID
    college: UUID
    agreement: UUID
    agreement_key: str
    asked_at: datetime
    as_of: date
    evidence_up_to: int
    standards: tuple[UUID, ...]
    standards_sha256: str
    granted: tuple[Granted, ...]
    lines: tuple[RequestLine, ...]
    answer: Any
    answer_sha256: str
    decisions: tuple[CreditDecision, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def state(self) -> State:
        """Where it stands."""
        if any(one.kind is Said.WITHDRAWAL for one in self.statements):
            return State.WITHDRAWN
        appeals = [one.said_at for one in self.statements if one.kind is Said.APPEAL]
        decided = [one.decided_at for one in self.decisions]
        if appeals and max(appeals) >= max(decided):
            return State.APPEALED
        standing = {one.award for one in self.decisions}
        asked = {line.award for line in self.lines if line.given}
        return State.DECIDED if asked <= standing and standing else State.WAITING

    @property
    def is_open(self) -> bool:
        """Whether the college has something to decide."""
        return self.state in {State.WAITING, State.APPEALED}

    def line(self, award: str) -> RequestLine | None:
        """Return the line of an award."""
        return next((line for line in self.lines if line.award == award), None)

    def standing(self, award: str, *, on: date | None = None) -> CreditDecision | None:
        """Return the decision that stands about an award, of those up to a day; None while it waits."""
        made = [one for one in self.decisions if one.award == award]
        return next((one for one in reversed(made) if on is None or one.decided_at.date() <= on), None)

    def granted_on(self, day: date) -> tuple[Granted, ...]:
        """Return the credit that is granted on a day."""
        if self.state is State.WITHDRAWN:
            return ()
        found = ((line, self.standing(line.award, on=day)) for line in self.lines)
        return tuple(
            _granted(self, line, one) for line, one in found if one is not None and one.counts_on(day)
        )


def _granted(request: CreditRequest, line: RequestLine, decision: CreditDecision) -> Granted:
    return Granted(
        decision=decision.id,
        agreement=request.agreement_key,
        award=line.award,
        one_of=line.one_of,
        course=decision.course,
        title=line.title,
        credits=decision.credits,
        group=line.group,
        evidence=decision.evidence,
    )


def granted_by(requests: Sequence[CreditRequest], college: UUID, day: date) -> tuple[Granted, ...]:
    """Return all that one college has granted by a day, the oldest decision first."""
    found = [one for request in requests if request.college == college for one in request.granted_on(day)]
    return tuple(sorted(found, key=lambda one: one.decision))


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a registrar decides about one award; `after` is how many decisions about it they had seen.

    Attributes:
        credits: hundredths; None leaves those of the award.
        course: None leaves that of the award.
        evidence: None leaves what the rules took.
    """

    award: str
    verdict: Verdict
    after: int = 0
    credits: int | None = None
    course: str | None = None
    evidence: tuple[str, ...] | None = None
    override: Override | None = None
    override_until: date | None = None
    reason: str = ""
