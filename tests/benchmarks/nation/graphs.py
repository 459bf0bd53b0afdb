"""Peers that walk a graph for one person after the other: networkx and rustworkx."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import rustworkx as rx

from tests.benchmarks.nation.bits import Bits
from tests.benchmarks.nation.gates import Rules, Weighing
from tests.benchmarks.nation.peers import Results

Answer = tuple[list[bool], list[int]]


@dataclass
class Walk:
    """People as rows of truth values, and the rules as a graph of some library."""

    rules: Rules
    people: list[list[bool]]
    graph: Any

    def answer(self, values: Any) -> Answer:
        """One person's answer from the value of every signal."""
        return [values[signal] for signal in self.rules.outputs], [
            _sum(weighing, values) for weighing in self.rules.progress.values()
        ]


def _sum(weighing: Weighing, values: Any) -> int:
    return sum(weight for signal, weight in weighing.members if values[signal])


class _Graph(ABC):
    """What the three have in common: a person at a time."""

    def load(self, rules: Rules, columns: Bits) -> Walk:
        people: list[list[bool]] = columns.flags().T.tolist()
        return Walk(rules, people, self.graph(rules))

    def evaluate(self, loaded: Walk) -> list[Answer]:
        return [loaded.answer(self.values(loaded, person)) for person in loaded.people]

    def results(self, _loaded: Walk, answer: list[Answer]) -> Results:
        flags, progress = zip(*answer, strict=True)
        return Results(np.array(flags, np.bool_).T, np.array(progress, np.int64).T)

    @abstractmethod
    def graph(self, rules: Rules) -> Any:
        """The rules in the form that a library likes."""

    @abstractmethod
    def values(self, loaded: Walk, person: list[bool]) -> Any:
        """Every signal of one person."""


class NaiveNetworkx(_Graph):
    """What most would write: the rules as a graph, sorted and walked for each person."""

    name = "networkx, sorted for each person"

    def graph(self, rules: Rules) -> "nx.DiGraph[int]":
        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(range(len(rules.leaves)))
        for signal, gate in rules.numbered():
            graph.add_node(signal, needed=gate.needed)
            graph.add_edges_from((read, signal) for read in gate.inputs)
        return graph

    def values(self, loaded: Walk, person: list[bool]) -> dict[int, bool]:
        graph: nx.DiGraph[int] = loaded.graph
        values: dict[int, bool] = {}
        for node in nx.topological_sort(graph):
            needed = graph.nodes[node].get("needed")
            if needed is None:
                values[node] = person[node]
            else:
                values[node] = sum(values[read] for read in graph.predecessors(node)) >= needed
        return values


class CachedNetworkx(_Graph):
    """The same with the order and the neighbours looked up once."""

    name = "networkx, order kept"

    def graph(self, rules: Rules) -> list[tuple[int, int, list[int]]]:
        graph = NaiveNetworkx().graph(rules)
        return [
            (node, graph.nodes[node]["needed"], list(graph.predecessors(node)))
            for node in nx.topological_sort(graph)
            if "needed" in graph.nodes[node]
        ]

    def values(self, loaded: Walk, person: list[bool]) -> dict[int, bool]:
        values = dict(enumerate(person))
        for node, needed, inputs in loaded.graph:
            values[node] = sum(values[read] for read in inputs) >= needed
        return values


class Rustworkx(_Graph):
    """The naive way with a graph library in Rust."""

    name = "rustworkx, sorted for each person"

    def graph(self, rules: Rules) -> "rx.PyDiGraph[int | None, None]":
        graph: rx.PyDiGraph[int | None, None] = rx.PyDiGraph(multigraph=False)
        graph.add_nodes_from([None] * len(rules.leaves))
        graph.add_nodes_from([gate.needed for gate in rules.gates])
        graph.add_edges_from_no_data(list(_edges(rules)))
        return graph

    def values(self, loaded: Walk, person: list[bool]) -> dict[int, bool]:
        graph: rx.PyDiGraph[int | None, None] = loaded.graph
        values: dict[int, bool] = {}
        for node in rx.topological_sort(graph):
            needed = graph[node]
            if needed is None:
                values[node] = person[node]
            else:
                values[node] = sum(values[read] for read in graph.predecessor_indices(node)) >= needed
        return values


def _edges(rules: Rules) -> Iterator[tuple[int, int]]:
    for signal, gate in rules.numbered():
        yield from ((read, signal) for read in gate.inputs)
