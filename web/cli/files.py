"""``lint``, ``evaluate``, ``explain`` and ``schema``: answers from files alone, without a database.

Exit codes: 0 answered; 1 lint found an error, or the goal cannot be reached; 2 the input is wrong.
"""

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from web.cli import text

if TYPE_CHECKING:
    from graph.evaluating import Evaluation
    from graph.world import World
    from standards.documents.program import RateEntry
    from standards.naming import Names
    from standards.problems import Problem
    from standards.reading import Document

ANSWERED, FOUND, WRONG = 0, 1, 2
KINDS = ("framework", "program", "record", "agreement", "degree", "assumptions", "capacity")


class InputError(Exception):
    """Something a person gave is wrong; the message says what would be right."""


def register(subparsers: Any) -> None:
    """Add the commands to the parser."""
    lint = command(subparsers, "lint", "findings about documents", _lint)
    documents(lint)
    lint.add_argument(
        "--minimum-wage",
        type=dated_wage,
        action="append",
        default=[],
        metavar="USD@DATE",
        help="a minimum wage an hour and the day it counts from, 15.00@2026-01-01; once for each",
    )
    evaluate = command(subparsers, "evaluate", "states, progress and wage of one person", _evaluate)
    person(evaluate)
    explain = command(subparsers, "explain", "the proof of one goal, and a smallest fix", _explain)
    person(explain)
    goals = "completion, step:ID, credential:ID, competency:ID or requirement:ID"
    explain.add_argument("--goal", required=True, help=goals)
    explain.add_argument(
        "--ties", type=whole(), default=0, metavar="N", help="list so many other ways as small; default 0"
    )
    schema = command(subparsers, "schema", "the JSON Schema of a kind of document", _schema)
    schema.add_argument("kind", choices=KINDS)


def command(
    subparsers: Any, name: str, words: str, handler: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Add a command that answers from files, as text or as JSON."""
    parser: argparse.ArgumentParser = subparsers.add_parser(name, help=words, description=words)
    parser.add_argument(
        "--format", choices=("json", "text"), default="text", help="text for people, json for programs"
    )
    parser.set_defaults(handler=lambda arguments: answer(handler, arguments))
    return parser


def documents(parser: argparse.ArgumentParser) -> None:
    """Add the documents to read."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="documents, - for standard input; none: the shipped catalog"
    )


def person(parser: argparse.ArgumentParser) -> None:
    """Add the documents, the record, the program and the two dates."""
    documents(parser)
    parser.add_argument("--record", required=True, metavar="FILE", help="the person's record")
    parser.add_argument("--program", required=True, metavar="ID", help="the program to read it against")
    dates(parser)


def dates(parser: argparse.ArgumentParser) -> None:
    """Add the two dates of an answer."""
    parser.add_argument("--as-of", type=day, metavar="DATE", help="what was true then; default today (UTC)")
    parser.add_argument(
        "--known-at", type=instant, metavar="TIME", help="what was known then; default everything"
    )


