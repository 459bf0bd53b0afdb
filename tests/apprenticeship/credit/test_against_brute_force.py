"""The answer against the slow way, on random worlds: the best set, the next best, and a true reason for every award."""

from itertools import combinations

from hypothesis import given

from apprenticeship.credit.model import AwardSet, CreditAnswer, Reason
from tests.apprenticeship.credit.agreements import Request, requests
from tests.apprenticeship.credit.brute import Best, Slow
from tests.apprenticeship.credit.dense import quarrels
from tests.thoroughness import examples


def measured(found: AwardSet | None) -> Best | None:
    return None if found is None else Best(found.credits, found.pieces, found.ids)


@given(requests())
@examples(60)
def test_on_worlds_of_every_kind_the_answer_is_that_of_the_slow_way(request_: Request) -> None:
    check(request_)


@given(quarrels())
@examples(150)
def test_where_awards_quarrel_over_evidence_the_answer_is_that_of_the_slow_way(request_: Request) -> None:
    check(request_)


def check(request_: Request) -> None:
    asked = request_.asked()
    answer, slow = asked.answer(), asked.slow()
    assert answer.in_force == slow.in_force
    assert answer.search.proven
    best = slow.best()
    assert best is not None
    assert measured(answer.best) == best
    others = frozenset(slow.able()) - set(best.ids)
    assert measured(answer.next_best) == (slow.best(others) if others else None)
    check_evidence(answer, slow)
    check_reasons(answer, slow)


def check_evidence(answer: CreditAnswer, slow: Slow) -> None:
    for given_ in answer.best.given:
        proofs = {proof.evidence: proof.earned_on for proof in slow.in_time(given_.award.id)}
        assert proofs[frozenset(given_.evidence)] == given_.earned_on
    for one, other in combinations(answer.best.given, 2):
        if not slow.may_share(one.award.id, other.award.id):
            assert not set(one.evidence) & set(other.evidence)


def check_reasons(answer: CreditAnswer, slow: Slow) -> None:
    chosen = set(answer.best.ids)
    assert [left.award.id for left in answer.left_out] == [
        award for award in slow.awards if award not in chosen
    ]
    for left in answer.left_out:
        award = left.award.id
        reason = slow.reason(award)
        if reason is not None:
            assert left.reason == reason
            continue
        alternatives = {a for a in chosen if slow.awards[a].get("one_of") == slow.awards[award].get("one_of")}
        reasons = {left.reason, *left.also}
        limits = slow.exceeded([*chosen, award]) - slow.exceeded([*chosen])
        together = any(True for _ in slow.ways([*sorted(chosen), award]))
        named = slow.awards[award].get("one_of") is not None and bool(alternatives)
        assert reasons == (
            ({Reason.ALTERNATIVE_CHOSEN} if named else set())
            | ({Reason.CAP_REACHED} if limits else set())
            | (set() if together else {Reason.EVIDENCE_USED})
        )
        assert set(left.limits) == limits
        if left.reason is Reason.ALTERNATIVE_CHOSEN:
            assert set(left.awards) == alternatives
        if left.reason is Reason.EVIDENCE_USED:
            rest = sorted(chosen - set(left.awards))
            assert any(True for _ in slow.ways([*rest, award])), "without those awards it could be given"


@given(quarrels())
@examples(60)
def test_an_award_left_out_for_a_limit_is_given_once_nothing_else_is_asked_and_the_limits_are_gone(
    request_: Request,
) -> None:
    answer = request_.asked().answer()
    for left in answer.left_out:
        if left.reason is Reason.CAP_REACHED and not left.also:
            head = {k: v for k, v in request_.agreement["agreement"].items() if k != "limits"}
            kept = [a for a in request_.agreement["awards"] if a["id"] in {*answer.best.ids, left.award.id}]
            freed = {
                **request_.agreement,
                "agreement": {**head, "reuse": request_.agreement["agreement"]["reuse"]},
            }
            names = {award["id"] for award in kept}
            if not isinstance(head["reuse"], str):
                pairs = [pair for pair in head["reuse"] if set(pair) <= names]
                freed["agreement"]["reuse"] = pairs
            again = request_.asked({**freed, "awards": kept}).answer()
            assert left.award.id in again.best.ids
