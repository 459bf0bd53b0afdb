"""Evidence between the database and the contract: entries as answers, claims as facts."""

from datetime import date
from typing import Any

from apprenticeship.evidence.model import Evidence, EvidenceKind, Fact, entry_key
from standards.answers import hours_number
from standards.naming import bare
from web.api.models.evidence import (
    Claim,
    CompetencyClaim,
    CourseClaim,
    CredentialClaim,
    EvidenceEntry,
    HoursClaim,
    ScoreClaim,
)


def entry(row: Evidence) -> EvidenceEntry:
    """Write one row as the contract writes evidence; keys that do not apply are left out."""
    fact = row.fact
    said: dict[str, Any] = {
        "id": row.key,
        "row": row.id,
        **_about(fact),
        "result": fact.result,
        "on": _iso(fact.happened_on),
        "until": _iso(fact.until),
        "by": fact.attested_by,
        "note": row.note,
        "recorded": row.recorded.isoformat(),
        "recorded_by": row.recorded_by,
    }
    given = {key: value for key, value in said.items() if value is not None}
    return EvidenceEntry.model_validate({**given, "status": row.status and row.status.value})


def _about(fact: Fact) -> dict[str, Any]:
    match fact.kind:
        case EvidenceKind.WAIVER:
            said: dict[str, Any] = {"waiver": {str(fact.waives): fact.subject}}
        case EvidenceKind.REVOCATION:
            said = {"revokes": entry_key(fact.revokes or 0)}
        case EvidenceKind.HOURS:
            said = {}
        case _:
            said = {fact.kind.value: fact.subject}
    return {
        **said,
        "part": fact.part,
        "rating": fact.rating,
        "college": fact.college,
        "credits": None if fact.credits is None else fact.credits / 100,
        "grade": fact.grade,
        "value": fact.score,
        "hours": None if fact.minutes is None else hours_number(fact.minutes),
        "in": fact.work_process,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def kind_of(claim: Claim) -> tuple[str, str | None]:
    """Which kind of item a claim names, and how; hours name none."""
    match claim:
        case CompetencyClaim():
            return "competency", claim.competency
        case CredentialClaim():
            return "credential", claim.credential
        case CourseClaim():
            return "course", claim.course
        case ScoreClaim():
            return "score", claim.score
    return "hours", None


def as_asked(where: str, kind: str) -> str:
    """Name a field of a fact as claims of a kind name it."""
    names = {
        "happened_on": "on",
        "minutes": "hours",
        "work_process": "in",
        "attested_by": "by",
        "score": "value",
    }
    return kind if where == "subject" else names.get(where, where)


def fact(claim: Claim, subject: str | None) -> Fact:
    """Read a claim as a fact about the item with the key `subject`."""
    common: dict[str, Any] = {
        "kind": EvidenceKind(kind_of(claim)[0]),
        "happened_on": claim.on,
        "subject": subject,
        "attested_by": claim.by,
    }
    match claim:
        case CompetencyClaim():
            return Fact(**common, rating=claim.rating, result=claim.result)
        case CredentialClaim():
            return Fact(**common, part=claim.part, result=claim.result)
        case HoursClaim():
            return Fact(**common, minutes=claim.hours, work_process=bare(claim.within))
        case CourseClaim():
            return Fact(
                **common,
                college=claim.college,
                credits=claim.credits,
                grade=claim.grade,
                result=claim.result,
                minutes=claim.hours,
                work_process=claim.within,
            )
        case ScoreClaim():
            return Fact(**common, score=claim.value)
    raise TypeError(type(claim).__name__)
