"""Reading and linting, as the command does it: frameworks of 1,000 and 10,000 items."""

import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.benchmarks.frameworks import framework_text
from tests.benchmarks.measuring import Figure, best
from web.cli import main

SMALL, LARGE = 1_000, 10_000
GROWTH = 11.0
LINT_SECONDS = 2.0


def figures() -> Iterator[Figure]:
    """Against two seconds, against PyYAML's own reading of the same text, and against a tenth of the items."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (_written(Path(folder), items) for items in (SMALL, LARGE))
        seconds = best(lambda: _lint(large))
        text = large.read_text()
        plain = best(lambda: yaml.load(text, Loader=yaml.CSafeLoader), repeats=3)
        few = best(lambda: _lint(small))
    yield Figure("lint 10,000 items", seconds, "two seconds", LINT_SECONDS, 1.0)
    yield Figure("lint 10,000 items", seconds, "PyYAML reading them", plain, 3.0)
    yield Figure("lint 10,000 items", seconds, "lint 1,000 items", few, GROWTH)


def _written(folder: Path, items: int) -> Path:
    file = folder / f"{items}.yaml"
    file.write_text(framework_text(items))
    return file


def _lint(file: Path) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = main(["lint", str(file)])
    if code:
        raise AssertionError(said.getvalue())
