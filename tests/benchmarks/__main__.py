"""`make bench`: every figure as a ratio within this run; ends with 1 when a promise is not kept."""

import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version

from rich.console import Console
from rich.table import Table

from tests.benchmarks import commands, documents, engine, pages
from tests.benchmarks.measuring import Figure

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "engine": engine.figures,
    "documents": documents.figures,
    "commands": commands.figures,
    "pages": pages.figures,
}
LIBRARIES = ("networkx", "highspy", "pydantic", "pyyaml", "litestar", "piccolo", "celery")


def main() -> int:
    """Measure the parts named on the command line, or all of them."""
    chosen = sys.argv[1:] or list(PARTS)
    console = Console(width=130)
    console.print(_setting())
    table = Table("what", "ms", "beside", "ms", "ratio", "at most", "")
    missed = 0
    for name in chosen:
        for figure in PARTS[name]():
            table.add_row(*_row(figure))
            missed += not figure.is_met
    console.print(table)
    return 1 if missed else 0


def _setting() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"Python {platform.python_version()} on {platform.machine()}, {platform.system()}; {libraries}"


def _row(figure: Figure) -> tuple[str, ...]:
    verdict = "" if figure.most is None else "kept" if figure.is_met else "MISSED"
    most = "" if figure.most is None else f"{figure.most:g}"
    return (
        figure.what,
        f"{figure.seconds * 1000:,.1f}",
        figure.against,
        f"{figure.baseline * 1000:,.1f}",
        f"{figure.ratio:,.3g}",
        most,
        verdict,
    )


if __name__ == "__main__":
    sys.exit(main())
