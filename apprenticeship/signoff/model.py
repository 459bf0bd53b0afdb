from dataclasses import dataclass

from apprenticeship.evidence.model import Evidence


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One piece of evidence in a mentor's queue.

    Attributes:
        name: whose it is.
    """

    evidence: Evidence
    name: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What an assessor says about one row.

    Attributes:
        row: the row that was looked at; when it no longer stands, nothing is decided.
        rating: the assessor's rating of a competency; None keeps what was claimed.
    """

    row: int
    rating: int | None = None
