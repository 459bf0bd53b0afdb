"""The graph behind the rules: knots, redundant edges, what leads to what."""

import time
from collections.abc import Mapping
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CredentialLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    StepLeaf,
)
from graph.structure import (
    always_needed,
    ancestors,
    cycles,
    opens,
    prerequisite_graph,
    proof_graph,
    redundant_edges,
    reference_graph,
)
from graph.world import Competency, Credential, Framework, Named, Program, Step, World

SHOP = Framework("shop")


def c(name: str) -> CompetencyLeaf:
    return CompetencyLeaf(f"shop:{name}")


def place(name: str) -> tuple[str, str]:
    return "competency", f"shop:{name}"


def world(rules: Mapping[str, Requirement | None], **named: Requirement) -> World:
    """Competencies with their prerequisites."""
    return World(
        frameworks={"shop": SHOP},
        competencies={
            f"shop:{name}": Competency(key=f"shop:{name}", framework=SHOP, prerequisites=rule)
            for name, rule in rules.items()
        },
        requirements={f"shop:{name}": Named(f"shop:{name}", name, rule) for name, rule in named.items()},
    )


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
            requirements={"shop:r": Named("shop:r", "r", ProgramLeaf("trade"))},
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


def test_an_edge_is_redundant_where_another_prerequisite_needs_it_anyway() -> None:
    rules = {"a": None, "b": c("a"), "d": c("b"), "z": All((c("a"), c("d")))}
    assert redundant_edges(world(rules)) == [(place("a"), place("z"))]


@pytest.mark.parametrize(
    "rule",
    [
        Any((c("a"), c("d"))),
        AtLeast(1, (c("a"), c("d"))),
        All((c("a"), Any((c("d"), c("e"))))),
    ],
)
def test_an_edge_is_not_redundant_where_there_is_a_choice(rule: Requirement) -> None:
    assert redundant_edges(world({"a": None, "e": None, "d": c("a"), "z": rule})) == []


def test_an_edge_is_redundant_behind_a_choice_that_needs_it_either_way() -> None:
    rules = {
        "a": None,
        "l": c("a"),
        "r": c("a"),
        "either": Any((c("l"), c("r"))),
        "z": AtLeast(2, (c("a"), c("either"))),
    }
    found = world(rules)
    assert always_needed(found)[place("either")] == {place("a")}
    assert redundant_edges(found) == [(place("a"), place("z"))]


def test_items_in_a_knot_need_nothing_for_certain() -> None:
    needed = always_needed(world({"a": c("b"), "b": c("a"), "z": c("a"), "free": None, "next": c("free")}))
    assert needed == {place("free"): set(), place("next"): {place("free")}}


def test_ancestors_are_everything_behind_and_opens_what_comes_next() -> None:
    graph = prerequisite_graph(world({"a": None, "b": c("a"), "d": c("b"), "e": c("a")}))
    assert ancestors(graph, place("d")) == {place("a"), place("b")}
    assert opens(graph, place("a")) == [place("b"), place("e")]
    assert opens(graph, place("d")) == []
