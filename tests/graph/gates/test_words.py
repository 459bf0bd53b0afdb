"""Arithmetic in words of people against Python's own integers."""

from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.gates import packing
from graph.gates.code import assemble
from graph.gates.program import FALSE, FIRST_INPUT, TRUE
from graph.gates.words import Number, Writer
from tests.thoroughness import examples

SIZE = 67
WIDTH = 11
AMOUNTS = st.lists(st.integers(0, 2000), min_size=SIZE, max_size=SIZE)
Write = Callable[[Writer, list[Number]], Number]


def worked_out(members: Sequence[Sequence[int]], write: Write) -> list[int]:
    """What is written about numbers, for each person."""
    writer = Writer(FIRST_INPUT + WIDTH * len(members))
    numbers: list[Number] = [
        list(range(start, start + WIDTH)) for start in range(FIRST_INPUT, writer.first, WIDTH)
    ]
    planes = [plane for amounts in members for plane in packing.number_of(np.array(amounts, np.int64), WIDTH)]
    code = assemble(writer, write(writer, numbers))
    words = np.stack(planes) if planes else np.zeros((0, packing.words_of(SIZE)), np.uint64)
    return [int(one) for one in packing.amounts_of(list(code.run(words, block=1)), SIZE)]


@given(st.lists(st.tuples(st.integers(1, 10**25), AMOUNTS), min_size=1, max_size=5))
@examples(60)
def test_sums_are_exact_however_large(terms: list[tuple[int, list[int]]]) -> None:
    weights = [weight for weight, _ in terms]
    found = worked_out(
        [values for _, values in terms],
        lambda writer, numbers: writer.total(zip(weights, numbers, strict=True)),
    )
    assert found == [sum(weight * values[place] for weight, values in terms) for place in range(SIZE)]


@given(AMOUNTS, st.integers(1, 3000))
@examples(60)
def test_at_least_and_capped(values: list[int], needed: int) -> None:
    enough = worked_out([values], lambda writer, numbers: [writer.at_least(numbers[0], needed)])
    assert enough == [value >= needed for value in values]
    capped = worked_out([values], lambda writer, numbers: writer.capped(numbers[0], needed))
    assert capped == [min(value, needed) for value in values]


@given(st.lists(AMOUNTS, min_size=1, max_size=5), st.integers(1, 5))
@examples(60)
def test_the_best_of_several(members: list[list[int]], needed: int) -> None:
    found = worked_out(members, lambda writer, numbers: writer.best_of(needed, numbers))
    assert found == [
        sum(sorted((values[place] for values in members), reverse=True)[:needed]) for place in range(SIZE)
    ]


def test_nothing_adds_up_to_nothing() -> None:
    assert worked_out([], lambda writer, _: writer.total([])) == [0] * SIZE


def test_what_constants_decide_is_not_written() -> None:
    writer = Writer(FIRST_INPUT + 1)
    value = FIRST_INPUT
    assert writer.both(value, TRUE) == writer.either(value, FALSE) == writer.differ(value, FALSE) == value
    assert writer.both(value, FALSE) == writer.differ(value, value) == writer.opposite(TRUE) == FALSE
    assert writer.either(value, TRUE) == writer.opposite(FALSE) == writer.at_least([value], 0) == TRUE
    assert writer.operations == []
    assert writer.opposite(value) == writer.opposite(value) == writer.first


@given(st.lists(st.booleans(), min_size=1, max_size=200))
@examples(60)
def test_packing_and_back(bits: list[bool]) -> None:
    plane = packing.packed(np.array(bits, np.uint8))
    assert len(plane) == packing.words_of(len(bits))
    assert packing.unpacked(plane, len(bits)).tolist() == bits
    assert packing.count(plane) == sum(bits)
