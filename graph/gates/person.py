"""One person's answers from the gates of a program: all at once, or those that one fact more changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from graph.gates.program import TRUE, GateProgram

Mask: TypeAlias = tuple[int, int]
"""The inputs of a gate, and the gate itself, as the bits of integers."""


@dataclass(frozen=True)
class Layer:
    """Gates that read only what stands in layers before them, or a knot, which is repeated."""

    any_of: tuple[Mask, ...]
    all_of: tuple[Mask, ...]
    some_of: tuple[tuple[int, int, int], ...]
    repeated: bool


def truths(program: GateProgram, inputs: Iterable[int]) -> int:
    """Every node that holds, as the bits of one integer, where these inputs do.

    Args:
        program: the gates.
        inputs: the nodes of the inputs that are true.
    """
    held = 1 << TRUE
    for node in inputs:
        held |= 1 << node
    for layer in _layers(program):
        before, held = held, held | _fresh(layer, held)
        while layer.repeated and held != before:
            before, held = held, held | _fresh(layer, held)
    return held


def _fresh(layer: Layer, held: int) -> int:
    found = 0
    for inputs, result in layer.any_of:
        if held & inputs:
            found |= result
    for inputs, result in layer.all_of:
        if held & inputs == inputs:
            found |= result
    for inputs, result, needed in layer.some_of:
        if (held & inputs).bit_count() >= needed:
            found |= result
    return found


@lru_cache(maxsize=64)
def _layers(program: GateProgram) -> tuple[Layer, ...]:
    depth = [0] * program.size
    found: dict[tuple[int, int], list[int]] = {}
    for start, stop in _stretches(program):
        deepest = max(depth[read] for node in range(start, stop) for read in program.reads(node))
        for node in range(start, stop):
            depth[node] = deepest + 1
        knot = start if stop > start + 1 or start in program.reads(start) else 0
        found.setdefault((deepest + 1, knot), []).extend(range(start, stop))
    return tuple(_layer(program, found[key], repeated=bool(key[1])) for key in sorted(found))


def _layer(program: GateProgram, nodes: Sequence[int], *, repeated: bool) -> Layer:
    gates = [(node, program.gates[node - program.first_gate]) for node in nodes]
    masks = {node: (sum(1 << read for read in gate.inputs), 1 << node) for node, gate in gates}
    every = {node for node, gate in gates if gate.needed == len(gate.inputs)}
    either = {node for node, gate in gates if gate.needed == 1} - every
    return Layer(
        tuple(masks[node] for node in nodes if node in either),
        tuple(masks[node] for node in nodes if node in every),
        tuple((*masks[node], gate.needed) for node, gate in gates if node not in every | either),
        repeated,
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
        self._missing = list(program.needed)
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
