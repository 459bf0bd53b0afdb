"""The results of many people as rows of fixed width, and as PostgreSQL copies them in and out. Pure."""

from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from apprenticeship.cohort.layout import COMPLETION, Layout, distinct_leaves, goals_of
from apprenticeship.snapshots.model import Numbers
from graph.gates.columns import Crowd, Days
from graph.gates.everybody import Answers, evaluate_crowd
from graph.gates.lacking import alone, stuck
from graph.gates.program import GateProgram
from graph.gates.reading import Reading
from graph.gates.turning import NEVER, next_turn

AT_ONCE = 1 << 15
"""People evaluated at a time, more than a range has: their planes stay in the processor's cache."""

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
MILLENNIUM = date(2000, 1, 1).toordinal()
INFINITY = 2**31 - 1  # PostgreSQL's date that never comes
SAFE_BYTES = 7  # a hundred numerators of so many bytes still fit a machine word

Rows = NDArray[Any]


def row_type(layout: Layout) -> "np.dtype[Any]":
    """A result, everything that is read with one layout: the days of ``began`` and ``turns_on`` by ordinal."""
    return np.dtype(
        [
            ("person", "V16"),
            ("complete", "?"),
            ("reached", "i2"),
            ("stuck", "?"),
            ("numerator", "u1", (layout.numerator_bytes,)),
            ("states", "u1", (layout.state_bytes,)),
            ("alone", "u1", (layout.alone_bytes,)),
            ("began", "i4"),
            ("turns_on", "i4"),
        ]
    )


def results_of(program: GateProgram, layout: Layout, crowd: Crowd, people: Numbers, as_of: date) -> Rows:
    """The results of a crowd, in its order.

    Args:
        program: the gates.
        layout: of the program.
        crowd: who is asked about.
        people: who they are.
        as_of: what was true on this day.
    """
    rows = np.zeros(crowd.size, row_type(layout))
    rows["person"] = people
    for start in range(0, crowd.size, AT_ONCE):
        part = crowd.part(start, min(start + AT_ONCE, crowd.size))
        _fill(rows[start : start + AT_ONCE], program, layout, part, as_of)
    return rows


def _fill(rows: Rows, program: GateProgram, layout: Layout, crowd: Crowd, as_of: date) -> None:
    answers = evaluate_crowd(program, crowd, as_of=as_of)
    rows["complete"] = answers.complete
    rows["reached"] = answers.reached
    rows["numerator"] = big_endian(answers.progress[0], layout.numerator_bytes)
    for place, item in enumerate(layout.items):
        rows["states"][:, place] = answers.state(item.kind, item.key)
    rows["alone"] = packed_bits(_lacks(program, layout, answers), layout.alone_bytes)
    rows["stuck"] = _stuck(program, answers)
    rows["began"] = _began(program, crowd, as_of)
    rows["turns_on"] = next_turn(program, crowd, as_of)


def _lacks(program: GateProgram, layout: Layout, answers: Answers) -> NDArray[np.bool_]:
    """For each person and each lack whether that one thing would do: for completion, and for the next wage step."""
    found = np.zeros((answers.size, len(layout.lacks)), bool)
    at = 0
    for goal, part in goals_of(program):
        own = ~answers.complete if goal == COMPLETION else answers.reached == _position(layout, goal)
        would = alone(part, answers)
        for rule in distinct_leaves(part):
            found[:, at] = own & would[rule]
            at += 1
    return found


def _position(layout: Layout, goal: str) -> int:
    return next(place for place, step in enumerate(layout.steps) if step.key == goal)


def _stuck(program: GateProgram, answers: Answers) -> NDArray[np.bool_]:
    completion = program.parts[-1] if program.parts else None
    if completion is None:
        return np.zeros(answers.size, bool)
    return stuck(completion, answers, program.focus) & ~answers.complete


def _began(program: GateProgram, crowd: Crowd, as_of: date) -> Days:
    if program.focus is None:
        return np.zeros(crowd.size, np.int32)
    return Reading(program, crowd, as_of, None).registered_on(program.focus)


