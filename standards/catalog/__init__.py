"""The standards that ship with Journeymark; what is not public is labelled sample data in the documents."""

from functools import cache
from pathlib import Path

from standards.reading import Document, read_bytes


def catalog_files() -> tuple[Path, ...]:
    """The shipped documents in the order of their names."""
    return tuple(sorted(Path(__file__).parent.glob("*.yaml")))


@cache
def load_catalog() -> tuple[Document, ...]:
    """Every shipped document, read once."""
    return tuple(d for path in catalog_files() for d in read_bytes(path.name, path.read_bytes()))
