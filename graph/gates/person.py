"""One person's answers from the gates of a program: all at once, or those that one fact more changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.gates.program import TRUE, GateProgram


@dataclass(frozen=True, slots=True)
class Mask:
    """A gate over truths kept as the bits of one integer."""

    inputs: int
    needed: int
    result: int


@dataclass(frozen=True)
class Plan:
    """Gates in layers: a layer reads only what stands in those before it, or is a knot and is repeated."""

    layers: tuple[tuple[Mask, ...], ...]
    repeated: frozenset[int]


def truths(program: GateProgram, inputs: Iterable[int]) -> int:
    """Every node that holds, as the bits of one integer, where these inputs do.

    Args:
        program: the gates.
        inputs: the nodes of the inputs that are true.
    """
    plan = _plan(program)
    held = 1 << TRUE
    for node in inputs:
        held |= 1 << node
    for number, layer in enumerate(plan.layers):
        before = -1
        while held != before:
            before = held
            for gate in layer:
                if (before & gate.inputs).bit_count() >= gate.needed:
                    held |= gate.result
            if number not in plan.repeated:
                break
    return held


@lru_cache(maxsize=64)
def _plan(program: GateProgram) -> Plan:
    knotted = {node: start for start, stop in program.knots for node in range(start, stop)}
    depth = [0] * program.size
    layers: dict[tuple[int, int], list[Mask]] = {}
    for start, stop in _stretches(program):
        deepest = max(depth[read] for node in range(start, stop) for read in program.reads(node))
        for node in range(start, stop):
            depth[node] = deepest + 1
            gate = program.gates[node - program.first_gate]
            mask = sum(1 << read for read in gate.inputs)
            layers.setdefault((deepest + 1, knotted.get(node, 0)), []).append(
                Mask(mask, gate.needed, 1 << node)
            )
    order = sorted(layers)
    return Plan(
        tuple(tuple(layers[key]) for key in order),
        frozenset(number for number, (_, knot) in enumerate(order) if knot),
    )


def _stretches(program: GateProgram) -> Iterable[tuple[int, int]]:
    """Single gates and whole knots, in order."""
    at = program.first_gate
    for start, stop in (*program.knots, (program.size, program.size)):
        yield from ((node, node + 1) for node in range(at, start))
        if stop > start:
            yield start, stop
        at = stop


class Standing:
    """One person's truths, to which facts are added one by one.

    Args:
        program: the gates.
        inputs: the nodes of the inputs that are true from the start.
    """

    def __init__(self, program: GateProgram, inputs: Iterable[int] = ()) -> None:
        self._readers = program.readers
        self._missing = [0] * program.first_gate + [gate.needed for gate in program.gates]
        self.held = bytearray(program.size)
        self.add(TRUE)
        for node in inputs:
            self.add(node)

    def add(self, node: int) -> list[int]:
        """Make an input true; give every node that comes to hold with it, itself first."""
        if self.held[node]:
            return []
        self.held[node] = 1
        fresh = [node]
        missing, held = self._missing, self.held
        for true in fresh:
            for reader in self._readers[true]:
                missing[reader] -= 1
                if not missing[reader] and not held[reader]:
                    held[reader] = 1
                    fresh.append(reader)
        return fresh
