"""As-of never looks ahead, and known-at never knows what was recorded later."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import Evaluation
from graph.explaining import explain
from graph.fixing import fix
from standards.answers import evaluation_answer
from tests.graph.asking import Asked, known_by
from tests.oracle.ledger import recorded
from tests.oracle.worlds import RandomWorld, worlds
from tests.thoroughness import examples

Tree = dict[str, Any]


def answers(asked: Asked, engine: Evaluation) -> Tree:
    """All that is said of a person on a day, but for the days to come that a wait names."""
    assert engine.program is not None
    assert engine.program.completion is not None
    completion = explain(engine, engine.program.completion)
    said = evaluation_answer(engine, completion)
    rules = [explain(engine, rule.requirement, rule.scope) for rule in asked.rules]
    return {**said, "rules": [(r.holds, r.progress, r.since, r.because) for r in rules], "completion": None}


def advice(asked: Asked, engine: Evaluation) -> list[Any]:
    """What is missing, and what to do."""
    asked_for = [(rule.requirement, rule.scope) for rule in asked.rules]
    return [(explain(engine, rule, scope), fix(engine, rule, scope)) for rule, scope in asked_for]


def without(record: Tree, dropped: set[str]) -> Tree:
    """The record without some evidence and what revokes it."""
    body = record["record"]
    while more := {e["id"] for e in body["evidence"] if e.get("revokes") in dropped} - dropped:
        dropped |= more
    kept = [entry for entry in body["evidence"] if entry["id"] not in dropped]
    return {**record, "record": {**body, "evidence": kept}}


@given(world=worlds(), back=st.integers(0, 500))
@examples(20)
def test_facts_of_later_days_change_nothing(world: RandomWorld, back: int) -> None:
    asked = Asked(world)
    day = world.as_of - timedelta(days=back)
    full, cut = asked.evaluation(day), asked.evaluation(day, record=known_by(world.record, day))
    assert answers(asked, full) == answers(asked, cut)
    assert advice(asked, full) == advice(asked, cut)


@given(world=worlds(), back=st.integers(0, 500))
@examples(50)
def test_the_future_of_a_span_changes_nothing(world: RandomWorld, back: int) -> None:
    """Ends that lie ahead (of waivers, of suspensions, of an enrolment) are not looked at."""
    asked = Asked(world)
    day = world.as_of - timedelta(days=back)
    record = deepcopy(world.record)
    spans = [e for e in record["record"]["evidence"] if "waiver" in e]
    spans += [pause for e in record["record"]["enrolments"] for pause in e["suspended"]]
    for span, end in [
        *((s, "until") for s in spans),
        *((e, "ended") for e in record["record"]["enrolments"]),
    ]:
        if span[end] and date.fromisoformat(span[end]) > day:
            span[end] = None
    for enrolment in record["record"]["enrolments"]:
        enrolment["suspended"] = [
            pause for pause in enrolment["suspended"] if date.fromisoformat(pause["from"]) < day
        ]
    assert answers(asked, asked.evaluation(day)) == answers(asked, asked.evaluation(day, record=record))


@given(world=worlds(), place=st.integers(0, 1000), seconds=st.integers(-1, 1))
@examples(50)
def test_what_was_recorded_later_is_not_known(world: RandomWorld, place: int, seconds: int) -> None:
    entries = world.record["record"]["evidence"]
    if not entries:
        return
    known_at = recorded(entries[place % len(entries)]) + timedelta(seconds=seconds)
    asked = Asked(world)
    unknown = {entry["id"] for entry in entries if recorded(entry) > known_at}
    known = asked.evaluation(record=without(world.record, unknown))
    then = asked.evaluation(known_at=known_at)
    said = answers(asked, then)
    assert said["known_at"] == known_at.isoformat()
    assert {**said, "known_at": None} == answers(asked, known)
