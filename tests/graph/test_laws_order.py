"""In which order documents, their entries and the evidence are written makes no difference."""

import random
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.explaining import explain
from graph.fixing import fix
from standards.answers import evaluation_answer
from tests.graph.asking import Asked
from tests.oracle.worlds import RandomWorld, worlds
from tests.thoroughness import examples

Tree = dict[str, Any]


def answers(asked: Asked) -> Tree:
    """All answers, without the clauses (they name places in the documents)."""
    engine = asked.evaluation()
    assert engine.program is not None
    goals = {rule.name: rule for rule in asked.goals}
    explained = {name: explain(engine, rule.requirement, rule.scope) for name, rule in sorted(goals.items())}
    return {
        "evaluation": evaluation_answer(engine, None),
        "because": {n: (a.holds, a.progress, a.since, a.because) for n, a in explained.items()},
        "fix": {
            n: fix(engine, goals[n].requirement, goals[n].scope) for n, a in explained.items() if not a.holds
        },
    }


@given(world=worlds(), seed=st.integers(0, 2**32))
@examples(12)
def test_the_order_of_evidence_and_enrolments_does_not_matter(world: RandomWorld, seed: int) -> None:
    mixed = deepcopy(world)
    for written in ("evidence", "enrolments"):
        random.Random(seed).shuffle(mixed.record["record"][written])
    assert answers(Asked(mixed)) == answers(Asked(world))


@given(world=worlds(), seed=st.integers(0, 2**32))
@examples(12)
def test_the_order_of_documents_and_items_does_not_matter(world: RandomWorld, seed: int) -> None:
    mixed = deepcopy(world)
    dice = random.Random(seed)
    dice.shuffle(mixed.documents)
    for document in mixed.documents:
        for section in ("competencies", "credentials", "requirements"):
            dice.shuffle(document.get(section, []))
    assert answers(Asked(mixed)) == answers(Asked(world))