def answer(handler: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Run a command; what is wrong with the input goes to standard error, with exit code 2."""
    from standards.problems import DocumentError  # noqa: PLC0415 - help must come at once

    try:
        with _without_collections():
            code = handler(arguments)
            sys.stdout.flush()
    except (DocumentError, InputError) as error:
        sys.stderr.write(f"{error}\n")
    except BrokenPipeError:
        # whoever read has seen enough; what is left must not be written again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}; name a file that can be read\n")
    else:
        return code
    return WRONG


@contextmanager
def _without_collections() -> Iterator[None]:
    """Documents live until the command ends, and looking for garbage among 10,000 items costs a third of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def whole(least: int = 0, most: int = 10_000, example: int = 10) -> Callable[[str], int]:
    """A whole number argument within bounds."""

    def read(word: str) -> int:
        if not (word.isascii() and word.isdecimal()) or not least <= int(word) <= most:
            what = f"{word!r} is no whole number from {least} to {most}; write {example}"
            raise argparse.ArgumentTypeError(what)
        return int(word)

    return read


def day(word: str) -> date:
    """A date argument."""
    from standards.documents.values import parse_day  # noqa: PLC0415 - help must come at once

    try:
        return parse_day(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no date; write 2026-01-31") from None


def instant(word: str) -> datetime:
    """A time argument; without a zone UTC, a bare date its start."""
    from standards.documents.values import parse_instant  # noqa: PLC0415 - help must come at once

    try:
        return parse_instant(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no time; write 2026-01-31T14:30:00Z") from None


def dated_wage(word: str) -> "RateEntry":
    """An hourly wage from a day on."""
    from decimal import Decimal, InvalidOperation  # noqa: PLC0415 - help must come at once

    from pydantic import ValidationError  # noqa: PLC0415

    from standards.documents.program import RateEntry  # noqa: PLC0415

    dollars, _, since = word.partition("@")
    try:
        return RateEntry.model_validate({"usd_per_hour": Decimal(dollars), "from": since})
    except (InvalidOperation, ValidationError):
        right = "write dollars and the day they count from, 15.00@2026-01-01"
        raise argparse.ArgumentTypeError(f"{word!r} is no wage from a day on; {right}") from None


def read(names: Sequence[str]) -> "tuple[Document, ...]":
    """The documents of the files named; ``-`` is standard input, nothing at all the shipped catalog."""
    from standards.catalog import load_catalog  # noqa: PLC0415 - help must come at once
    from standards.problems import DocumentError  # noqa: PLC0415
    from standards.reading import read_bytes, read_files  # noqa: PLC0415

    if not names:
        return load_catalog()
    found: list[Document] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found += read_bytes("-", sys.stdin.buffer.read()) if name == "-" else read_files([name])
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise DocumentError(tuple(problems))
    return tuple(found)


def the_record(name: str) -> "Document":
    """The one record of a file."""
    found = [document for document in read([name]) if document.kind == "record"]
    if len(found) != 1:
        raise InputError(f"{name}: {len(found)} records; give a file with exactly one")
    return found[0]


def situation(
    arguments: argparse.Namespace, beside: "Sequence[Document]" = ()
) -> "tuple[Evaluation, Names, tuple[Document, ...]]":
    """The evaluation that the arguments ask for, with the names and documents behind it.

    Where there are documents ``beside`` the files, agreements are taken from there alone. Of several versions of one
    document the one in force on the day counts; ``arguments.versions`` then says which were chosen.
    """
    from graph.evaluating import evaluate  # noqa: PLC0415 - help must come at once
    from standards.compiling import compile_world  # noqa: PLC0415
    from standards.in_force import in_force  # noqa: PLC0415
    from standards.naming import Names  # noqa: PLC0415
    from standards.recording import person_of  # noqa: PLC0415

    left_out = ("record", "agreement") if beside else ("record",)
    documents = (*(d for d in read(arguments.files) if d.kind not in left_out), *beside)
    record = the_record(arguments.record)
    as_of = arguments.as_of or datetime.now(UTC).date()
    documents, arguments.versions = in_force(documents, as_of)
    world = compile_world(documents)
    program = getattr(arguments, "program", None)
    if program is not None:
        known_program(world, program)
    evaluation = evaluate(
        world,
        person_of(record, documents, world),
        program=program,
        as_of=as_of,
        known_at=arguments.known_at,
    )
    return evaluation, Names(documents), documents


def known_program(world: "World", program: str) -> None:
    """Refuse a program that is in none of the documents."""
    if program not in world.programs:
        known = ", ".join(world.programs) or "none"
        raise InputError(f"--program {program}: no such program in the documents given; they have {known}")


def write(arguments: argparse.Namespace, data: Any, lines: Callable[[], Sequence[str]]) -> None:
    """Print JSON for programs or text for people."""
    if arguments.format == "json":
        sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(lines()) + "\n")


def _lint(arguments: argparse.Namespace) -> int:
    from dataclasses import asdict  # noqa: PLC0415 - help must come at once

    from standards.linting import ERROR, lint  # noqa: PLC0415

    found = lint(read(arguments.files), arguments.minimum_wage)
    write(arguments, [asdict(finding) for finding in found], lambda: text.findings(found))
    return FOUND if any(finding.severity == ERROR for finding in found) else ANSWERED


def _evaluate(arguments: argparse.Namespace) -> int:
    from graph.explaining import explain  # noqa: PLC0415 - help must come at once
    from standards.answers import evaluation_answer  # noqa: PLC0415

    evaluation, _, _ = situation(arguments)
    rule = evaluation.program.completion if evaluation.program else None
    completion = explain(evaluation, rule) if rule is not None else None
    data = evaluation_answer(evaluation, completion)
    if arguments.versions:
        data["versions"] = {f"{one.kind} {one.id}": one.version for one in arguments.versions}
    write(arguments, data, lambda: text.evaluation(evaluation, data))
    return ANSWERED


def _explain(arguments: argparse.Namespace) -> int:
    from graph.explaining import explain  # noqa: PLC0415 - help must come at once
    from graph.fixing import NoFix, fix  # noqa: PLC0415
    from standards.answers import Labels, explanation_answer, fix_answer  # noqa: PLC0415
    from standards.goals import GoalError, goal_of  # noqa: PLC0415

    evaluation, names, _ = situation(arguments)
    try:
        goal = goal_of(arguments.goal, names, evaluation)
    except GoalError as error:
        raise InputError(f"--goal: {error}") from error
    proof = explain(evaluation, goal.requirement, goal.scope)
    way = fix(evaluation, goal.requirement, goal.scope, ties=arguments.ties)
    labels = Labels(evaluation.world)
    ways = fix_answer(way, labels, ties=arguments.ties > 0)
    data = {"goal": goal.text, **explanation_answer(proof, labels), **ways}
    write(arguments, data, lambda: text.explanation(goal.text, data))
    return FOUND if isinstance(way, NoFix) else ANSWERED


def _schema(arguments: argparse.Namespace) -> int:
    from standards.schemas import schema  # noqa: PLC0415 - help must come at once

    sys.stdout.write(json.dumps(schema(arguments.kind), indent=2) + "\n")
    return ANSWERED
