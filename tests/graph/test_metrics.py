"""Measures of prerequisites: published tables, and every path written out on random small graphs."""

from collections.abc import Mapping
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.edges import Place
from graph.metrics import Metrics, measure, measure_edges
from graph.paths import CircleError
from graph.requirement import All, Any, AtLeast, CompetencyCount, CredentialLeaf, NamedLeaf
from graph.structure import graph_of
from graph.world import Competency, Credential, Framework, World
from tests.graph.acyclic import SHOP, acyclic_worlds, c, place, reachable, world
from tests.oracle.dice import Dice
from tests.thoroughness import examples


def graph(places: str, edges: str) -> dict[Place, set[Place]]:
    """Places of one letter, and edges such as ``AB``, from what comes first to what it leads to."""
    before: dict[Place, set[Place]] = {place(name): set() for name in places}
    for edge in edges.split():
        before[place(edge[1])].add(place(edge[0]))
    return before


def measured(places: str, edges: str) -> Metrics:
    return measure_edges(graph(places, edges), {})


PUBLISHED: Mapping[str, tuple[str, str, list[int], list[int], list[int], list[int]]] = {
    # CurricularAnalytics.jl, test/CurricularAnalytics.jl: edges, blocking, delay, centrality, complexity by item
    "two components and two items alone": (
        "ABCDEFGH",
        "AC BC DC CE DF",
        [2, 2, 1, 3, 0, 0, 0, 0],
        [3, 3, 3, 3, 3, 2, 1, 1],
        [0, 0, 9, 0, 0, 0, 0, 0],
        [5, 5, 4, 6, 3, 2, 1, 1],
    ),
    "one source": (
        "ABCDEFG",
        "AB AC BD CD CE DF DG GF",
        [6, 3, 4, 2, 0, 0, 1],
        [5, 5, 5, 5, 3, 5, 5],
        [0, 9, 12, 18, 0, 0, 10],
        [11, 8, 9, 7, 3, 5, 6],
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_graphs_have_their_published_measures(name: str) -> None:
    places, edges, blocking, delay, centrality, complexity = PUBLISHED[name]
    found = measured(places, edges)
    measures = list(found.items.values())
    assert list(found.items) == [place(letter) for letter in places]
    assert [one.blocking for one in measures] == blocking
    assert [one.delay for one in measures] == delay
    assert [one.centrality for one in measures] == centrality
    assert [one.complexity for one in measures] == complexity
    totals = found.totals
    assert (totals.items, totals.edges) == (len(places), len(edges.split()))
    assert (totals.blocking, totals.delay) == (sum(blocking), sum(delay))
    assert (totals.centrality, totals.complexity) == (sum(centrality), sum(complexity))


@st.composite
def graphs(draw: st.DrawFn) -> dict[Place, set[Place]]:
    dice = Dice(draw)
    names = [f"n{number}" for number in range(dice.number(0, 9))]
    before = {
        place(name): {place(other) for other in dice.some(names[:number], 4)}
        for number, name in enumerate(names)
    }
    return {at: before[at] for at in dice.shuffled(list(before))}


def long_paths(drawn: "nx.DiGraph[Place]") -> list[list[Place]]:
    """Every path from a source to a sink, written out."""
    ends = [at for at in drawn if not drawn.out_degree(at)]
    found: list[list[Place]] = []
    for start in (at for at in drawn if not drawn.in_degree(at)):
        found += [[start]] if start in ends else list(nx.all_simple_paths(drawn, start, ends))
    return found


@given(graphs())
@examples(150)
def test_measures_are_those_of_all_paths_written_out(before: dict[Place, set[Place]]) -> None:
    drawn = graph_of(before)
    paths = long_paths(drawn)
    found = measure_edges(before, {})
    for at, one in found.items.items():
        through = [path for path in paths if at in path]
        inside = [len(path) for path in through if at not in (path[0], path[-1])]
        assert one.blocking == len(nx.descendants(drawn, at))
        assert one.delay == max(map(len, through))
        assert one.centrality == sum(inside)
        assert (one.prerequisites, one.opens) == (drawn.in_degree(at), drawn.out_degree(at))


@given(graphs())
@examples(150)
def test_the_longest_path_is_the_first_of_the_longest(before: dict[Place, set[Place]]) -> None:
    rank = {at: number for number, at in enumerate(before)}
    paths = long_paths(graph_of(before))
    best = min(paths, key=lambda path: (-len(path), [rank[at] for at in path]), default=[])
    assert measure_edges(before, {}).longest_path == tuple(best)


@given(graphs())
@examples(150)
def test_gateways_are_the_dominators_that_networkx_finds(before: dict[Place, set[Place]]) -> None:
    root = place("root")
    drawn = graph_of(before)
    drawn.add_edges_from((root, at) for at in before if not before[at])
    found = measure_edges(before, {}).items
    if before:
        dominators = dict(nx.immediate_dominators(drawn, root))
        expected = {at: None if dominators[at] == root else dominators[at] for at in before}
        assert {at: one.gateway for at, one in found.items()} == expected
    for at, one in found.items():
        drawn.remove_node(at)
        still_reached = nx.descendants(drawn, root)
        assert one.behind == len(before.keys() - {at} - still_reached)
        drawn.add_edges_from((earlier, at) for earlier in before[at] or {root})
        drawn.add_edges_from((at, later) for later in before if at in before[later])


@given(acyclic_worlds())
@examples(100)
def test_gates_are_the_items_that_cannot_be_reached_without_it(found: World) -> None:
    everything = found.competencies.keys()
    for (_, key), one in measure(found).items.items():
        assert one.gates == len(everything - reachable(found, without=key) - {key})
        assert one.behind <= one.blocking
        assert one.gates <= one.blocking


def test_more_paths_than_there_are_atoms_are_counted_exactly() -> None:
    """Sixty diamonds in a row, 2**60 paths of 121 items each; a listing would never end."""
    before: dict[Place, set[Place]] = {place("0"): set()}
    for number in range(1, 61):
        top = place(str(number - 1))
        before |= {place(f"{number}l"): {top}, place(f"{number}r"): {top}}
        before[place(str(number))] = {place(f"{number}l"), place(f"{number}r")}
    found = measure_edges(before, {})
    assert found.items[place("30")].centrality == 2**60 * 121
    assert found.items[place("30l")].centrality == 2**59 * 121
    assert len(found.longest_path) == 121
    assert found.items[place("60")].gateway == place("59")


def test_a_chain_deeper_than_python_recurses_is_measured() -> None:
    before: dict[Place, set[Place]] = {place("0"): set()}
    before |= {place(str(number)): {place(str(number - 1))} for number in range(1, 5000)}
    found = measure_edges(before, {})
    assert (found.items[place("0")].blocking, found.items[place("0")].delay) == (4999, 5000)


def test_items_in_a_circle_are_refused_and_the_circle_is_told() -> None:
    with pytest.raises(CircleError) as refusal:
        measured("ABCDE", "AB BC CB CD")
    circle = refusal.value.circle
    assert circle[0] == circle[-1]
    assert {*pairwise(circle)} == {(place("B"), place("C")), (place("C"), place("B"))}


@pytest.mark.parametrize(
    ("places", "edges", "bottlenecks"),
    [
        ("ABCD", "AD BD CD", "D"),  # three prerequisites
        ("ABCD", "AB AC AD", "A"),  # three opened
        ("ABCDE", "AC BC CD CE", ""),  # two and two
        ("ABCDEF", "AC BC CD CE CF", "C"),  # three opened, five together
        ("ABC", "AB BC", ""),
    ],
)
def test_a_bottleneck_has_three_prerequisites_or_three_that_it_opens(
    places: str, edges: str, bottlenecks: str
) -> None:
    assert measured(places, edges).bottlenecks == tuple(place(letter) for letter in bottlenecks)


def test_bottlenecks_come_with_the_most_complex_first() -> None:
    found = measured("EABCDFGHI", "AD BD CD DE EF EG EH HI")
    assert found.bottlenecks == (place("D"), place("E"))
    assert [found.items[at].complexity for at in found.bottlenecks] == [10, 9]


def test_a_gateway_has_three_items_behind_it_that_nothing_else_leads_to() -> None:
    found = measured("ABCDEF", "AB BC BD CE DE FE")
    assert [found.items[at].behind for at in map(place, "ABCDEF")] == [3, 2, 0, 0, 0, 0]
    assert found.gateways == (place("A"),)
    assert found.items[place("E")].gateway is None
    assert found.items[place("D")].gateway == place("B")


def test_an_edge_stands_for_every_item_under_any_group_and_behind_any_name_and_counts_give_none() -> None:
    rule = All((Any((c("a"), NamedLeaf("shop:r"))), CompetencyCount(2)))
    found = measure(world({"a": None, "b": None, "d": None, "z": rule}, r=AtLeast(1, (c("a"), c("b")))))
    assert found.items[place("z")].prerequisites == 2
    assert found.totals.edges == 2
    assert [found.items[place(name)].gates for name in "abdz"] == [0, 0, 0, 0]


def test_one_framework_is_measured_with_what_comes_before_it_elsewhere() -> None:
    yard = Framework("yard")
    found = World(
        frameworks={"shop": SHOP, "yard": yard},
        competencies={
            "shop:a": Competency(key="shop:a", framework=SHOP),
            "shop:b": Competency(key="shop:b", framework=SHOP, prerequisites=c("a")),
            "shop:alone": Competency(key="shop:alone", framework=SHOP),
        },
        credentials={
            "yard:x": Credential(key="yard:x", framework=yard, prerequisites=c("a")),
            "yard:y": Credential(key="yard:y", framework=yard, prerequisites=CredentialLeaf("yard:x")),
        },
    )
    path = (place("a"), ("credential", "yard:x"), ("credential", "yard:y"))
    assert measure(found, "yard").longest_path == path
    assert set(measure(found, "yard").items) == set(path)
    assert measure(found, "yard").items[place("a")].blocking == 2
    assert measure(found, "shop").items[place("a")].blocking == 1
    assert measure(found).items[place("a")].blocking == 3


def test_nothing_to_measure_is_all_nothing() -> None:
    found = measure(World())
    assert (found.longest_path, found.bottlenecks, found.gateways, found.totals.items) == ((), (), (), 0)
