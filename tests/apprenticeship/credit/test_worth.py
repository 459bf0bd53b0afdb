"""What would be worth earning: against the slow way on small random worlds, its laws, and worked examples."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.worth import Worth, Worthwhile, agreement_worth, things_of
from graph.actions import WaitUntil
from graph.evaluating import Evaluation, evaluate
from graph.pricing import Minimise
from graph.supposing import Earned, Supposition, person_supposing, suppose
from standards.compiling import compile_awards, compile_world
from standards.documents import AgreementDocument
from standards.reading import read_text
from standards.recording import person_of
from tests.apprenticeship.credit.agreements import Asked, Request
from tests.apprenticeship.credit.brute import Slow
from tests.apprenticeship.credit.dense import quarrels
from tests.thoroughness import examples

AS_OF = date(2026, 6, 30)
BY = st.sampled_from([Minimise.HOURS, Minimise.USD])


def applicant_of(asked: Asked) -> Applicant:
    return Applicant(evaluate(asked.world, asked.person, program="p", as_of=asked.as_of), asked.as_of)


def supposing(one: Worthwhile) -> Supposition:
    return Supposition(
        tuple(Earned(step.action) for step in one.steps if not isinstance(step.action, WaitUntil))
    )


def credits_by_the_slow_way(asked: Asked, evaluation: Evaluation, supposition: Supposition) -> int:
    person = person_supposing(evaluation, supposition)
    best = Slow(asked.tree, asked.rules, asked.world, person, asked.as_of).best()
    return best.credits if best else 0


@given(quarrels(pieces=4), BY)
@examples(40)
def test_a_gain_is_what_the_slow_way_finds_more(request_: Request, by: Minimise) -> None:
    asked = request_.asked()
    applicant = applicant_of(asked)
    found = agreement_worth(asked.model, asked.rules, applicant, by, most_pairs=10)
    nothing = Supposition()
    before = credits_by_the_slow_way(asked, applicant.evaluation, nothing)
    assert found.before == before
    for one in (*found.things, *found.pairs)[:6]:
        after = credits_by_the_slow_way(asked, applicant.evaluation, supposing(one))
        assert one.credits == after - before


@given(quarrels(), BY)
@examples(60)
def test_gains_are_differences_of_two_answers_and_never_negative(request_: Request, by: Minimise) -> None:
    asked = request_.asked()
    applicant = applicant_of(asked)
    found = agreement_worth(asked.model, asked.rules, applicant, by, most_pairs=10)
    for one in (*found.things, *found.pairs):
        then = suppose(applicant.evaluation, supposing(one))
        assert one.credits == articulate(asked.model, asked.rules, then, asked.as_of).credits - found.before
        assert one.credits > 0
    rates = [one.rate(by) for one in found.things]
    assert [rate for rate in rates if rate is not None] == sorted(
        (rate for rate in rates if rate is not None), reverse=True
    )
    assert None not in rates[rates.count(None) :], "what costs nothing comes first"


@given(quarrels())
@examples(40)
def test_everything_asked_for_and_missing_is_somewhere(request_: Request) -> None:
    asked = request_.asked()
    applicant = applicant_of(asked)
    found = agreement_worth(asked.model, asked.rules, applicant, most_pairs=5)
    said = {*found.nothing, *found.unreachable, *(thing for one in found.things for thing in one.things)}
    reached = [Applicant(suppose(applicant.evaluation, supposing(one)), AS_OF) for one in found.things]
    for rule in asked.rules.values():
        for thing in things_of(asked.world, rule):
            known = thing in said or applicant.holds(thing) or any(one.holds(thing) for one in reached)
            assert known or any(one.key == thing.key for one in said), thing


SHOP = """
journeymark: 1
framework: {id: shop, title: Shop, version: "1"}
credentials:
  - {id: basic, title: Basics, effort: {hours: 20, usd: 50}}
  - {id: mill, title: Milling, prerequisites: {credential: basic}, effort: {hours: 60, usd: 100}}
  - {id: turn, title: Turning, effort: {hours: 30, usd: 200}}
  - {id: cnc, title: Numeric control}
  - {id: grind, title: Grinding, effort: {hours: 10}}
