"""Code for everything that can be asked of a program: truths of its nodes, and progress digit by digit."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache

from graph.gates.code import Code, assemble
from graph.gates.parts import read_by
from graph.gates.program import FALSE, FIRST_INPUT, TRUE, Best, GateProgram, Measure, Share, Truth, shares
from graph.gates.words import Number, Value, Writer


@dataclass(frozen=True, eq=False)
class ProgramCode:
    """The code of a program.

    Attributes:
        shares: after the planes of the program's inputs come those of these amounts, each with as many digits as
            what is needed of it has.
        nodes: for a node the place of its plane among what the code gives.
        digits: for a measure the places of its numerator's digits.
    """

    code: Code
    shares: tuple[Share, ...]
    nodes: dict[int, int]
    digits: dict[Measure, tuple[int, ...]]


@lru_cache(maxsize=64)
def code_of(program: GateProgram) -> ProgramCode:
    """Code for the states of all items, the wage steps, completion, and the progress of these."""
    measures = [measure for _, measure in program.steps if measure is not None]
    measures += [] if program.completion is None else [program.completion[1]]
    nodes = {FALSE, TRUE, *(node for node, _ in program.steps), *(program.completion or ())[:1]}
    for competency in program.competencies.values():
        nodes.update(astuple(competency))
    for credential in program.credentials.values():
        nodes.update(astuple(credential))
    for part in program.parts:
        nodes.update(read_by(part) if part is not None else ())
    return write(program, sorted(nodes), measures)


@lru_cache(maxsize=64)
def pending_code_of(program: GateProgram) -> ProgramCode:
    """Code for what an item needs to be done, which is run once more with what waits for verification."""
    nodes = {competency.met for competency in program.competencies.values()}
    nodes.update(credential.held for credential in program.credentials.values())
    return write(program, sorted(nodes), [])


def write(program: GateProgram, nodes: Sequence[int], measures: Sequence[Measure]) -> ProgramCode:
    """Code for some nodes and measures of a program."""
    amounts = tuple(dict.fromkeys(share for measure in measures for share in shares(measure)))
    digits, first = _placed(amounts, program.first_gate)
    writer = Writer(first)
    values = write_nodes(writer, program)
    scales = _Scales(writer, values, digits)
    numbers = {measure: scales.number(measure) for measure in dict.fromkeys(measures)}
    wanted = list(
        dict.fromkeys([*(values[n] for n in nodes), *(v for found in numbers.values() for v in found)])
    )
    place = {value: at for at, value in enumerate(wanted)}
    return ProgramCode(
        assemble(writer, wanted),
        amounts,
        {node: place[values[node]] for node in nodes},
        {measure: tuple(place[value] for value in found) for measure, found in numbers.items()},
    )


def _placed(amounts: Sequence[Share], first: int) -> tuple[dict[Share, Number], int]:
    """The inputs that hold the digits of amounts, and the number after the last."""
    found: dict[Share, Number] = {}
    for share in amounts:
        width = share.needed.bit_length()
        found[share] = list(range(first, first + width))
        first += width
    return found, first


def write_nodes(writer: Writer, program: GateProgram) -> list[Value]:
    """Write every node of a program; give their values by number."""
    values = [FALSE, TRUE, *range(FIRST_INPUT, program.first_gate)]
    knots = dict(program.knots)
    while len(values) < program.size:
        node = len(values)
        if node in knots:
            _write_knot(writer, program, values, knots[node])
        else:
            values.append(_write_gate(writer, program, node, values))
    return values


def _write_gate(writer: Writer, program: GateProgram, node: int, values: Sequence[Value]) -> Value:
    gate = program.gates[node - program.first_gate]
    return writer.gate(gate.needed, [values[read] for read in gate.inputs])


def _write_knot(writer: Writer, program: GateProgram, values: list[Value], stop: int) -> None:
    start, began = len(values), len(writer.operations)
    values += [writer.cell() for _ in range(start, stop)]
    for node in range(start, stop):
        writer.put(values[node], _write_gate(writer, program, node, values))
    writer.knots.append((began, len(writer.operations)))


class _Scales:
    """Writes the numerators of measures, read from the values of a program's nodes."""

    def __init__(self, writer: Writer, values: Sequence[Value], digits: Mapping[Share, Number]) -> None:
        self._writer = writer
        self._values = values
        self._digits = digits

    def number(self, measure: Measure) -> Number:
        """The numerator of a measure."""
        match measure:
            case Truth():
                return [self._values[measure.node]]
            case Share():
                gate = self._values[measure.gate]
                return [self._writer.both(digit, gate) for digit in self._digits[measure]]
            case Best():
                scaled = [(measure.common // m.denominator, self.number(m)) for m in measure.members]
                return self._best(measure, scaled)

    def _best(self, measure: Best, scaled: Sequence[tuple[int, Number]]) -> Number:
        writer = self._writer
        if measure.needed >= len(scaled):
            return writer.total(scaled)
        if all(isinstance(member, Truth) for member in measure.members):
            return writer.capped(writer.total(scaled), measure.needed)
        return writer.best_of(measure.needed, [writer.total([one]) for one in scaled])
