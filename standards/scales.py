"""What a score may be."""

from collections.abc import Sequence

from standards.documents import FrameworkDocument
from standards.reading import Document


def score_ranges(documents: Sequence[Document]) -> dict[str, tuple[int, int]]:
    """(lowest, highest) by score key, where a framework says so."""
    return {
        f"{document.model.id}:{score.id}": score.range
        for document in documents
        if isinstance(document.model, FrameworkDocument)
        for score in document.model.scores
        if score.range is not None
    }
