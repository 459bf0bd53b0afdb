"""Imports of rosters: what a file would do, what is wrong with it, how far it has come."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from apprenticeship.roster.model import JobState
from web.api.models.values import Answer, Asked, Hash, Hours, MomentText, example


class ImportFinding(Answer):
    """What is wrong in one cell, and what would be right."""

    row: int = Field(ge=1, description="As a spreadsheet counts: 1 is the heading.")
    column: str = Field(description="Its heading; empty for the whole row.")
    what: str
    right: str


class ImportAnswer(Answer):
    """A file on its way into the records."""

    id: UUID
    organisation_id: UUID
    file_name: str
    file_sha256: Hash
    state: JobState
    keep: Literal["good", "all"] | None = Field(description="Null while it is only checked.")
    rows_total: int
    rows_done: int
    rows_changed: int
    rows_unchanged: int
    rows_refused: int
    created_at: MomentText
    finished_at: MomentText | None


class ImportSummary(Answer):
    """What the good rows speak of."""

    people: int
    enrolments: int
    credentials: int
    hours: Hours


class ImportDetail(ImportAnswer):
    """A file with what it would do and what is wrong with it (the first few hundred findings)."""

    summary: ImportSummary
    findings: list[ImportFinding]


class Imports(Answer):
    """The imports of one's organisations, the newest first in each."""

    imports: list[ImportAnswer]


class ImportDecision(Asked):
    """Which rows to import: the good ones, or all of them or none."""

    model_config = example({"keep": "good"})

    keep: Literal["good", "all"]