---
journeymark: 1
agreement:
  id: hill
  college: Hill College (sample)
  program: {title: Machining, credits: 60}
  effective: {from: 2020-01-01}
  limits: {credits: LIMIT}
awards:
  - {id: milling, course: MAC 1, title: Milling, credits: 4, when: {credential: mill}}
  - {id: turning, course: MAC 2, title: Turning, credits: 3, when: {credential: turn}}
  - {id: both, course: MAC 3, title: Control and grinding, credits: 5,
     when: {all: [{credential: cnc}, {credential: grind}]}}
"""


def worth_of(*held: str, limit: int = 30, by: Minimise = Minimise.HOURS, pairs: int = 100) -> Worth:
    documents = read_text("hill.yaml", SHOP.replace("LIMIT", str(limit)))
    world = compile_world(documents)
    lines = "".join(
        f"    - {{id: e-{one}, credential: {one}, on: 2026-01-05, status: verified}}\n" for one in held
    )
    text = (
        f"journeymark: 1\nrecord:\n  person: {{id: p1, name: Ada Tran}}\n  evidence:\n{lines or '    []'}\n"
    )
    (record,) = read_text("record.yaml", text)
    evaluation = evaluate(world, person_of(record, documents, world), program=None, as_of=AS_OF)
    assert isinstance(documents[1].model, AgreementDocument)
    rules = compile_awards(documents[1], documents)
    return agreement_worth(documents[1].model, rules, Applicant(evaluation, AS_OF), by, pairs)


def said(found: tuple[Worthwhile, ...]) -> list[tuple[str, int, int, int, bool]]:
    """(things, credits, hours, dollars, whether an effort is assumed)."""
    return [
        (
            " ".join(thing.key.rpartition(":")[2] for thing in one.things),
            one.credits // 100,
            one.minutes // 60,
            one.cents // 100,
            one.assumed,
        )
        for one in found
    ]


def test_prerequisites_are_named_and_counted_in() -> None:
    found = worth_of()
    assert said(found.things) == [("turn", 3, 30, 200, False), ("mill", 4, 80, 150, False)]
    assert [step.name for step in found.things[1].steps] == ["credential:shop:basic", "credential:shop:mill"]
    assert found.things[0].rate(Minimise.HOURS) == Fraction(300, 1800)
    assert said(worth_of("basic").things)[1] == ("mill", 4, 60, 100, False)


def test_by_dollars_the_order_is_another_one() -> None:
    assert [one[0] for one in said(worth_of(by=Minimise.USD).things)] == ["mill", "turn"]


def test_two_things_that_gain_nothing_alone() -> None:
    found = worth_of()
    assert {thing.key for thing in found.nothing} == {"shop:cnc", "shop:grind"}
    assert said(found.pairs) == [("cnc grind", 5, 50, 0, True)], "an effort that is not stated is 40 hours"
    assert (found.pairs_tried, found.pairs_left_out) == (1, 0)
    none = worth_of(pairs=0)
    assert (none.pairs, none.pairs_tried, none.pairs_left_out) == ((), 0, 1)


def test_of_a_pair_of_which_one_is_there_the_other_is_enough() -> None:
    found = worth_of("grind", by=Minimise.USD)
    assert said(found.things)[0] == ("cnc", 5, 40, 0, True), "what costs nothing comes first, and is flagged"
    assert found.things[0].rate(Minimise.USD) is None


@pytest.mark.parametrize(("limit", "gains"), [(30, {"mill": 4, "turn": 3}), (8, {"turn": 3}), (5, {})])
def test_a_cap_takes_away_what_a_table_would_promise(limit: int, gains: dict[str, int]) -> None:
    """Five credits are given; of a cap of eight milling, four, finds no room and turning, three, does."""
    found = worth_of("cnc", "grind", "basic", limit=limit)
    assert found.before == 500
    assert {one[0]: one[1] for one in said(found.things)} == gains
