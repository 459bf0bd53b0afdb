"""Arithmetic on planes against Python's own integers."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.gates import planes
from graph.gates.planes import Number
from tests.thoroughness import examples

SIZE = 67
AMOUNTS = st.lists(st.integers(0, 2000), min_size=SIZE, max_size=SIZE)


def number(amounts: Sequence[int]) -> Number:
    return planes.number_of(np.array(amounts, np.int64))


def amounts(found: Number) -> list[int]:
    return [int(one) for one in planes.amounts_of(found, SIZE)]


@given(st.lists(st.tuples(st.integers(1, 10**25), AMOUNTS), min_size=1, max_size=5))
@examples(60)
def test_sums_are_exact_however_large(terms: list[tuple[int, list[int]]]) -> None:
    found = planes.total((weight, number(values)) for weight, values in terms)
    assert amounts(found) == [
        sum(weight * values[place] for weight, values in terms) for place in range(SIZE)
    ]


@given(AMOUNTS, st.integers(0, 3000))
@examples(60)
def test_at_least_and_capped(values: list[int], needed: int) -> None:
    shape = planes.packed(np.zeros(SIZE, np.uint8))
    enough = planes.unpacked(planes.at_least(number(values), needed, shape), SIZE)
    assert enough.tolist() == [value >= needed for value in values]
    assert amounts(planes.capped(number(values), needed, shape)) == [min(value, needed) for value in values]


@given(st.lists(AMOUNTS, min_size=1, max_size=5), st.integers(1, 5))
@examples(60)
def test_the_best_of_several(members: list[list[int]], needed: int) -> None:
    shape = planes.packed(np.zeros(SIZE, np.uint8))
    found = planes.best_of(needed, [number(values) for values in members], shape)
    assert amounts(found) == [
        sum(sorted((values[place] for values in members), reverse=True)[:needed]) for place in range(SIZE)
    ]


@given(st.lists(st.booleans(), min_size=1, max_size=200))
@examples(60)
def test_packing_and_back(bits: list[bool]) -> None:
    plane = planes.packed(np.array(bits, np.uint8))
    assert len(plane) == planes.words_of(len(bits))
    assert planes.unpacked(plane, len(bits)).tolist() == bits
    assert planes.count(plane) == sum(bits)


def test_nothing_adds_up_to_nothing() -> None:
    assert planes.total([]) == []
    assert amounts([]) == [0] * SIZE
