"""Rules that go round in a circle: each one an error that prints the circle."""

from collections.abc import Iterator, Sequence

import networkx as nx

from graph.structure import Place, cycles, prerequisite_graph, proof_graph, reference_graph
from graph.world import World
from standards.naming import definitions
from standards.problems import Path, Problem
from standards.reading import Document

DOCUMENT_KINDS = ("framework", "program", "record", "agreement")


def circles(documents: Sequence[Document], world: World) -> list[tuple[str, Problem]]:
    """(code, problem) for every knot of prerequisites, of proofs and of requirements that name each other."""
    places = dict(_places(documents))
    found = []
    for code, words, graph in (
        ("prerequisite-cycle", "prerequisites go in a circle", prerequisite_graph(world)),
        ("proof-cycle", "satisfied_by and composed_of go in a circle", proof_graph(world)),
        ("requirement-cycle", "the requirement refers to itself", reference_graph(world)),
    ):
        for cycle in cycles(graph):
            document, path = places[cycle[0]]
            what = f"{words}: {_path_of(cycle, graph)}"
            found.append((code, document.source.problem(path, what, "take one of these references out")))
    return found


def _places(documents: Sequence[Document]) -> Iterator[tuple[Place, tuple[Document, Path]]]:
    for document in documents:
        for kind, name, path in definitions(document):
            if kind in DOCUMENT_KINDS:
                yield (kind, name), (document, path)
            else:
                yield (kind, f"{document.model.id}:{name}"), (document, path)


def _path_of(cycle: Sequence[Place], graph: "nx.DiGraph[Place]") -> str:
    """Each one needs the next: edges run from what comes first, so the circle is read backwards."""
    kinds = {kind for kind, _ in graph.nodes}
    names = [key if len(kinds) == 1 else f"{kind} {key}" for kind, key in reversed(cycle)]
    return " -> ".join(names)
