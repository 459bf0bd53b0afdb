"""What a crowd lacks of a rule is what each of its people lacks, leaf by leaf."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import Evaluation, State, evaluate
from graph.explaining import Explanation, More, explain
from graph.gates.compiling import compile_gates
from graph.gates.everybody import evaluate_crowd
from graph.gates.lacking import alone, stuck
from graph.gates.parts import leaves_of
from graph.gates.program import Part
from graph.order import counted_competencies, counted_credentials
from graph.requirement import (
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    Group,
    NamedLeaf,
    Requirement,
)
from tests.graph.asking import Asked
from tests.graph.gates.test_everybody import crew_of, crowd
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

DONE = (State.MET, State.HELD, State.WAIVED, State.EXPIRED)


def would(tree: Explanation, leaf: Requirement) -> bool:
    """Whether the rule of a proof would hold if a leaf did, read off the proof."""
    if isinstance(tree.requirement, Group):
        members = [would(member, leaf) for member in tree.members]
        return sum(members) >= tree.requirement.needed
    if isinstance(tree.requirement, NamedLeaf):
        return would(tree.members[0], leaf)
    if tree.requirement != leaf:
        return tree.holds
    if isinstance(tree.requirement, CompetencyCount | CredentialCount):
        return tree.holds or all(one.needed == 1 for one in tree.missing if isinstance(one, More))
    return True


def can_go_on(tree: Explanation, one: Evaluation) -> bool:
    """Whether anything that a proof says is missing can be worked on."""
    rule = tree.requirement
    if isinstance(rule, Group | NamedLeaf):
        return any(can_go_on(member, one) for member in tree.members)
    if tree.holds:
        return False
    match rule:
        case CompetencyLeaf():
            return one.competencies[rule.key].state is not State.LOCKED
        case CredentialLeaf():
            return one.credentials[rule.key].state is not State.LOCKED
        case CompetencyCount():
            states = [one.competencies[key].state for key in counted_competencies(one.world, rule, one.focus)]
        case CredentialCount():
            states = [one.credentials[key].state for key in counted_credentials(one.world, rule)]
        case _:
            return True
    return not states or any(state not in (*DONE, State.LOCKED) for state in states)


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(60)
def test_one_thing_that_would_do_is_found_by_trying_each(world: RandomWorld, seed: int) -> None:
    asked = Asked(world)
    people = crew_of(asked.person, Random(seed))
    gates = compile_gates(asked.world, PROGRAM)
    answers = evaluate_crowd(gates, crowd(people), as_of=world.as_of)
    rules = [step.when for step in asked.world.programs[PROGRAM].steps]
    rules.append(asked.world.programs[PROGRAM].completion)
    assert [part is None for part in gates.parts] == [rule is None for rule in rules]
    for position, (part, rule) in enumerate(zip(gates.parts, rules, strict=True)):
        if part is None or rule is None:
            continue
        found, halted = alone(part, answers), stuck(part, answers, PROGRAM)
        assert set(found) == {leaf.rule for leaf in leaves_of(part)}
        for place, person in enumerate(people):
            one = evaluate(asked.world, person, program=PROGRAM, as_of=world.as_of)
            last = position == len(rules) - 1
            scope = one.scope if last else one.step_scope(asked.world.programs[PROGRAM].steps[position].key)
            tree = explain(one, rule, scope)
            assert answers.holds(part.node)[place] == tree.holds
            expected = {leaf for leaf in found if not tree.holds and would(tree, leaf)}
            assert {leaf for leaf, who in found.items() if who[place]} == expected
            assert halted[place] == (not tree.holds and not can_go_on(tree, one))


def test_a_leaf_is_told_once_however_often_it_is_named() -> None:
    leaf = CompetencyLeaf("f:a")
    twice = Part(leaf, 2), Part(leaf, 2)
    assert [one.rule for one in leaves_of(Part(leaf, 3, needed=1, members=twice))] == [leaf, leaf]
