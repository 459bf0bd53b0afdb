"""A look at everybody in words, and the bar meanwhile."""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from web.cli import text

SHOWN = 8
MONTHS = 12

Watch = Callable[[str, int, int | None], None]
"""Told again and again: the program, ranges done, and ranges in all once that is known."""


def bar() -> Watch:
    """Draw a bar on standard error where that is a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _program, _done, _total: None
    from rich.console import Console  # noqa: PLC0415 - help must come at once
    from rich.progress import Progress, TaskID  # noqa: PLC0415

    progress = Progress(console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}

    def watch(program: str, done: int, total: int | None) -> None:
        if program not in tasks:
            tasks[program] = progress.add_task(program, total=total)
            progress.start()
        progress.update(tasks[program], completed=done, total=total)
        if done == total:
            progress.stop()
            tasks.pop(program)

    return watch


def programs(found: Sequence[dict[str, Any]]) -> list[str]:
    """Every program after the other."""
    lines: list[str] = []
    for one in found:
        lines += [*([""] if lines else []), *_program(one)]
    return lines or ["No program is published."]


def _program(data: dict[str, Any]) -> Iterator[str]:
    yield f"{data['program']}, as of {data['as_of']}: {_counts(data)}"
    if not data["people"]:
        return
    yield from _part("How far to journeyworker", _bands(data["progress"]))
    yield from _part("Wage steps reached", [_step(one) for one in data["steps"]])
    yield from _part(
        "One thing away",
        [
            f"{one['people']:>7,}  {_missing(one['asks'])}, for {one['goal']}"
            for one in data["one_thing"][:SHOWN]
        ],
    )
    yield from _part(
        "What holds people up",
        [f"{one['people']:>7,}  {_name(one)}" for one in data["bottlenecks"][:SHOWN]],
    )
    yield from _part("Expected to complete", _expected(data["expected"]))
    if data["candidate"] is not None:
        yield from _part("By the other standards", _candidate(data["candidate"]))


def _part(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield title
        yield from (f"  {line}" for line in lines)


def _counts(data: dict[str, Any]) -> str:
    return f"{data['people']:,} people, {data['complete']:,} complete, {data['stuck']:,} stuck"


def _bands(progress: Sequence[dict[str, int]]) -> list[str]:
    return [f"{one['people']:>7,}  {one['from']} to {one['until']} %" for one in progress if one["people"]]


def _step(one: dict[str, Any]) -> str:
    return f"{one['people']:>7,}  {one['title']}"


def _missing(asks: dict[str, Any]) -> str:
    """Say what of a rule is the one thing missing."""
    if "credentials" in asks or "competencies" in asks:
        return f"one more toward {text.rule(asks)}"
    return f"the rest of {text.rule(asks)}" if "hours" in asks or "months" in asks else text.rule(asks)


def _name(one: dict[str, Any]) -> str:
    kind = "competency" if "competency" in one else "credential"
    return f"{one['title'] or one[kind]} ({kind} {one[kind]})"


def _expected(expected: dict[str, Any]) -> list[str]:
    months = expected["months"]
    lines = [f"{one['people']:>7,}  {one['month']}" for one in months[:MONTHS]]
    later = sum(one["people"] for one in months[MONTHS:])
    lines += [f"{later:>7,}  later"] if later else []
    lines += [f"{expected['too_early']:>7,}  too early to say"] if expected["too_early"] else []
    return [*lines, f"         {expected['method']}"]


def _candidate(data: dict[str, Any]) -> list[str]:
    lines = [
        _counts(data),
        f"{data['gain']['complete']:>7,}  would be complete, {data['lose']['complete']:,} no longer",
        f"{data['gain']['nearer']:>7,}  would be nearer to completion, {data['lose']['further']:,} further from it",
        f"{data['would_be_stuck']:>7,}  would be stuck, {data['no_longer_stuck']:,} no longer",
        f"{data['unchanged']:>7,}  the same",
    ]
    lines += [
        f"{one['people']:>7,}  from step {one['from'] or 'none'} to {one['to'] or 'none'}"
        for one in data["steps_changed"]
    ]
    lines += [
        f"{one['done_then']:>7,}  would have {_name(one)}, {one['no_longer_done']:,} no longer"
        for one in data["items_changed"]
    ]
    return lines
