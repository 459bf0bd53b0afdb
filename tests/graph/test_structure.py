"""The graph behind the rules: knots, redundant edges, what leads to what."""

import time
from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graph.edges import go_in_circles, in_order
from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CredentialLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    StepLeaf,
)
from graph.structure import (
    ancestors,
    cycles,
    graph_of,
    opens,
    prerequisite_graph,
    proof_graph,
    reference_graph,
)
from graph.world import Competency, Credential, Named, Program, Step, World
from tests.graph.acyclic import SHOP, c, place, world


def test_an_edge_runs_from_every_item_named_under_any_group_and_behind_any_name() -> None:
    graph = prerequisite_graph(
        world(
            {
                "a": None,
                "b": None,
                "d": None,
                "e": None,
                "z": AtLeast(
                    1, (All((c("a"), Any((c("b"),)))), NamedLeaf("shop:basics"), CompetencyCount(1))
                ),
            },
            basics=All((c("d"),)),
        )
    )
    assert set(graph.edges) == {(place(name), place("z")) for name in "abd"}
    assert place("e") in graph


def test_proofs_have_a_graph_of_their_own() -> None:
    found = proof_graph(
        World(
            competencies={
                "shop:a": Competency(key="shop:a", framework=SHOP, satisfied_by=CredentialLeaf("shop:x"))
            },
            credentials={
                "shop:x": Credential(key="shop:x", framework=SHOP, composed_of=CredentialLeaf("shop:y")),
                "shop:y": Credential(key="shop:y", framework=SHOP, prerequisites=c("a")),
            },
        )
    )
    assert set(found.edges) == {
        (("credential", "shop:x"), ("competency", "shop:a")),
        (("credential", "shop:y"), ("credential", "shop:x")),
    }


def test_names_steps_and_programs_have_a_graph_of_their_own() -> None:
    found = reference_graph(
        World(
            requirements={
                "shop:r": Named("shop:r", "r", ProgramLeaf("trade")),
                "shop:other": Named("shop:other", "other", CredentialLeaf("shop:x")),
            },
            programs={
                "trade": Program(
                    "trade",
                    completion=StepLeaf("trade:s2"),
                    steps=(Step("trade:s1"), Step("trade:s2", when=NamedLeaf("shop:other"))),
                )
            },
        )
    )
    assert set(found.edges) == {
        (("program", "trade"), ("requirement", "shop:r")),
        (("step", "trade:s2"), ("program", "trade")),
        (("step", "trade:s1"), ("step", "trade:s2")),
        (("requirement", "shop:other"), ("step", "trade:s2")),
    }


def test_no_cycle_is_an_empty_list() -> None:
    assert cycles(prerequisite_graph(world({"a": None, "b": c("a"), "d": All((c("a"), c("b")))}))) == []


def test_each_knot_is_one_cycle_and_the_shortest_through_its_first_item() -> None:
    rules: dict[str, Requirement | None] = {
        "a": Any((c("d"), c("b"))),
        "b": c("a"),
        "d": c("b"),
        "m": c("n"),
        "n": c("m"),
        "s": c("s"),
        "t": c("s"),
    }
    assert cycles(prerequisite_graph(world(rules))) == [
        [place("a"), place("b"), place("a")],
        [place("m"), place("n"), place("m")],
        [place("s"), place("s")],
    ]


def test_eighteen_items_that_all_need_each_other_are_one_cycle_found_at_once() -> None:
    names = [f"n{number:02}" for number in range(18)]
    rules = {name: All(tuple(c(other) for other in names if other != name)) for name in names}
    began = time.process_time()
    found = cycles(prerequisite_graph(world(rules)))
    assert time.process_time() - began < 1
    assert found == [[place("n00"), place("n01"), place("n00")]]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24))
def test_an_order_has_all_places_after_those_before_them_unless_they_go_in_circles(
    pairs: list[tuple[int, int]],
) -> None:
    edges: dict[tuple[str, str], set[tuple[str, str]]] = {place(str(at)): set() for at in range(8)}
    for earlier, later in pairs:
        edges[place(str(later))].add(place(str(earlier)))
    order = in_order(edges)
    assert all(order.index(earlier) < at for at, later in enumerate(order) for earlier in edges[later])
    assert go_in_circles(edges) == (not nx.is_directed_acyclic_graph(graph_of(edges)))
    assert go_in_circles(edges) == (len(order) < len(edges))


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24))
def test_every_cycle_is_a_closed_walk_and_there_is_one_a_knot(edges: list[tuple[int, int]]) -> None:
    graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    graph.add_edges_from((place(str(a)), place(str(b))) for a, b in edges)
    found = cycles(graph)
    for cycle in found:
        assert cycle[0] == cycle[-1]
        assert len(set(cycle)) == len(cycle) - 1
        assert all(graph.has_edge(a, b) for a, b in pairwise(cycle))
    knots = [k for k in nx.strongly_connected_components(graph) if len(k) > 1 or graph.has_edge(*list(k) * 2)]
    assert len(found) == len(knots)
    assert all(sum(set(cycle) <= knot for knot in knots) == 1 for cycle in found)


def test_ancestors_are_everything_behind_and_opens_what_comes_next() -> None:
    graph = prerequisite_graph(world({"a": None, "b": c("a"), "d": c("b"), "e": c("a")}))
    assert ancestors(graph, place("d")) == {place("a"), place("b")}
    assert opens(graph, place("a")) == [place("b"), place("e")]
    assert opens(graph, place("d")) == []
