"""Published standards: frameworks, programs and agreements in their versions."""

from typing import Literal

from web.api.models.values import Answer, DayText, Hash, MomentText


class PublishedVersion(Answer):
    """One version; it never changes, and `sha256` is the hash of its canonical JSON."""

    kind: Literal["framework", "program", "agreement"]
    id: str
    version: str
    title: str
    sha256: Hash
    effective_from: DayText | None
    effective_until: DayText | None
    published_at: MomentText
    href: str


class Publications(Answer):
    """The newest version of each."""

    standards: list[PublishedVersion]
