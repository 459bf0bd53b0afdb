"""``simulate``: a cohort that goes through a program under stated assumptions, from files alone."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from web.cli import files, simulate_text

if TYPE_CHECKING:
    from standards.assuming import Assumed
    from standards.naming import Names

MOST_APPRENTICES = 1_000_000
MOST_YEARS = 40
MOST_SEED = 2**32 - 1


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser = files.command(
        subparsers, "simulate", "how a cohort would go through a program, under stated assumptions", _simulate
    )
    files.documents(parser)
    parser.add_argument("--program", required=True, metavar="ID", help="the program to go through")
    parser.add_argument(
        "--assumptions", metavar="FILE", help="pass rates, pace and attrition; default: round guesses"
    )
    parser.add_argument(
        "--apprentices",
        type=files.whole(1, MOST_APPRENTICES, 1000),
        default=10_000,
        metavar="N",
        help="how many register; default 10000",
    )
    parser.add_argument(
        "--years",
        type=files.whole(1, MOST_YEARS, 5),
        default=5,
        metavar="N",
        help="how long to look; default 5",
    )
    parser.add_argument(
        "--seed",
        type=files.whole(0, MOST_SEED, 7),
        default=1,
        metavar="N",
        help="of all chance: the same seed, the same answer; default 1",
    )
    parser.add_argument(
        "--registered", type=files.day, metavar="DATE", help="when they register, to tell days beside months"
    )


def _simulate(arguments: argparse.Namespace) -> int:
    import numpy as np  # noqa: PLC0415 - help must come at once

    from graph.simulating.outcome import simulate  # noqa: PLC0415
    from standards.answers import Labels  # noqa: PLC0415
    from standards.compiling import compile_world  # noqa: PLC0415
    from standards.naming import Names  # noqa: PLC0415
    from standards.simulation_answers import Asked, simulation_answer  # noqa: PLC0415

    _within_the_calendar(arguments)
    documents = [d for d in files.read(arguments.files) if d.kind in ("framework", "program")]
    world = compile_world(documents)
    files.known_program(world, arguments.program)
    assumed = _assumed(arguments, Names(documents))
    outcome = simulate(
        world,
        arguments.program,
        assumed.numbers,
        np.random.default_rng(arguments.seed),
        people=arguments.apprentices,
        years=arguments.years,
    )
    data = simulation_answer(outcome, Asked(assumed, arguments.seed, arguments.registered), Labels(world))
    title = world.programs[arguments.program].title or arguments.program
    files.write(arguments, data, lambda: simulate_text.simulation(title, arguments.assumptions, data))
    return files.ANSWERED


def _within_the_calendar(arguments: argparse.Namespace) -> None:
    registered = arguments.registered
    if registered is not None and registered.year + arguments.years >= date.max.year:
        raise files.InputError(
            f"--registered {registered}: {arguments.years} years later the calendar has ended; write an earlier day"
        )


def _assumed(arguments: argparse.Namespace, names: "Names") -> "Assumed":
    from standards.assuming import Assumed, read_assumptions  # noqa: PLC0415 - help must come at once

    name = arguments.assumptions
    if name is None:
        return Assumed()
    from pathlib import Path  # noqa: PLC0415 - help must come at once

    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    return read_assumptions(name, data, names, arguments.program)
