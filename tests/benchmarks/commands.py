"""The command line from start to end, beside a Python that starts and does nothing."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.engine import AS_OF, PROGRAM, RECORD
from tests.benchmarks.measuring import Figure, best

COMMAND = str(Path(sys.executable).with_name("journeymark"))
AGREEMENT = str(RECORD.parents[2] / "standards" / "catalog" / "agreement-lakeside-sample.yaml")
HELP_SECONDS = 0.15
ANSWER_SECONDS = 1.0


def figures() -> Iterator[Figure]:
    """Help, and the answers on the shipped catalog."""
    nothing = best(partial(_run, sys.executable, "-c", "pass"))
    person = ("--record", str(RECORD), "--program", PROGRAM, "--as-of", AS_OF.isoformat())
    commands = {
        ("--help",): HELP_SECONDS,
        ("lint",): ANSWER_SECONDS,
        ("evaluate", *person): ANSWER_SECONDS,
        ("explain", *person, "--goal", "step:s3"): ANSWER_SECONDS,
        ("articulate", *person[:2], *person[4:], "--agreement", AGREEMENT): ANSWER_SECONDS,
        ("schema", "framework"): ANSWER_SECONDS,
    }
    for words, limit in commands.items():
        seconds = best(partial(_run, COMMAND, *words))
        name = f"journeymark {words[0]}"
        yield Figure(name, seconds, f"{limit:g} seconds", limit, 1.0)
        yield Figure(name, seconds, "Python doing nothing", nothing)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
