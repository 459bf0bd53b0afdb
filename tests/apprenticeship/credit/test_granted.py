"""Credit that was granted is never given again: asking twice wins nothing, and the slow way agrees."""

from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.credit.granted import Granted, same_course
from apprenticeship.credit.model import CreditAnswer, Given, Reason
from tests.apprenticeship.credit.agreements import Request, requests
from tests.apprenticeship.credit.brute import Slow
from tests.apprenticeship.credit.dense import quarrels
from tests.apprenticeship.credit.test_against_brute_force import measured
from tests.thoroughness import examples

NOTHING: frozenset[str] = frozenset()


def granted_of(answer: CreditAnswer, number: int, one: Given) -> Granted:
    """What accepting one line of an answer grants."""
    award = one.award
    return Granted(
        decision=number,
        agreement=answer.agreement,
        award=award.id,
        one_of=award.one_of,
        course=award.course,
        title=award.title,
        credits=award.credits,
        group=award.group,
        evidence=one.evidence,
    )


def some_granted(answer: CreditAnswer, data: st.DataObject) -> list[Granted]:
    chosen = data.draw(st.sets(st.sampled_from(answer.best.given))) if answer.best.given else set()
    return [granted_of(answer, n, one) for n, one in enumerate(answer.best.given) if one in chosen]


@given(requests(), st.data())
@examples(40)
def test_on_worlds_of_every_kind_asking_again_is_that_of_the_slow_way(
    request_: Request, data: st.DataObject
) -> None:
    check(request_, data)


@given(quarrels(), st.data())
@examples(100)
def test_where_awards_quarrel_asking_again_is_that_of_the_slow_way(
    request_: Request, data: st.DataObject
) -> None:
    check(request_, data)


def check(request_: Request, data: st.DataObject) -> None:
    asked = request_.asked()
    granted = some_granted(asked.answer(), data)
    again, slow = asked.answer(granted), asked.slow(granted)
    assert measured(again.best) == slow.best()
    for left in again.left_out:
        reason = slow.reason(left.award.id)
        if reason is not None:
            assert left.reason == reason
        check_named(left.reason, left.awards, slow, left.award.id, granted)


def check_named(
    reason: Reason, named: tuple[str, ...], slow: Slow, award: str, granted: list[Granted]
) -> None:
    """The granted credit that is named is the one that stands in the way."""
    by_id = {one.id: one.award for one in granted}
    if reason is Reason.ALREADY_GRANTED:
        assert {by_id[one] for one in named} == slow.over_again(award)
    if reason is Reason.EVIDENCE_USED and slow.reason(award) == "evidence_used":
        rest = {one: used for one, used in slow.granted.items() if one not in {by_id[name] for name in named}}
        others = [used for one, used in rest.items() if not slow.may_share(one, award)]
        assert any(
            not proof.evidence & used for proof in slow.fresh(award) for used in [NOTHING.union(*others)]
        )


@given(quarrels(), st.data())
@examples(60)
def test_granting_and_asking_again_comes_to_the_same_credit_in_all(
    request_: Request, data: st.DataObject
) -> None:
    first = request_.asked().answer()
    courses = [one.award.course for one in first.best.given]
    if any(same_course(a, b) for n, a in enumerate(courses) for b in courses[:n]):
        return  # of two awards for one course, granting the one refuses the other
    granted = some_granted(first, data)
    again = request_.asked().answer(granted)
    assert sum(one.credits for one in granted) + again.credits == first.credits
    assert again.remaining.program is None or (again.remaining.credits or 0) == (first.remaining.credits or 0)


@given(requests())
@examples(40)
def test_once_everything_was_granted_nothing_is_given_again(request_: Request) -> None:
    first = request_.asked().answer()
    granted = [granted_of(first, number, one) for number, one in enumerate(first.best.given)]
    again = request_.asked().answer(granted)
    assert again.credits == 0
    assert {one.award.id for one in again.left_out if one.reason is Reason.ALREADY_GRANTED} >= set(
        first.best.ids
    )
    assert again.granted == tuple(granted)
