"""Peers that evaluate a column at a time: polars, and numpy with a byte a value."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tests.benchmarks.nation.bits import Bits, Flags
from tests.benchmarks.nation.gates import Gate, Rules
from tests.benchmarks.nation.peers import Results

BLOCK = 1 << 14


@dataclass(frozen=True)
class Plan:
    """A lazy frame that gives every output and all progress."""

    rules: Rules
    frame: pl.LazyFrame


class Polars:
    """A lazy frame with a column for each signal, level by level."""

    name = "polars, lazy"

    def load(self, rules: Rules, columns: Bits) -> Plan:
        flags = columns.flags()
        frame = pl.DataFrame({_name(leaf): flags[leaf] for leaf in range(len(rules.leaves))}).lazy()
        for level in rules.levels:
            frame = frame.with_columns(
                _expression(rules.gates[signal - len(rules.leaves)]).alias(_name(signal)) for signal in level
            )
        asked = [pl.col(_name(signal)) for signal in dict.fromkeys(rules.outputs)]
        sums = [
            pl.sum_horizontal(pl.col(_name(signal)).cast(pl.Int32) * weight for signal, weight in one.members)
            for one in rules.progress.values()
        ]
        named = [column.alias(f"p{place}") for place, column in enumerate(sums)]
        return Plan(rules, frame.select(*asked, *named))

    def evaluate(self, loaded: Plan) -> pl.DataFrame:
        return loaded.frame.collect()

    def results(self, loaded: Plan, answer: pl.DataFrame) -> Results:
        flags = [answer[_name(signal)].to_numpy() for signal in loaded.rules.outputs]
        sums = [answer[f"p{place}"].to_numpy() for place in range(len(loaded.rules.progress))]
        return Results(np.array(flags), np.array(sums, np.int64))


def _name(signal: int) -> str:
    return f"s{signal}"


def _expression(gate: Gate) -> pl.Expr:
    inputs = [pl.col(_name(read)) for read in gate.inputs]
    if gate.needed == 1:
        return pl.any_horizontal(inputs)
    if gate.needed == len(inputs):
        return pl.all_horizontal(inputs)
    return pl.sum_horizontal(inputs) >= gate.needed


@dataclass(frozen=True, eq=False)
class Table:
    """A byte for every person and leaf."""

    rules: Rules
    flags: Flags


@dataclass(frozen=True, eq=False)
class Packed:
    """Outputs with eight people a byte, progress as whole numbers."""

    flags: NDArray[np.uint8]
    progress: NDArray[np.int32]


class NumpyBytes:
    """Arrays of truth values, a block of people after the other."""

    name = "numpy, a byte a value"

    def load(self, rules: Rules, columns: Bits) -> Table:
        return Table(rules, columns.flags())

    def evaluate(self, loaded: Table) -> Packed:
        rules, people = loaded.rules, loaded.flags.shape[1]
        outputs = list(rules.outputs)
        flags = np.empty((len(outputs), -(-people // 8)), np.uint8)
        progress = np.zeros((len(rules.progress), people), np.int32)
        values = np.empty((len(rules.leaves) + len(rules.gates), BLOCK), np.bool_)
        for start in range(0, people, BLOCK):
            stop = min(start + BLOCK, people)
            part = values[:, : stop - start]
            part[: len(rules.leaves)] = loaded.flags[:, start:stop]
            for signal, gate in rules.numbered():
                _work_out(gate, part, part[signal])
            flags[:, start // 8 : -(-stop // 8)] = np.packbits(part[outputs], axis=1, bitorder="little")
            for row, one in zip(progress[:, start:stop], rules.progress.values(), strict=True):
                for signal, weight in one.members:
                    np.add(row, np.multiply(part[signal], weight, dtype=np.int32), out=row)
        return Packed(flags, progress)

    def results(self, loaded: Table, answer: Packed) -> Results:
        people = loaded.flags.shape[1]
        flags = np.unpackbits(answer.flags, axis=1, count=people, bitorder="little")
        return Results(flags.view(np.bool_), answer.progress.astype(np.int64))


def _work_out(gate: Gate, values: Flags, out: Flags) -> None:
    first, *others = (values[read] for read in gate.inputs)
    if gate.needed == 1 or gate.needed == len(gate.inputs):
        combine = np.logical_or if gate.needed == 1 else np.logical_and
        combine(first, others[0], out=out)
        for other in others[1:]:
            combine(out, other, out=out)
        return
    total = first.astype(np.int32 if len(gate.inputs) > np.iinfo(np.int8).max else np.int8)
    for other in others:
        total += other
    np.greater_equal(total, gate.needed, out=out)
