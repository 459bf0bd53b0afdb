"""Searches shared between days, parts of a record and corrections of it come to what each comes to alone."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import evaluate
from graph.explaining import explain
from graph.facts import Fact
from graph.searches import Searches
from tests.graph.asking import Asked
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

BACK = st.lists(st.integers(0, 700), min_size=1, max_size=4)


@given(world=worlds(), back=BACK, data=st.data())
@examples(40)
def test_shared_searches_change_no_proof(world: RandomWorld, back: list[int], data: st.DataObject) -> None:
    asked, shared = Asked(world), Searches()
    facts = asked.person.facts
    versions = {fact.id: (fact, replace(fact, on=fact.on + timedelta(days=9))) for fact in facts}
    for days in (*sorted(back, reverse=True), 0):
        known = facts[: data.draw(st.integers(len(facts) // 2, len(facts)))]
        told: list[Fact] = [data.draw(st.sampled_from(versions[fact.id])) for fact in known]
        person = replace(asked.person, facts=tuple(told))
        day = world.as_of - timedelta(days=days)
        alone = evaluate(asked.world, person, program=PROGRAM, as_of=day)
        together = evaluate(asked.world, person, program=PROGRAM, as_of=day, searches=shared)
        for goal in asked.goals:
            one, other = (explain(each, goal.requirement, goal.scope) for each in (together, alone))
            assert one == other, goal
