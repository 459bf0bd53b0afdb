"""Published standards: frameworks, programs, agreements and degrees in their versions."""

from typing import Literal

from pydantic import Field

from web.api.models.values import Answer, DayText, Hash, MomentText


class PublishedVersion(Answer):
    """One version; it never changes, and `sha256` is the hash of its canonical JSON."""

    kind: Literal["framework", "program", "agreement", "degree"]
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


class ItemMeasure(Answer):
    """One item in the graph of prerequisites; what each number means stands with `journeymark metrics`."""

    blocking: int = Field(ge=0, description="Items that come after it, directly or further on.")
    delay: int = Field(ge=1, description="Items on the longest path through it.")
    centrality: int | None = Field(description="The lengths of all paths through it; null beyond 300 digits.")
    complexity: int = Field(ge=1, description="Blocking and delay together.")
    prerequisites: int = Field(ge=0, description="Items that it names.")
    opens: int = Field(ge=0, description="Items that name it.")
    gates: int = Field(ge=0, description="Items that cannot be reached without it.")
    behind: int = Field(ge=0, description="Items to which every path leads through it.")
    gateway: str | None = Field(description="The last item before it through which every path to it leads.")


class MeasureTotals(Answer):
    """All items together."""

    items: int = Field(ge=0)
    edges: int = Field(ge=0)
    blocking: int = Field(ge=0)
    delay: int = Field(ge=0)
    centrality: int | None
    complexity: int = Field(ge=0)


class FrameworkMetrics(Answer):
    """The answer of `journeymark metrics`; items in lists are written `credential:mms`."""

    competencies: dict[str, ItemMeasure]
    credentials: dict[str, ItemMeasure]
    totals: MeasureTotals
    longest_path: list[str]
    bottlenecks: list[str]
    gateways: list[str]
