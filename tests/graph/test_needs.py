"""What is needed in any case, and prerequisites that need not be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.needs import always_needed, counts, in_at_least, ones, redundant_edges
from graph.requirement import All, Any, AtLeast, CompetencyLeaf, CourseLeaf, Group, NamedLeaf, Requirement
from graph.world import World
from tests.graph.acyclic import acyclic_worlds, c, holds, place, reachable, world
from tests.thoroughness import examples

MASKS = st.lists(st.integers(0, 2**12 - 1), min_size=1, max_size=7)


@given(acyclic_worlds())
@examples(150)
def test_an_item_is_needed_in_any_case_where_nothing_is_reached_without_it(found: World) -> None:
    needs = always_needed(found)
    for key in found.competencies:
        lost = found.competencies.keys() - reachable(found, without=key) - {key}
        assert {other for other in found.competencies if place_of(key) in needs.of(place_of(other))} == lost
        assert needs.counted(map(place_of, found.competencies))[place_of(key)] == len(lost)


@given(acyclic_worlds())
@examples(150)
def test_a_rule_says_the_same_without_what_is_redundant(found: World) -> None:
    for (_, needed), (_, item) in redundant_edges(found):
        rule = found.competencies[item].prerequisites
        assert isinstance(rule, Group)
        rest = without(rule, needed)
        for left_alone in found.competencies:
            reached = reachable(found, left_alone)
            assert holds(found, rest, reached) == holds(found, rule, reached)


def without(rule: Requirement, needed: str) -> Requirement | None:
    """A rule without an item that it names outright."""
    if rule == CompetencyLeaf(needed):
        return None
    if not isinstance(rule, Group) or rule.needed < len(rule.members):
        return rule
    rest = tuple(kept for member in rule.members if (kept := without(member, needed)) is not None)
    return All(rest) if rest else None


def place_of(key: str) -> tuple[str, str]:
    return "competency", key


@given(MASKS, st.data())
def test_bits_in_at_least_so_many_masks_and_counts_of_bits_are_those_counted_one_by_one(
    masks: list[int], data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(masks)))
    told = [sum(mask >> bit & 1 for mask in masks) for bit in range(12)]
    assert list(ones(in_at_least(count, masks))) == [bit for bit in range(12) if told[bit] >= count]
    assert counts(masks, 12) == told


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
    assert always_needed(found).of(place("either")) == {place("a")}
    assert redundant_edges(found) == [(place("a"), place("z"))]


@pytest.mark.parametrize(
    ("rule", "redundant"),
    [
        (All((c("a"), Any((c("d"), c("e"))))), True),
        (All((c("a"), All((c("b"), c("d"))))), True),
        (All((c("a"), NamedLeaf("shop:basics"))), True),
        (All((c("a"), AtLeast(2, (c("d"), c("e"), c("b"))))), True),
        (All((c("a"), AtLeast(1, (c("d"), c("e"), c("b"))))), False),
        (All((c("a"), Any((c("d"), CourseLeaf("shop:k"))))), False),
        (All((c("a"), c("a"))), False),
        (All((c("a"), c("a"), c("d"))), False),
    ],
)
def test_the_rest_of_a_rule_may_need_an_item_by_a_group_or_a_name(rule: Requirement, redundant: bool) -> None:
    rules = {"a": None, "b": None, "d": c("a"), "e": c("a"), "z": rule}
    found = world(rules, basics=Any((c("d"), c("e"))))
    assert redundant_edges(found) == ([(place("a"), place("z"))] if redundant else [])


def test_items_in_a_knot_need_nothing_for_certain() -> None:
    rules = {"a": c("b"), "b": c("a"), "z": c("a"), "free": None, "next": c("free")}
    needs = always_needed(world(rules))
    assert [needs.of(place(name)) for name in rules] == [set(), set(), set(), set(), {place("free")}]


def test_three_thousand_requirements_that_name_each_other_in_turn_are_one_chain() -> None:
    last = 3000
    named: dict[str, Requirement] = {"r0": c("a")}
    named |= {f"r{number}": NamedLeaf(f"shop:r{number - 1}") for number in range(1, last)}
    found = world({"a": None, "z": NamedLeaf(f"shop:r{last - 1}")}, **named)
    assert always_needed(found).of(place("z")) == {place("a")}
