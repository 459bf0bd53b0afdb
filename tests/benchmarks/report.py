"""`docs/performance.md`: each part's table between two marks, put there by a run, never by hand."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.measuring import HEADINGS, Figure

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
LIBRARIES = (
    "numpy",
    "networkx",
    "rustworkx",
    "polars",
    "highspy",
    "pydantic",
    "pyyaml",
    "litestar",
    "piccolo",
    "celery",
)
END = "<!-- end -->"


def setting() -> str:
    """What it was measured on: nothing that names the machine, everything that explains a number."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    machine = f"{os.cpu_count()} CPUs, {platform.machine()}, {platform.system()}"
    return f"{machine}; Python {platform.python_version()}; {libraries}"


def write(part: str, figures: Sequence[Figure], page: Path = PAGE) -> None:
    """Replace the table of one part.

    Raises:
        ValueError: the page has no place for it.
    """
    before = page.read_text(encoding="utf-8")
    marked = re.compile(rf"({re.escape(mark(part))}\n).*?({re.escape(END)})", re.DOTALL)
    if not marked.search(before):
        raise ValueError(f"{page.name}: nothing is marked with {mark(part)}")
    inside = f"\nMeasured on {setting()}.\n\n{table(figures)}\n"
    page.write_text(
        marked.sub(lambda found: found[1] + inside + "\n" + found[2], before, count=1), encoding="utf-8"
    )


def mark(part: str) -> str:
    """What stands before the table of a part."""
    return f"<!-- measured: {part} -->"


def table(figures: Iterable[Figure]) -> str:
    """Figures as a table of a page."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(figure.cells() for figure in figures)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
