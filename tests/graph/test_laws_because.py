"""`because` and `by`: enough on their own, and nothing in them can be spared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import given

from graph import timeline
from graph.evaluating import DONE
from graph.explaining import explain
from graph.order import Scope
from graph.requirement import CompetencyLeaf, CredentialLeaf, Requirement
from tests.graph.asking import Asked
from tests.oracle.worlds import RandomWorld, worlds
from tests.thoroughness import examples

Tree = dict[str, Any]


def with_only(record: Tree, kept: Iterable[str]) -> Tree:
    """The record with these pieces of evidence and all that was said to revoke them."""
    names, body = set(kept), record["record"]
    while more := {e["id"] for e in body["evidence"] if e.get("revokes") in names} - names:
        names |= more
    evidence = [entry for entry in body["evidence"] if entry["id"] in names]
    return {**record, "record": {**body, "evidence": evidence}}


@dataclass(frozen=True)
class Claim:
    """Something that holds, on the evidence that is said to prove it."""

    name: str
    requirement: Requirement
    scope: Scope
    because: tuple[str, ...]

    def holds_on(self, asked: Asked, kept: Iterable[str]) -> bool:
        part = asked.evaluation(record=with_only(asked.random.record, kept))
        return timeline.is_true(part.actual.holds(self.requirement, self.scope), part.as_of.toordinal())


def claims(asked: Asked) -> Iterator[Claim]:
    engine = asked.evaluation()
    for rule in asked.rules:
        answer = explain(engine, rule.requirement, rule.scope)
        if answer.holds:
            yield Claim(rule.name, rule.requirement, rule.scope, answer.because)
    for key, competency in engine.competencies.items():
        if competency.state in DONE:
            yield Claim(key, CompetencyLeaf(key), engine.scope, competency.by)
    for key, credential in engine.credentials.items():
        if credential.state in DONE:
            yield Claim(key, CredentialLeaf(key), engine.scope, credential.by)


@given(world=worlds())
@examples(30)
def test_evidence_outside_because_can_be_taken_away(world: RandomWorld) -> None:
    asked = Asked(world)
    for claim in claims(asked):
        assert claim.holds_on(asked, claim.because), claim


@given(world=worlds())
@examples(30)
def test_nothing_in_because_can_be_spared(world: RandomWorld) -> None:
    asked = Asked(world)
    for claim in claims(asked):
        for spared in claim.because:
            left = [evidence for evidence in claim.because if evidence != spared]
            assert not claim.holds_on(asked, left), (claim, spared)
