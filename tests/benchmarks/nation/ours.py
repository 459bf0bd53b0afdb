"""The product among its peers: its own kernel on the same rules and the same bits."""

from dataclasses import dataclass

import numpy as np

from graph.gates import planes
from graph.gates.everybody import work_out
from graph.gates.program import FIRST_INPUT, Gate, GateProgram, Registered
from graph.world import World
from tests.benchmarks.nation.bits import Bits, Words
from tests.benchmarks.nation.gates import Rules
from tests.benchmarks.nation.peers import Results

BLOCK_WORDS = 1 << 12


@dataclass(frozen=True, eq=False)
class Job:
    """The rules as gates of the product, and the crowd as it is."""

    rules: Rules
    program: GateProgram
    columns: Bits


@dataclass(frozen=True, eq=False)
class Answer:
    """A row of words for every output, and for each progress one for every binary digit, the lowest first."""

    outputs: Words
    progress: list[Words]


class Ours:
    """Threshold gates over planes of people, a block after the other."""

    name = "Journeymark, packed bits"

    def load(self, rules: Rules, columns: Bits) -> Job:
        return Job(rules, gate_program(rules), columns)

    def evaluate(self, loaded: Job) -> Answer:
        rules, words = loaded.rules, loaded.columns.words
        asked = np.array(rules.outputs) + FIRST_INPUT
        outputs = np.empty((len(asked), words.shape[1]), np.uint64)
        digits = [one.total.bit_length() for one in rules.progress.values()]
        progress = [np.zeros((width, words.shape[1]), np.uint64) for width in digits]
        for start in range(0, words.shape[1], BLOCK_WORDS):
            part = slice(start, min(start + BLOCK_WORDS, words.shape[1]))
            values = work_out(loaded.program, words[:, part])
            outputs[:, part] = values[asked]
            for rows, weighing in zip(progress, rules.progress.values(), strict=True):
                weighed = ((weight, [values[s + FIRST_INPUT]]) for s, weight in weighing.members)
                for row, plane in zip(rows, planes.total(weighed), strict=False):
                    row[part] = plane
        return Answer(outputs, progress)

    def results(self, loaded: Job, answer: Answer) -> Results:
        people = loaded.columns.people
        flags = planes.unpacked(answer.outputs, people)
        return Results(flags, np.array([planes.amounts_of(list(rows), people) for rows in answer.progress]))


def gate_program(rules: Rules) -> GateProgram:
    """Common rules as a program of the product; what its inputs are called does not matter here."""
    gates = tuple(Gate(g.needed, tuple(read + FIRST_INPUT for read in g.inputs)) for g in rules.gates)
    return GateProgram(
        World(),
        None,
        tuple(Registered(str(leaf)) for leaf in rules.leaves),
        gates,
        knots=(),
        sequence=tuple(range(FIRST_INPUT, FIRST_INPUT + len(rules.leaves) + len(gates))),
        competencies={},
        credentials={},
        steps=(),
        completion=None,
    )
