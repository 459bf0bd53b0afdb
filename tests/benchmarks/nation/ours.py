"""The product among its peers: its own word code on the same rules and the same bits."""

from dataclasses import dataclass

import numpy as np

from graph.gates.code import Code, assemble
from graph.gates.coding import write_nodes
from graph.gates.packing import amounts_of, unpacked
from graph.gates.program import FIRST_INPUT, Gate, GateProgram, Registered
from graph.gates.words import Number, Value, Writer
from graph.world import World
from tests.benchmarks.nation.bits import Bits, Words
from tests.benchmarks.nation.gates import Rules
from tests.benchmarks.nation.peers import Results


@dataclass(frozen=True, eq=False)
class Job:
    """The code of the rules, where its answers stand, and the crowd as it is."""

    code: Code
    outputs: tuple[int, ...]
    progress: tuple[tuple[int, ...], ...]
    columns: Bits


class Ours:
    """Threshold gates as word operations over planes of people, a block after the other."""

    name = "Journeymark, packed bits"

    def load(self, rules: Rules, columns: Bits) -> Job:
        program = gate_program(rules)
        writer = Writer(program.first_gate)
        values = write_nodes(writer, program)
        outputs = [values[signal + FIRST_INPUT] for signal in rules.outputs]
        progress: list[Number] = [
            writer.total((weight, [values[signal + FIRST_INPUT]]) for signal, weight in one.members)
            for one in rules.progress.values()
        ]
        wanted: list[Value] = list(dict.fromkeys([*outputs, *(v for number in progress for v in number)]))
        place = {value: at for at, value in enumerate(wanted)}
        return Job(
            assemble(writer, wanted),
            tuple(place[value] for value in outputs),
            tuple(tuple(place[value] for value in number) for number in progress),
            columns,
        )

    def evaluate(self, loaded: Job) -> Words:
        return loaded.code.run(loaded.columns.words)

    def results(self, loaded: Job, answer: Words) -> Results:
        people = loaded.columns.people
        flags = unpacked(answer[list(loaded.outputs)], people)
        sums = [amounts_of([answer[at] for at in places], people) for places in loaded.progress]
        return Results(flags, np.array(sums))


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
