"""Random agreements over random worlds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.model import CreditAnswer
from graph.evaluating import evaluate
from graph.facts import Person
from graph.requirement import Requirement
from graph.world import World
from standards.compiling import compile_awards, compile_world
from standards.documents import AgreementDocument
from standards.reading import read_data
from standards.recording import person_of
from tests.apprenticeship.credit.brute import Slow
from tests.oracle.dice import Dice
from tests.oracle.rules import Rules, tree
from tests.oracle.worlds import RandomWorld, Shape, worlds

Tree = dict[str, Any]
SMALL = Shape(competencies=4, credentials=4, evidence=9, frameworks=1)


@dataclass(frozen=True)
class Request:
    """A random world with an agreement about it."""

    world: RandomWorld
    agreement: Tree

    def asked(self, agreement: Tree | None = None, record: Tree | None = None) -> "Asked":
        return Asked(self.world, agreement or self.agreement, record or self.world.record)


class Asked:
    """The agreement put to the product, and to the slow way."""

    def __init__(self, world: RandomWorld, agreement: Tree, record: Tree) -> None:
        documents = [read_data(f"{number}.json", document) for number, document in enumerate(world.documents)]
        document = read_data("agreement.json", agreement)
        assert isinstance(document.model, AgreementDocument)
        self.tree = agreement
        self.model: AgreementDocument = document.model
        self.world: World = compile_world([*documents, document])
        self.rules: dict[str, Requirement] = compile_awards(document, documents)
        self.person: Person = person_of(read_data("record.json", record), documents, self.world)
        self.as_of = world.as_of

    def answer(self, granted: Sequence[Granted] = ()) -> CreditAnswer:
        evaluation = evaluate(self.world, self.person, program="p", as_of=self.as_of)
        return articulate(self.model, self.rules, evaluation, self.as_of, granted=granted)

    def slow(self, granted: Sequence[Granted] = ()) -> Slow:
        used = {one.award: frozenset(one.evidence) for one in granted}
        return Slow(self.tree, self.rules, self.world, self.person, self.as_of, granted=used)


@st.composite
def requests(draw: st.DrawFn, shape: Shape = SMALL) -> Request:
    world = draw(worlds(shape))
    return Request(world, agreement_of(Dice(draw), world))


def agreement_of(dice: Dice, world: RandomWorld) -> Tree:
    awards = [award_of(dice, world, number) for number in range(dice.number(1, 5))]
    start = world.as_of + timedelta(days=dice.pick([-900] * 8 + [0, 1]))
    until = dice.pick([None] * 9 + [(world.as_of + timedelta(days=dice.number(0, 2))).isoformat()])
    head: Tree = {
        "id": "agreement",
        "college": "Lakeside College",
        "college_id": "lakeside",
        "program": {"title": "Machining", "credits": dice.pick([60, 12, 9])},
        "effective": {"from": min(start, _before(until, start)).isoformat(), "until": until},
        "limits": limits_of(dice),
        "grades": ["A", "B", "C", "D"],
        "reuse": dice.pick(["forbid", "forbid", "pairs", "allow"]),
    }
    if head["reuse"] == "pairs":
        names = [award["id"] for award in awards]
        head["reuse"] = [dice.some(names, 3)[:2] for _ in range(2)]
        head["reuse"] = [pair for pair in head["reuse"] if len(pair) == 2]
    if dice.chance(1, 4):
        head["stale_after"] = dice.pick([{"years": 1}, {"months": 7}, {"years": 2}])
    return {"journeymark": 1, "agreement": head, "awards": awards}


def _before(until: str | None, start: date) -> date:
    return start if until is None else date.fromisoformat(until) - timedelta(days=1)


def limits_of(dice: Dice) -> Tree:
    found: Tree = {}
    if dice.chance(1, 3):
        found["share"] = dice.pick([0.5, 0.25, 1])
    if dice.chance(1, 3):
        found["credits"] = dice.pick([6, 4.5, 3, 0])
    if dice.chance(1, 4):
        found["residency"] = dice.pick([3, 6])
    if dice.chance(1, 3):
        found["groups"] = {"technical": dice.pick([3, 6, 4])}
    return found


def award_of(dice: Dice, world: RandomWorld, number: int) -> Tree:
    def leaf() -> Tree:
        items = [
            (kind, f"{document['framework']['id']}:{item['id']}")
            for document in world.documents
            if "framework" in document
            for kind, section in (("competency", "competencies"), ("credential", "credentials"))
            for item in document[section]
        ]
        rules = Rules(dice, ["f"], months=False, hours=True)
        if not items or dice.chance(1, 3):
            return dice.pick([rules.outside(named=True), rules.count, rules.of_program, _program])()
        kind, name = dice.pick(items)
        found: Tree = {kind: name}
        if kind == "credential" and dice.chance(1, 3):
            found["current"] = True
        return found

    found: Tree = {
        "id": f"a{number}",
        "course": f"MFG {number}",
        "title": f"Course {number}",
        "credits": dice.pick([3, 3, 1.5, 2, 4, 0]),
        "when": tree(dice, leaf),
    }
    if dice.chance(1, 3):
        found["group"] = dice.pick(["technical", "general"])
    if dice.chance(1, 4):
        found["one_of"] = dice.pick(["x", "y"])
    if dice.chance(1, 8):
        found["earned_here_first"] = dice.pick([3, 1])
    if dice.chance(1, 4):
        found["request_within"] = dice.pick([{"years": 1}, {"months": 7}])
    return found


def _program() -> Tree:
    return {"program": "p"}
