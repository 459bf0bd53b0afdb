"""Asking quickly about parts of the evidence says the same as reckoning each part anew; one step the same as all."""

from hypothesis import given
from hypothesis import strategies as st

from graph import timeline
from graph.evaluating import evaluate
from graph.explaining import explain
from graph.facts import Revocation
from graph.ledger import only
from graph.parts import Parts
from graph.reckoning import Reckoning
from graph.searches import Searches
from tests.graph.asking import Asked
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples


@given(world=worlds(), data=st.data())
@examples(40)
def test_a_part_of_the_evidence_is_judged_as_if_it_were_all(world: RandomWorld, data: st.DataObject) -> None:
    asked = Asked(world)
    engine = asked.evaluation()
    ledger, day = engine.ledger, engine.as_of.toordinal()
    parts = Parts(engine.actual, engine.as_of, Searches())
    counting = sorted(
        {
            fact.id
            for fact in ledger.facts
            if not isinstance(fact, Revocation) and timeline.is_true(ledger.valid(fact), day)
        }
    )
    assert sorted(parts.counting) == counting
    for goal in asked.goals:
        kept = data.draw(st.sets(st.sampled_from(counting)) if counting else st.just(set()))
        part = Reckoning(asked.world, only(ledger, kept), PROGRAM)
        expected = timeline.is_true(part.holds(goal.requirement, goal.scope), day)
        question = parts.asked(goal.requirement, goal.scope)
        assert question.enough(kept) == expected, (goal, kept)


@given(world=worlds())
@examples(40)
def test_asked_about_one_step_its_proof_is_the_same(world: RandomWorld) -> None:
    asked = Asked(world)
    whole = asked.evaluation()
    for step in asked.world.programs[PROGRAM].steps:
        part = evaluate(asked.world, asked.person, program=PROGRAM, as_of=world.as_of, step=step.key)
        assert part.actual.step(step.key) == whole.actual.step(step.key)
        if step.when is not None:
            scope = whole.step_scope(step.key)
            assert explain(part, step.when, scope) == explain(whole, step.when, scope)
