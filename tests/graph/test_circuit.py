"""The cheapest choice of a circuit, against trying every set of choices on small random ones."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cheapest import Search, Terms
from graph.cheapest import cheapest as search
from graph.circuit import TRUE, Choice, Circuit, Enough, Gate, Solution
from graph.integer_program import Program
from graph.prices import Prices

NAMES = "abcdef"


def cheapest(circuit: Circuit, goal: int) -> Solution | None:
    found = search(circuit, goal)
    assert found is None or (found.proven and found.price == found.bound == found.solution.size)
    return None if found is None else found.solution


def smallest(circuit: Circuit, goal: int, names: list[str]) -> frozenset[str] | None:
    """The first set in order of size, then of sorted names, each of which can be taken and that reaches the goal."""
    for size in range(len(names) + 1):
        for chosen in combinations(sorted(names), size):
            true, taken = grow(circuit, set(chosen))
            if goal in true and taken == set(chosen):
                return frozenset(chosen)
    return None


def grow(circuit: Circuit, chosen: set[str]) -> tuple[set[int], set[str]]:
    """What becomes true from the ground up, worked out by rounds over all nodes."""
    true: set[int] = set()
    while True:
        after = {node for node, part in enumerate(circuit.parts) if stands(part, chosen, true)}
        if after == true:
            taken = {
                part.name for part in circuit.parts if isinstance(part, Choice) and part.requires in true
            }
            return true, taken & chosen
        true = after


def stands(part: object, chosen: set[str], true: set[int]) -> bool:
    if isinstance(part, Gate):
        return sum(node in true for node in part.inputs) >= part.needed
    if isinstance(part, Choice):
        return part.name in chosen and part.requires in true
    return False


@st.composite
def circuits(draw: st.DrawFn) -> tuple[Circuit, int, list[str]]:
    """Gates and choices whose inputs are any nodes at all, so support may go round in circles."""
    names = list(NAMES[: draw(st.integers(1, len(NAMES)))])
    gates = draw(st.integers(1, 6))
    circuit = Circuit()
    choices = [circuit.reserve() for _ in names]
    others = [circuit.reserve() for _ in range(gates)]
    anywhere = st.sampled_from([TRUE, *choices, *others])
    not_the_ground = st.sampled_from([*choices, *others])
    for name, node in zip(names, choices, strict=True):
        circuit.define(node, Choice(name, draw(anywhere)))
    for node in others:
        inputs = draw(st.lists(not_the_ground, min_size=1, max_size=4, unique=True))
        circuit.define(node, Gate(draw(st.integers(1, len(inputs))), tuple(inputs)))
    return circuit, draw(st.sampled_from(others)), names


@given(circuits())
@settings(max_examples=150, deadline=None)
def test_the_cheapest_is_what_trying_everything_finds(drawn: tuple[Circuit, int, list[str]]) -> None:
    circuit, goal, names = drawn
    expected = smallest(circuit, goal, names)
    found = cheapest(circuit, goal)
    assert (None if found is None else found.choices) == expected
    assert found is None or not found.amounts


def reaching(circuit: Circuit, goal: int, names: list[str]) -> list[frozenset[str]]:
    """Every set of which each can be taken and that reaches the goal."""
    sets = [frozenset(found) for size in range(len(names) + 1) for found in combinations(names, size)]
    return [found for found in sets if (grown := grow(circuit, set(found)))[1] == found and goal in grown[0]]


@given(circuits(), st.lists(st.integers(0, 2), min_size=len(NAMES), max_size=len(NAMES)))
@settings(max_examples=150, deadline=None)
def test_things_that_are_free_and_hang_in_the_air_hide_nothing(
    drawn: tuple[Circuit, int, list[str]], costs: list[int]
) -> None:
    circuit, goal, names = drawn
    prices = Prices(dict(zip(NAMES, costs, strict=True)))
    ways = reaching(circuit, goal, names)
    ordered = sorted((sum(prices.choices[name] for name in way), len(way), sorted(way)) for way in ways)
    found = search(circuit, goal, prices)
    assert (None if found is None else [(found.price, found.solution.size, found.solution.names)]) == (
        ordered[:1] or None
    )
    one = Search(circuit, goal, prices, Terms())
    for name in names:
        left = [price for price, _, way in ordered if name not in way]
        other = one.without(name)
        assert (None if other is None else other.price) == (left[0] if left else None)


def test_what_hangs_in_the_air_is_left_and_what_stands_is_kept() -> None:
    """Asked for as many things as can be, the solver would take the two that only open each other."""
    circuit = Circuit()
    goal, left, right = (circuit.reserve() for _ in range(3))
    circuit.define(goal, Choice("goal", TRUE))
    circuit.define(left, Choice("left", right))
    circuit.define(right, Choice("right", left))
    program = Program(circuit, goal, Prices())
    program.minimise(dict.fromkeys(program.things, -1))
    assert program.solve() == Solution(frozenset({"goal"}), {})


def test_a_goal_that_holds_costs_nothing() -> None:
    assert cheapest(Circuit(), TRUE) == Solution(frozenset(), {})


def test_an_undefined_node_never_holds() -> None:
    circuit = Circuit()
    assert cheapest(circuit, circuit.reserve()) is None


def test_two_gates_that_only_prove_each_other_are_not_true() -> None:
    circuit = Circuit()
    left, right = circuit.reserve(), circuit.reserve()
    circuit.define(left, Gate(1, (right,)))
    circuit.define(right, Gate(1, (left,)))
    assert cheapest(circuit, left) is None


def test_a_circle_of_support_is_paid_for_from_the_ground() -> None:
    circuit = Circuit()
    left, right, ground = (circuit.reserve() for _ in range(3))
    circuit.define(ground, Choice("dear", TRUE))
    circuit.define(left, Gate(1, (right,)))
    circuit.define(right, Gate(1, (left, ground)))
    assert cheapest(circuit, left) == Solution(frozenset({"dear"}), {})


@pytest.mark.parametrize(
    ("names", "expected"),
    [(("b", "a", "c"), {"a", "b"}), (("z", "y", "x"), {"x", "y"}), (("a10", "a2", "a1"), {"a1", "a10"})],
)
def test_ties_go_to_the_first_by_sorted_names(names: tuple[str, ...], expected: set[str]) -> None:
    circuit = Circuit()
    choices = [circuit.define(circuit.reserve(), Choice(name, TRUE)) for name in names]
    assert cheapest(circuit, circuit.gate(2, choices)) == Solution(frozenset(expected), {})


def test_a_pool_costs_one_whatever_is_taken_from_it() -> None:
    circuit = Circuit(pools={"milling": 500, "turning": 900})
    hours = circuit.define(circuit.reserve(), Enough(400, ("milling", "turning")))
    first = circuit.define(circuit.reserve(), Choice("earn-first", TRUE))
    second = circuit.define(circuit.reserve(), Choice("earn-second", TRUE))
    both = circuit.gate(2, (first, second))
    assert cheapest(circuit, circuit.gate(1, (hours, both))) == Solution(frozenset(), {"milling": 400})


def test_a_demand_above_the_room_of_all_pools_cannot_be_met() -> None:
    circuit = Circuit(pools={"milling": 500, "turning": 900})
    assert cheapest(circuit, circuit.define(circuit.reserve(), Enough(1401, ("milling", "turning")))) is None
    full = circuit.define(circuit.reserve(), Enough(1400, ("milling", "turning")))
    assert cheapest(circuit, full) == Solution(frozenset(), {"milling": 500, "turning": 900})


def test_a_pool_that_is_full_does_not_keep_the_search_going() -> None:
    circuit = Circuit(pools={"milling": 0})
    assert cheapest(circuit, circuit.reserve()) is None
    left, right = circuit.reserve(), circuit.reserve()
    circuit.define(left, Gate(1, (right,)))
    circuit.define(right, Gate(1, (left,)))
    assert cheapest(circuit, left) is None


def test_a_circle_of_support_may_be_paid_for_in_hours() -> None:
    circuit = Circuit(pools={"milling": 500})
    left, right = circuit.reserve(), circuit.reserve()
    hours = circuit.define(circuit.reserve(), Enough(400, ("milling",)))
    circuit.define(left, Gate(1, (right,)))
    circuit.define(right, Gate(1, (left, hours)))
    assert cheapest(circuit, left) == Solution(frozenset(), {"milling": 400})
