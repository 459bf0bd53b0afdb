"""Filling groups: against every placing there is on small random worlds, and the laws of it."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.degrees.filling import Item, fill
from tests.thoroughness import examples

World = tuple[list[int], list[Item]]
WORTH = st.sampled_from([0, 100, 150, 200, 300, 300, 400, 1500])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    room = draw(st.lists(st.sampled_from([0, 100, 300, 450, 600, 900]), min_size=1, max_size=3))
    options = st.dictionaries(st.integers(0, len(room) - 1), WORTH, max_size=len(room))
    found = draw(st.lists(options, max_size=6))
    return room, [Item(f"i{number}", chosen) for number, chosen in enumerate(found)]


def by_hand(room: list[int], items: list[Item]) -> tuple[int, int]:
    """(the most credits, the fewest items that fill them), by looking at every placing."""
    best = (0, 0)
    for places in product(*([None, *item.options] for item in items)):
        sums = [0] * len(room)
        for item, place in zip(items, places, strict=True):
            if place is not None:
                sums[place] += item.options[place]
        credits_ = sum(min(most, found) for most, found in zip(room, sums, strict=True))
        pieces = sum(place is not None for place in places)
        best = max(best, (credits_, -pieces))
    return best[0], -best[1]


@given(worlds())
@examples(400)
def test_no_placing_fills_more_and_none_does_with_fewer(world: World) -> None:
    room, items = world
    found = fill(room, items)
    assert (found.credits, len(found.places)) == by_hand(room, items)
    assert found.proven


@given(worlds())
@examples(150)
def test_the_integer_program_fills_as_much(world: World) -> None:
    room, items = world
    found = fill(room, items, most=0)
    assert found.credits == by_hand(room, items)[0]
    assert found.proven


@given(worlds())
@examples(150)
def test_each_counts_once_where_it_may(world: World) -> None:
    room, items = world
    found = fill(room, items)
    by_key = {item.key: item for item in items}
    assert all(place in by_key[key].options for key, place in found.places.items())
    for place, most in enumerate(room):
        inside = [by_key[key].options[place] for key, where in found.places.items() if where == place]
        assert found.filled[place] == min(most, sum(inside))


@given(worlds(), st.data())
@examples(150)
def test_more_to_count_never_fills_less(world: World, data: st.DataObject) -> None:
    room, items = world
    fewer = [item for item in items if data.draw(st.booleans())]
    assert fill(room, fewer).credits <= fill(room, items).credits


@given(worlds(), st.randoms(use_true_random=False))
@examples(150)
def test_the_order_does_not_matter(world: World, dice: Any) -> None:
    room, items = world
    shuffled = list(items)
    dice.shuffle(shuffled)
    assert fill(room, shuffled) == fill(room, items)
    assert fill(room, shuffled, most=0) == fill(room, items, most=0)


@pytest.mark.parametrize(
    ("room", "items", "places", "credits_"),
    [
        ([], [], {}, 0),
        ([600], [], {}, 0),
        # four credits in a group of three count three; in the electives they count four
        ([300, 400], [Item("a", {0: 400, 1: 400})], {"a": 1}, 400),
        # the one that fits nowhere else goes where it can, the other makes room for it
        ([300, 300], [Item("a", {0: 300, 1: 300}), Item("b", {0: 300})], {"a": 1, "b": 0}, 600),
        # of two that would do, the first in the order of groups and names
        ([300], [Item("b", {0: 300}), Item("a", {0: 300})], {"a": 0}, 300),
        ([0], [Item("a", {0: 300})], {}, 0),
    ],
)
def test_published_answers(room: list[int], items: list[Item], places: dict[str, int], credits_: int) -> None:
    found = fill(room, items)
    assert (dict(found.places), found.credits) == (places, credits_)


def test_where_the_ways_are_too_many_the_program_is_asked_and_agrees() -> None:
    room = [1700, 2300, 1900, 2900, 1300]
    items = [Item(f"i{n:02}", dict.fromkeys(range(5), 100 + 37 * n)) for n in range(24)]
    found = fill(room, items, most=500)
    assert found.credits == sum(room)
    assert found.proven