def big_endian(numbers: NDArray[Any], width: int) -> NDArray[np.uint8]:
    """Whole numbers as bytes that sort as they do, ``width`` each."""
    if numbers.dtype != object:
        wide = numbers.astype(">u8").view(np.uint8).reshape(-1, 8)
        return wide[:, 8 - width :] if width <= wide.shape[1] else _widened(wide, width)
    data = b"".join(int(number).to_bytes(width, "big") for number in numbers)
    return np.frombuffer(data, np.uint8).reshape(-1, width)


def _widened(narrow: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    return np.pad(narrow, ((0, 0), (width - narrow.shape[1], 0)))


def numbers_of(octets: NDArray[np.uint8]) -> NDArray[Any]:
    """The whole numbers behind `big_endian`; Python's own where a hundred of them might not fit a machine word."""
    if octets.shape[1] <= SAFE_BYTES:
        return _widened(octets, 8).copy().view(">u8").astype(np.int64).ravel()
    return np.array([int.from_bytes(one.tobytes(), "big") for one in octets], object)


def packed_bits(bits: NDArray[np.bool_], width: int) -> NDArray[np.uint8]:
    """Truths as bits, the first in the lowest bit of the first byte."""
    octets = np.packbits(bits, axis=1, bitorder="little")
    return np.pad(octets, ((0, 0), (0, width - octets.shape[1])))


def unpacked_bits(octets: NDArray[np.uint8], count: int) -> NDArray[np.bool_]:
    """The truths behind `packed_bits`."""
    return np.unpackbits(octets, axis=1, count=count, bitorder="little").astype(bool)


# in and out of the database ------------------------------------------------------------------------

COLUMNS = (
    "run",
    "person",
    "standards",
    "complete",
    "reached",
    "stuck",
    "numerator",
    "states",
    "alone",
    "began",
    "turns_on",
)


def _copied_type(layout: Layout) -> "np.dtype[Any]":
    kinds: dict[str, Any] = {
        "run": "V16",
        "person": "V16",
        "standards": ">i8",
        "complete": "u1",
        "reached": ">i2",
        "stuck": "u1",
        "numerator": ("u1", (layout.numerator_bytes,)),
        "states": ("u1", (layout.state_bytes,)),
        "alone": ("u1", (layout.alone_bytes,)),
        "began": ">i4",
        "turns_on": ">i4",
    }
    fields: list[Any] = [("fields", ">i2")]
    for name in COLUMNS:
        kind = kinds[name]
        fields.append((f"{name} length", ">i4"))
        fields.append((name, *kind) if isinstance(kind, tuple) else (name, kind))
    return np.dtype(fields)


def copied_in(layout: Layout, rows: Rows, run: UUID, standards: int) -> bytes:
    """Results as a binary copy of `COLUMNS`."""
    kind = _copied_type(layout)
    out = np.empty(len(rows), kind)
    out["fields"] = len(COLUMNS)
    for name in COLUMNS:
        out[f"{name} length"] = kind[name].itemsize
    out["run"] = np.frombuffer(run.bytes, "V16")
    out["standards"] = standards
    for name in ("person", "complete", "reached", "stuck", "numerator", "states", "alone"):
        out[name] = rows[name]
    out["began"] = rows["began"] - MILLENNIUM
    out["turns_on"] = np.where(rows["turns_on"] == NEVER, INFINITY, rows["turns_on"] - MILLENNIUM)
    return SIGNATURE + out.tobytes() + END


def copied_out(layout: Layout, data: bytes) -> Rows:
    """The results in a binary copy of `COLUMNS` of rows that have one layout."""
    kind = _copied_type(layout)
    count = (len(data) - len(SIGNATURE) - len(END)) // kind.itemsize
    found = np.frombuffer(data, kind, count=count, offset=len(SIGNATURE))
    rows = np.zeros(count, row_type(layout))
    for name in ("person", "complete", "reached", "stuck", "numerator", "states", "alone"):
        rows[name] = found[name]
    rows["began"] = found["began"] + MILLENNIUM
    days = found["turns_on"].astype(np.int64)
    rows["turns_on"] = np.where(days == INFINITY, NEVER, days + MILLENNIUM)
    return rows
