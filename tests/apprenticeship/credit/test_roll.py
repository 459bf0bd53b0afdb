"""A row of the roll says what the full answer says, on random worlds and whoever was asked about before."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.roll import Roll, row_of
from graph.evaluating import evaluate
from tests.apprenticeship.credit.agreements import Asked, Request, requests
from tests.apprenticeship.credit.dense import quarrels
from tests.benchmarks.credit import DAY, learner, published_world
from tests.thoroughness import examples

Tree = dict[str, Any]


def compare(request_: Request, records: list[Tree]) -> Roll:
    """One roll asked about several people in turn, and each of them by himself."""
    asked = [request_.asked(record=record) for record in records]
    first = asked[0]
    roll = Roll([(first.model, first.rules)], first.world, first.as_of)
    for one in asked:
        (row,) = roll.rows(one.person)
        assert row == row_of(full(first, one))
    return roll


def full(first: Asked, one: Asked) -> Any:
    evaluation = evaluate(first.world, one.person, program=None, as_of=first.as_of)
    return articulate(first.model, first.rules, evaluation, first.as_of)


def parts(record: Tree, dice: Any) -> list[Tree]:
    """The whole record, half of it, and the same under other ids."""
    body = record["record"]
    half = [entry for entry in body["evidence"] if dice.random() < 0.5]
    names = [entry["id"] for entry in body["evidence"]]
    others = dict(zip(names, dice.sample(names, len(names)), strict=True))
    renamed = [
        {
            **entry,
            "id": others[entry["id"]],
            **({"revokes": others.get(entry["revokes"], entry["revokes"])} if "revokes" in entry else {}),
        }
        for entry in body["evidence"]
    ]
    dice.shuffle(renamed)
    halved = [e for e in half if "revokes" not in e]
    return [{**record, "record": {**body, "evidence": e}} for e in (body["evidence"], renamed, halved)]


@given(requests(), st.randoms(use_true_random=False))
@examples(150)
def test_on_worlds_of_every_kind_a_row_is_that_of_the_full_answer(request_: Request, dice: Any) -> None:
    compare(request_, parts(request_.world.record, dice))


@given(quarrels(), st.randoms(use_true_random=False))
@examples(250)
def test_where_awards_quarrel_a_row_is_that_of_the_full_answer(request_: Request, dice: Any) -> None:
    compare(request_, parts(request_.world.record, dice))


@given(quarrels(pieces=14), st.randoms(use_true_random=False))
@examples(60)
def test_with_much_evidence_a_row_is_that_of_the_full_answer(request_: Request, dice: Any) -> None:
    compare(request_, parts(request_.world.record, dice))


def test_on_the_sample_agreements_a_row_is_that_of_the_full_answer() -> None:
    world, agreements = published_world()
    credentials, competencies = sorted(world.credentials), sorted(world.competencies)
    roll = Roll(agreements[:2], world, DAY)
    for number in range(120):
        person = learner(world, credentials, competencies, number)
        evaluation = evaluate(world, person, program=None, as_of=DAY)
        asked = Applicant(evaluation, DAY, asks_why=False)
        found = [articulate(model, rules, evaluation, DAY, asked) for model, rules in agreements[:2]]
        assert roll.rows(person) == tuple(row_of(one) for one in found)
    assert roll.alone == (0, 0)
