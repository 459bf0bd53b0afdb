"""``forecast``: when one person reaches the next steps and completion, from files alone."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from web.cli import files

ASSUMED = (
    "In one future of ten it is there by the first day, in five by the second, in nine by the third.",
    "Futures are put together from what the people given showed in the last twelve months.",
)
WHY_NOT = {
    "not_enrolled": "not enrolled in the program on that day",
    "ended": "the registration has ended",
    "suspended": "suspended, with no end stated",
    "quiet": "nothing was verified for six months",
    "no_way": "no evidence alone leads to it",
    "unpaced": "nobody given showed any of what it needs in the last twelve months",
    "too_far": "more than five years away at this pace",
}


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser = files.command(
        subparsers, "forecast", "when the next wage steps and completion are to be expected", _forecast
    )
    files.person(parser)
    parser.add_argument(
        "--beside",
        action="append",
        default=[],
        metavar="FILE",
        help="the record of another person of the program, whose months count as well; once for each",
    )


def _forecast(arguments: argparse.Namespace) -> int:
    from graph.forecasting.crew import forecast_crew  # noqa: PLC0415 - help must come at once
    from graph.gates.columns import Vocabulary, crowd_of, rows_of  # noqa: PLC0415
    from graph.gates.compiling import compile_gates  # noqa: PLC0415
    from standards.compiling import compile_world  # noqa: PLC0415
    from standards.forecast_answers import outlook_answers  # noqa: PLC0415
    from standards.recording import person_of  # noqa: PLC0415

    documents = [d for d in files.read(arguments.files) if d.kind in ("framework", "program")]
    world = compile_world(documents)
    files.known_program(world, arguments.program)
    records = [files.the_record(name) for name in (arguments.record, *arguments.beside)]
    people = [person_of(record, documents, world) for record in records]
    words = Vocabulary()
    as_of = arguments.as_of or datetime.now(UTC).date()
    found = forecast_crew(
        compile_gates(world, arguments.program),
        crowd_of([rows_of(one, words) for one in people], words),
        [one.id for one in people],
        as_of=as_of,
        known_at=arguments.known_at,
    )
    data = {
        "person": people[0].id,
        "program": arguments.program,
        "as_of": as_of.isoformat(),
        "months_measured": int(found.history.months[0]),
        "own_weight_percent": round(float(found.weights[0]) * 100),
        "goals": outlook_answers(found.outlook(0), arguments.program),
    }
    files.write(arguments, data, lambda: list(_text(data)))
    return files.ANSWERED


def _text(data: Mapping[str, Any]) -> Iterator[str]:
    yield f"Forecast for {data['person']} in {data['program']} as of {data['as_of']}"
    yield (
        f"{data['months_measured']} months of their own measured, with a weight of {data['own_weight_percent']} "
        "in a hundred"
    )
    width = max((len(goal["goal"]) for goal in data["goals"]), default=0)
    for goal in data["goals"]:
        yield f"  {goal['goal']:{width}}  {_said(goal)}"
    yield from ASSUMED


def _said(goal: Mapping[str, Any]) -> str:
    if goal["reached"]:
        return "reached" + (f" on {goal['reached_on']}" if goal["reached_on"] else "")
    if goal["expected"] is None:
        return f"not foreseeable: {WHY_NOT[goal['why_not']]}"
    last = goal["latest"] or "more than five years away"
    return f"{goal['earliest']} .. {goal['expected']} .. {last}"
