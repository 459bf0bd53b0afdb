"""One person, one fact more and everybody: three ways to run the same gates, with the same truths."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.gates import packing
from graph.gates.building import Builder
from graph.gates.coding import write
from graph.gates.compiling import compile_gates
from graph.gates.person import Standing, truths
from graph.gates.program import FALSE, FIRST_INPUT, TRUE, GateProgram, Registered
from graph.world import World
from tests.graph.asking import Asked
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

PEOPLE = 70


def slowly(program: GateProgram, inputs: set[int]) -> set[int]:
    """Every node that holds, by looking at all gates until nothing changes."""
    held = {TRUE, *inputs}
    while more := {
        node
        for node, gate in enumerate(program.gates, program.first_gate)
        if node not in held and sum(read in held for read in gate.inputs) >= gate.needed
    }:
        held |= more
    return held


def some_inputs(program: GateProgram, random: Random) -> list[set[int]]:
    nodes = range(FIRST_INPUT, program.first_gate)
    shares = [0.0, 1.0, *(random.random() for _ in range(PEOPLE - 2))]
    return [{node for node in nodes if random.random() < share} for share in shares]


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(60)
def test_all_ways_to_run_the_gates_find_the_same(world: RandomWorld, seed: int) -> None:
    random = Random(seed)
    program = compile_gates(Asked(world).world, PROGRAM)
    crowd = some_inputs(program, random)
    bits = np.zeros((len(program.inputs), PEOPLE), np.uint8)
    for place, inputs in enumerate(crowd):
        bits[[node - FIRST_INPUT for node in inputs], place] = 1
    code = write(program, range(program.size), [])
    found = packing.unpacked(code.code.run(packing.packed(bits), block=1), PEOPLE)
    values = found[[code.nodes[node] for node in range(program.size)]]
    for place, inputs in enumerate(crowd):
        expected = slowly(program, inputs)
        assert set(np.flatnonzero(values[:, place])) == expected
        assert truths(program, inputs) == sum(1 << node for node in expected)
        assert {node for node, held in enumerate(Standing(program, inputs).held) if held} == expected


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(30)
def test_a_fact_more_tells_exactly_what_comes_to_hold(world: RandomWorld, seed: int) -> None:
    random = Random(seed)
    program = compile_gates(Asked(world).world, PROGRAM)
    standing, known = Standing(program), set[int]()
    held = slowly(program, known)
    for node in random.sample(range(FIRST_INPUT, program.first_gate), len(program.inputs)):
        known.add(node)
        now = slowly(program, known)
        assert set(standing.add(node)) == now - held
        assert standing.add(node) == []
        held = now


def test_equal_gates_are_one_and_constants_vanish() -> None:
    builder = Builder()
    a, b, c = (builder.source(Registered(name)) for name in "abc")
    assert builder.all_of(a, b) == builder.all_of(b, a)
    assert builder.all_of(a, TRUE) == a
    assert builder.all_of(a, FALSE) == FALSE
    assert builder.any_of(a, FALSE) == a
    assert builder.any_of(a, TRUE) == TRUE
    assert builder.gate(2, [a, b, TRUE]) == builder.any_of(a, b)
    assert builder.gate(3, [a, b]) == FALSE
    assert builder.gate(2, [a, b, c]) != builder.gate(3, [a, b, c])


def test_what_is_named_twice_counts_twice() -> None:
    builder = Builder()
    a, b, c = (builder.source(Registered(name)) for name in "abc")
    done = builder.finish([builder.gate(2, [a, a, b, c])])
    program = GateProgram(
        world=World(),
        focus=None,
        inputs=done.inputs,
        gates=done.gates,
        knots=done.knots,
        sequence=done.sequence,
        competencies={},
        credentials={},
        steps=(),
        completion=None,
    )
    goal = program.size - 1
    assert truths(program, [done.at(a)]) >> goal & 1
    assert not truths(program, [done.at(b)]) >> goal & 1
    assert truths(program, [done.at(b), done.at(c)]) >> goal & 1


def test_a_node_that_is_never_tied_never_holds() -> None:
    builder = Builder()
    a = builder.source(Registered("a"))
    done = builder.finish([builder.any_of(a, builder.reserve())])
    assert done.gates[0].inputs == (FALSE, done.at(a)) or done.gates[0].inputs == (done.at(a), FALSE)
