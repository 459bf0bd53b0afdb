"""Building gates: equal gates are one, constants vanish, circles are tied when their end is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import networkx as nx

from graph.gates.program import FALSE, FIRST_INPUT, TRUE, Gate, Months, Reached, Source, asked_day


@dataclass
class Builder:
    """Nodes in the making; numbers are final only in what ``finish`` gives."""

    nodes: list[Gate | Source | None] = field(default_factory=lambda: [None, None])
    _known: dict[Gate | Source, int] = field(default_factory=dict)
    _copies: dict[tuple[int, int], int] = field(default_factory=dict)

    def source(self, source: Source) -> int:
        """The node of an input."""
        return self._node(source)

    def all_of(self, *inputs: int) -> int:
        """True where every input is."""
        wanted = dict.fromkeys(node for node in inputs if node != TRUE)
        return FALSE if FALSE in wanted else self.gate(len(wanted), tuple(wanted))

    def any_of(self, *inputs: int) -> int:
        """True where an input is."""
        return self.gate(1, tuple(dict.fromkeys(inputs)))

    def gate(self, needed: int, inputs: Sequence[int]) -> int:
        """True where ``needed`` or more of the inputs are; one named twice counts twice."""
        needed -= sum(node == TRUE for node in inputs)
        left = tuple(sorted(node for node in inputs if node not in (TRUE, FALSE)))
        if needed <= 0:
            return TRUE
        if needed > len(left):
            return FALSE
        if needed in (1, len(left)):
            left = tuple(dict.fromkeys(left))
            needed = min(needed, len(left))
        return left[0] if len(left) == 1 else self._node(Gate(needed, self._distinct(left)))

    def _distinct(self, inputs: tuple[int, ...]) -> tuple[int, ...]:
        """The inputs, those named again as copies of their own."""
        found: dict[int, None] = {}
        for node in inputs:
            again = node in found
            found[self._copy(node, len(found)) if again else node] = None
        return tuple(found)

    def _copy(self, node: int, place: int) -> int:
        asked = (node, place)
        if asked not in self._copies:
            self._copies[asked] = self.reserve()
            self.tie(self._copies[asked], node)
        return self._copies[asked]

    def reserve(self) -> int:
        """A node to be tied later; one that never is never holds."""
        self.nodes.append(None)
        return len(self.nodes) - 1

    def tie(self, reserved: int, node: int) -> None:
        """Say what a reserved node is."""
        self.nodes[reserved] = Gate(1, (node,))

    def _node(self, what: Gate | Source) -> int:
        if what not in self._known:
            self._known[what] = len(self.nodes)
            self.nodes.append(what)
        return self._known[what]

    def finish(self, wanted: Iterable[int]) -> "Finished":
        """The nodes that the wanted ones rest on, numbered anew in an order in which they can be worked out."""
        graph = self._graph(wanted)
        inputs: list[int] = []
        gates: list[int] = []
        knots: list[range] = []
        sequence: list[int] = []
        for knot in nx.strongly_connected_components(graph):
            members = [node for node in sorted(knot) if self.nodes[node] is not None]
            within = [node for node in members if isinstance(self.nodes[node], Gate)]
            if within and (len(members) > 1 or graph.has_edge(within[0], within[0])):
                knots.append(range(len(gates), len(gates) + len(within)))
            gates += within
            inputs += [node for node in members if node not in within]
            sequence += members
        first = FIRST_INPUT + len(inputs)
        place = {FALSE: FALSE, TRUE: TRUE}
        place |= {node: at for at, node in enumerate(inputs, FIRST_INPUT)}
        place |= {node: at for at, node in enumerate(gates, first)}
        return Finished(
            place,
            tuple(_placed_source(self.nodes[node], place) for node in inputs),
            tuple(_placed_gate(self.nodes[node], place) for node in gates),
            tuple((first + knot.start, first + knot.stop) for knot in knots),
            tuple(place[node] for node in sequence),
        )

    def _graph(self, wanted: Iterable[int]) -> "nx.DiGraph[int]":
        """From each node to those it rests on, so that knots come out with what they rest on before them."""
        graph: nx.DiGraph[int] = nx.DiGraph()
        stack = list(wanted)
        graph.add_nodes_from(stack)
        seen = set(stack)
        while stack:
            node = stack.pop()
            for read in self._reads(node):
                graph.add_edge(node, read)
                if read not in seen:
                    seen.add(read)
                    stack.append(read)
        return graph

    def _reads(self, node: int) -> tuple[int, ...]:
        what = self.nodes[node]
        if isinstance(what, Gate):
            return what.inputs
        step = _step(what)
        return () if step is None else (step,)


@dataclass(frozen=True)
class Finished:
    """Where the wanted nodes went, and everything in order."""

    place: Mapping[int, int]
    inputs: tuple[Source, ...]
    gates: tuple[Gate, ...]
    knots: tuple[tuple[int, int], ...]
    sequence: tuple[int, ...]

    def at(self, node: int) -> int:
        """The final number of a node; one that was reserved and never tied never holds."""
        return self.place.get(node, FALSE)


def _step(what: Gate | Source | None) -> int | None:
    """The node whose day an input asks for."""
    return None if what is None or isinstance(what, Gate) else asked_day(what)


def _placed_gate(what: Gate | Source | None, place: Mapping[int, int]) -> Gate:
    if not isinstance(what, Gate):
        raise TypeError(what)
    return Gate(what.needed, tuple(place.get(node, FALSE) for node in what.inputs))


def _placed_source(what: Gate | Source | None, place: Mapping[int, int]) -> Source:
    if what is None or isinstance(what, Gate):
        raise TypeError(what)
    step = _step(what)
    if step is None or not isinstance(what, Reached) or not isinstance(what.amount, Months):
        return what
    return replace(what, amount=replace(what.amount, step=place[step]))
