"""More verified evidence never lowers a progress and never loses what holds (policy best, nothing expires)."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import DONE, Evaluation
from graph.explaining import explain
from tests.graph.asking import Asked
from tests.oracle.dice import Dice
from tests.oracle.records import Makers, recorded
from tests.oracle.worlds import RandomWorld, Shape, worlds
from tests.thoroughness import examples

Tree = dict[str, Any]
LASTING = Shape(expiry=False, latest=False)
MORTAL = Shape(latest=False)


@st.composite
def more_evidence(draw: st.DrawFn, shape: Shape) -> tuple[RandomWorld, Tree]:
    """A world, and its record with up to three more verified pieces that are no revocations."""
    world = draw(worlds(shape))
    dice = Dice(draw)
    makers = Makers(dice, world.documents)
    added = []
    for number in range(dice.number(1, 3)):
        day = dice.day()
        entry = {"id": f"more{number}", "on": day.isoformat(), **recorded(dice, day), **makers.entry(day)}
        if "waiver" not in entry:
            entry["status"] = "verified"
        added.append(entry)
    body = world.record["record"]
    return world, {**world.record, "record": {**body, "evidence": [*body["evidence"], *added]}}


def never_less(asked: Asked, before: Evaluation, after: Evaluation) -> None:
    for rule in asked.rules:
        was = explain(before, rule.requirement, rule.scope)
        now = explain(after, rule.requirement, rule.scope)
        assert now.progress >= was.progress, (rule.name, was.progress, now.progress)
        assert now.holds or not was.holds
    assert after.progress >= before.progress
    for key, answer in before.competencies.items():
        assert after.competencies[key].state in DONE or answer.state not in DONE
    for key, credential in before.credentials.items():
        assert after.credentials[key].state in DONE or credential.state not in DONE
    for key, hours in before.hours.items():
        assert after.hours[key].counted >= hours.counted


@given(more_evidence(LASTING))
@examples(50)
def test_more_evidence_never_lowers_a_progress(drawn: tuple[RandomWorld, Tree]) -> None:
    world, longer = drawn
    asked = Asked(world)
    never_less(asked, asked.evaluation(), asked.evaluation(record=longer))


@given(more_evidence(MORTAL))
@examples(50)
def test_nor_does_it_where_awards_expire(drawn: tuple[RandomWorld, Tree]) -> None:
    """An award more can only make the latest one later, so what is current stays current."""
    world, longer = drawn
    asked = Asked(world)
    never_less(asked, asked.evaluation(), asked.evaluation(record=longer))


@given(more_evidence(LASTING), st.integers(0, 900))
@examples(30)
def test_without_revocations_and_ends_nothing_is_ever_lost(
    drawn: tuple[RandomWorld, Tree], days: int
) -> None:
    """What holds on a day holds on every later one, where no award expires and nothing is revoked or ends."""
    world, record = drawn
    body = record["record"]
    endless = [
        {**entry, "until": None} if "waiver" in entry else entry
        for entry in body["evidence"]
        if "revokes" not in entry
    ]
    record = {**record, "record": {**body, "evidence": endless, "enrolments": body["enrolments"][:1]}}
    asked = Asked(world)
    later = date.fromordinal(world.as_of.toordinal() + days)
    never_less(asked, asked.evaluation(record=record), asked.evaluation(later, record=record))
