"""Rules that go round in a circle: each one an error that prints the circle."""

from collections.abc import Iterator, Sequence

from graph.edges import Edges, Place, go_in_circles, prerequisite_edges, proof_edges, reference_edges
from graph.world import World
from standards.naming import definitions
from standards.problems import Path, Problem
from standards.reading import Document

DOCUMENT_KINDS = ("framework", "program", "record", "agreement", "degree")


def circles(documents: Sequence[Document], world: World) -> list[tuple[str, Problem]]:
    """(code, problem) for every knot of prerequisites, of proofs and of requirements that name each other."""
    found: list[tuple[str, Problem]] = []
    for code, words, edges in (
        ("prerequisite-cycle", "prerequisites go in a circle", prerequisite_edges(world)),
        ("proof-cycle", "satisfied_by and composed_of go in a circle", proof_edges(world)),
        ("requirement-cycle", "the requirement refers to itself", reference_edges(world)),
    ):
        if go_in_circles(edges):
            found += [(code, problem) for problem in _printed(documents, edges, words)]
    return found


def _printed(documents: Sequence[Document], edges: Edges, words: str) -> Iterator[Problem]:
    from graph.structure import cycles, graph_of  # noqa: PLC0415 - slow to import, and healthy rules need none of it

    places = dict(_places(documents))
    kinds = {kind for kind, _ in edges}
    for cycle in cycles(graph_of(edges)):
        document, path = places[cycle[0]]
        what = f"{words}: {_path_of(cycle, kinds)}"
        yield document.source.problem(path, what, "take one of these references out")


def _places(documents: Sequence[Document]) -> Iterator[tuple[Place, tuple[Document, Path]]]:
    for document in documents:
        for kind, name, path in definitions(document):
            if kind in DOCUMENT_KINDS:
                yield (kind, name), (document, path)
            else:
                yield (kind, f"{document.model.id}:{name}"), (document, path)


def _path_of(cycle: Sequence[Place], kinds: set[str]) -> str:
    """Each one needs the next: edges run from what comes first, so the circle is read backwards."""
    names = [key if len(kinds) == 1 else f"{kind} {key}" for kind, key in reversed(cycle)]
    return " -> ".join(names)
