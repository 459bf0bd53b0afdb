"""`make bench`: every figure as a ratio within this run; ends with 1 when a promise is not kept.

Parts to measure are named on the command line, none means all; `--write` also puts them into `docs/performance.md`.
`--people=1000000` is how many the part `population` loads, which takes far longer than to measure it.
"""

import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table

from tests.benchmarks import (
    capacity,
    commands,
    credit,
    decisions,
    documents,
    engine,
    forecasts,
    pages,
    plans,
    prerequisites,
    report,
    simulation,
)
from tests.benchmarks.measuring import HEADINGS, Figure
from tests.benchmarks.nation import facts
from tests.benchmarks.nation import figures as nation
from tests.benchmarks.population import figures as population

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "engine": engine.figures,
    "documents": documents.figures,
    "prerequisites": prerequisites.figures,
    "plans": plans.figures,
    "capacity": capacity.figures,
    "simulation": simulation.figures,
    "forecasts": forecasts.figures,
    "commands": commands.figures,
    "pages": pages.figures,
    "decisions": decisions.figures,
    "credit": credit.figures,
    "nation": nation.figures,
    "facts": facts.figures,
    "population": lambda: population.figures(_people()),
}


def _people() -> int:
    told = [word.partition("=")[2] for word in sys.argv[1:] if word.startswith("--people=")]
    return int(told[-1]) if told else population.PEOPLE


def main() -> int:
    """Measure the parts named on the command line, or all of them."""
    chosen = [word for word in sys.argv[1:] if not word.startswith("--")] or list(PARTS)
    console = Console(width=150)
    console.print(report.setting())
    table = Table(*HEADINGS)
    missed = 0
    for name in chosen:
        measured = list(PARTS[name]())
        for figure in measured:
            table.add_row(*figure.cells())
            missed += not figure.is_met
        if "--write" in sys.argv:
            report.write(name, measured)
    console.print(table)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
