"""``capacity``: whom to train in what, where and when, so that raises come soonest; from files alone."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from web.cli import capacity_text, files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.capacity.question import Trainee
    from graph.world import World
    from standards.reading import Document

MOST_SECONDS = 600


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser = files.command(
        subparsers,
        "capacity",
        "whom to train in what and when, with what there is; proven or with its gap",
        _capacity,
    )
    files.documents(parser)
    parser.add_argument(
        "--record",
        required=True,
        action="append",
        metavar="FILE",
        help="people's records; once for each file",
    )
    parser.add_argument("--program", required=True, metavar="ID", help="the program that they are in")
    parser.add_argument(
        "--capacity", required=True, metavar="FILE", help="stations, mentors, months and the budget"
    )
    parser.add_argument(
        "--as-of", type=files.day, metavar="DATE", help="the plan begins then; default today (UTC)"
    )
    parser.add_argument(
        "--time-limit",
        type=files.whole(1, MOST_SECONDS, 20),
        default=20,
        metavar="SECONDS",
        help="stop looking for better then; default 20",
    )


def _capacity(arguments: argparse.Namespace) -> int:
    from graph.capacity.planning import capacity_plan  # noqa: PLC0415 - help must come at once
    from standards.answers import Labels  # noqa: PLC0415
    from standards.capacity import read_capacity  # noqa: PLC0415
    from standards.capacity_answers import capacity_answer  # noqa: PLC0415
    from standards.compiling import compile_world  # noqa: PLC0415
    from standards.naming import Names  # noqa: PLC0415

    documents = tuple(d for d in files.read(arguments.files) if d.kind != "record")
    world = compile_world(documents)
    files.known_program(world, arguments.program)
    start = arguments.as_of or datetime.now(UTC).date()
    question = read_capacity(
        arguments.capacity,
        sys.stdin.buffer.read() if arguments.capacity == "-" else Path(arguments.capacity).read_bytes(),
        Names(documents),
        program=arguments.program,
        start=start,
        seconds=float(arguments.time_limit),
    )
    _within_the_calendar(start)
    people = _people(arguments, documents, world, start)
    data = capacity_answer(capacity_plan(people, question, monotonic), question, Labels(world))
    files.write(arguments, data, lambda: capacity_text.capacity(data))
    return files.ANSWERED


def _within_the_calendar(start: date) -> None:
    if start.year + 4 >= date.max.year:
        raise files.InputError(f"--as-of {start}: the calendar ends during the plan; write an earlier day")


def _people(
    arguments: argparse.Namespace, documents: "Sequence[Document]", world: "World", start: date
) -> "list[Trainee]":
    from graph.capacity.question import Trainee  # noqa: PLC0415 - help must come at once
    from graph.evaluating import evaluate  # noqa: PLC0415
    from standards.recording import person_of  # noqa: PLC0415

    records = [one for name in arguments.record for one in files.read([name]) if one.kind == "record"]
    if not records:
        raise files.InputError(
            f"--record {arguments.record[0]}: no record in it; give a file with one or more"
        )
    people = [person_of(one, documents, world) for one in records]
    twice = next(
        (one.id for at, one in enumerate(people) if one.id in {other.id for other in people[:at]}), None
    )
    if twice is not None:
        raise files.InputError(f"--record: the person {twice} twice; give each person's record once")
    return [Trainee(one.id, evaluate(world, one, program=arguments.program, as_of=start)) for one in people]
