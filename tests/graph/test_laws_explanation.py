"""An explanation mirrors its requirement, every node says what the slow evaluator says, and `missing` is true."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given

from graph.explaining import Explanation, More, Remaining, Until, explain
from graph.requirement import CredentialLeaf, Group, MonthsLeaf, NamedLeaf, ProgramLeaf, StepLeaf
from graph.world import World
from standards.answers import Labels, requirement_answer
from tests.graph.asking import Asked, known_by
from tests.oracle.oracle import Oracle
from tests.oracle.worlds import RandomWorld, worlds
from tests.thoroughness import examples

Tree = dict[str, Any]
NO_LABELS = Labels(World())


def members_of(written: Tree) -> list[Tree]:
    return list(written.get("all") or written.get("any") or written.get("of") or ())


def mirrors(answer: Explanation, written: Tree, oracle: Oracle, step: str | None) -> None:
    """Node by node beside the requirement as it was written."""
    assert (answer.holds, answer.since) == oracle.holds_since(written, step), written
    assert answer.progress == oracle.progress(written, step), written
    assert not (answer.because and not answer.holds), written
    assert bool(answer.missing) == (not answer.holds), written
    inner = members_of(written)
    if not isinstance(answer.requirement, NamedLeaf | StepLeaf | ProgramLeaf):
        assert len(answer.members) == len(inner), written
    for member, part in zip(answer.members, inner, strict=False):
        mirrors(member, part, oracle, step)
    if not answer.holds:
        lacks(answer, written, oracle, step)


def lacks(answer: Explanation, written: Tree, oracle: Oracle, step: str | None) -> None:
    """What is missing would do, and less of it would not."""
    first = answer.missing[0]
    if isinstance(answer.requirement, Group):
        inner = members_of(written)
        needed = {"all": len(inner), "any": 1}.get(next(iter(written)), written.get("at_least"))
        open_ones = [m for m in inner if not oracle.holds_since(m, step)[0]]
        assert isinstance(first, More)
        assert first.needed == int(needed or 0) - (len(inner) - len(open_ones))
        assert [m.requirement for m in answer.members if not m.holds] == list(first.choices)
        assert len(first.choices) == len(open_ones)
    elif "credentials" in written or "competencies" in written:
        assert isinstance(first, More)
        count = int(written.get("credentials") or written["competencies"])
        assert first.needed == count - round(oracle.progress(written, step) * count)
        assert not any(oracle.holds_since(plain(choice), step)[0] for choice in first.choices)
    elif "hours" in written:
        assert isinstance(first, Remaining)
        assert first.minutes == oracle.hours_remaining(written)
    elif "months" in written:
        assert isinstance(first, Until)


def plain(choice: Any) -> Tree:
    if isinstance(choice, CredentialLeaf):
        return {"credential": choice.key, **({"current": True} if choice.current else {})}
    return {"competency": choice.key}


@given(world=worlds())
@examples(40)
def test_an_explanation_mirrors_the_requirement(world: RandomWorld) -> None:
    asked = Asked(world)
    engine, oracle = asked.evaluation(), asked.oracle()
    for rule in asked.rules:
        mirrors(explain(engine, rule.requirement, rule.scope), rule.written, oracle, rule.step)


@given(world=worlds())
@examples(30)
def test_every_node_names_the_clause_it_comes_from(world: RandomWorld) -> None:
    asked = Asked(world)
    engine = asked.evaluation()
    for rule in asked.rules:
        for node in every_node(explain(engine, rule.requirement, rule.scope)):
            if node.clause:
                assert same_form(
                    asked.written_at(node.clause), requirement_answer(node.requirement, NO_LABELS)
                )
            else:
                assert isinstance(node.requirement, StepLeaf), "only the step before has no clause of its own"


@given(world=worlds())
@examples(40)
def test_waiting_as_long_as_said_is_enough_and_a_day_less_is_not(world: RandomWorld) -> None:
    asked = Asked(world)
    engine = asked.evaluation()
    for rule in asked.rules:
        for node in every_node(explain(engine, rule.requirement, rule.scope)):
            for missing in node.missing if isinstance(node.requirement, MonthsLeaf) else ():
                assert isinstance(missing, Until)
                day = missing.day or world.as_of + timedelta(days=2000)
                assert holds_on(asked, node, day) == (missing.day is not None), node
                assert not holds_on(asked, node, day - timedelta(days=1)), node


def holds_on(asked: Asked, node: Explanation, day: date) -> bool:
    """Were nothing to come but time."""
    record = known_by(asked.random.record, asked.random.as_of)
    return explain(asked.evaluation(day, record=record), node.requirement, node.scope).holds


def every_node(answer: Explanation) -> list[Explanation]:
    return [answer, *(node for member in answer.members for node in every_node(member))]


def same_form(written: Tree, answer: Tree) -> bool:
    """The same kind of rule with as many members, whatever its names are written like."""
    forms = set(answer) - {"where", "current"}
    return forms <= set(written) and len(members_of(written)) == len(members_of(answer))
