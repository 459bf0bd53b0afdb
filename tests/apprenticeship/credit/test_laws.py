"""Laws of college credit: more evidence and wider limits never give less, order is nothing, limits hold."""

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.credit.model import CreditAnswer
from tests.apprenticeship.credit.agreements import Request
from tests.apprenticeship.credit.dense import quarrels
from tests.thoroughness import examples

Tree = dict[str, Any]


def with_evidence(record: Tree, evidence: list[Tree]) -> Tree:
    return {**record, "record": {**record["record"], "evidence": evidence}}


def with_head(agreement: Tree, **changed: Any) -> Tree:
    return {**agreement, "agreement": {**agreement["agreement"], **changed}}


def without_sources(answer: CreditAnswer) -> tuple[Any, ...]:
    """An answer without the places in the file, which move with the awards."""
    left = {one.award.id: (one.reason, one.also, one.evidence, one.over_on) for one in answer.left_out}
    return answer.best.ids, [one.evidence for one in answer.best.given], answer.limits, answer.remaining, left


@given(quarrels(), st.data())
@examples(60)
def test_more_evidence_never_gives_less(request_: Request, data: st.DataObject) -> None:
    evidence = request_.world.record["record"]["evidence"]
    kept = [entry for entry in evidence if data.draw(st.booleans())]
    fewer = request_.asked(record=with_evidence(request_.world.record, kept)).answer()
    assert fewer.credits <= request_.asked().answer().credits


@given(quarrels())
@examples(60)
def test_a_wider_limit_never_gives_less(request_: Request) -> None:
    credits_ = request_.asked().answer().credits
    limits = request_.agreement["agreement"]["limits"]
    for name in limits:
        rest = {other: value for other, value in limits.items() if other != name}
        assert request_.asked(with_head(request_.agreement, limits=rest)).answer().credits >= credits_


@given(quarrels())
@examples(60)
def test_sharing_evidence_and_waiting_for_nothing_never_give_less(request_: Request) -> None:
    credits_ = request_.asked().answer().credits
    assert request_.asked(with_head(request_.agreement, reuse="allow")).answer().credits >= credits_
    patient = [
        {k: v for k, v in award.items() if k != "request_within"} for award in request_.agreement["awards"]
    ]
    assert request_.asked({**request_.agreement, "awards": patient}).answer().credits >= credits_


@given(quarrels(), st.randoms(use_true_random=False))
@examples(60)
def test_the_order_of_evidence_and_of_awards_does_not_matter(request_: Request, dice: Any) -> None:
    evidence = list(request_.world.record["record"]["evidence"])
    awards = list(request_.agreement["awards"])
    dice.shuffle(evidence)
    dice.shuffle(awards)
    shuffled = request_.asked(
        {**request_.agreement, "awards": awards}, with_evidence(request_.world.record, evidence)
    )
    assert without_sources(shuffled.answer()) == without_sources(request_.asked().answer())


@given(quarrels(pieces=14))
@examples(60)
def test_on_larger_records_limits_hold_and_no_evidence_is_used_twice(request_: Request) -> None:
    asked = request_.asked()
    answer = asked.answer()
    slow_head = request_.agreement["agreement"]
    assert all(use.used <= use.allowed for use in answer.limits)
    names = [one.award.one_of for one in answer.best.given if one.award.one_of]
    assert len(names) == len(set(names))
    for one, other in combinations(answer.best.given, 2):
        pair = {one.award.id, other.award.id}
        reuse = slow_head["reuse"]
        if reuse != "allow" and (reuse == "forbid" or not any(set(found) == pair for found in reuse)):
            assert not set(one.evidence) & set(other.evidence)
    assert answer.search.at_most >= answer.credits
