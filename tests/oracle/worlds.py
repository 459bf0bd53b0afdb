"""Random small worlds, as documents: frameworks, programs and one record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.oracle.dice import Dice
from tests.oracle.records import record_of
from tests.oracle.rules import Leaf, Rules, one_of, tree

Tree = dict[str, Any]
PROGRAM = "p"
LIVES: Sequence[Tree] = (
    {"months": 1},
    {"months": 7},
    {"years": 1},
    {"years": 2},
    {"years": 1, "months": 1},
)


@dataclass(frozen=True)
class RandomWorld:
    documents: list[Tree]
    record: Tree
    as_of: date


@dataclass(frozen=True)
class Item:
    """A competency or credential to be: where it lives and what it is called."""

    kind: str
    home: str
    name: str


@dataclass(frozen=True)
class Shape:
    """How large worlds may be, and what may not occur in them."""

    competencies: int = 7
    credentials: int = 6
    evidence: int = 24
    frameworks: int = 2
    months: bool = True
    expiry: bool = True
    hours: bool = True
    latest: bool = True


@st.composite
def worlds(draw: st.DrawFn, shape: Shape = Shape()) -> RandomWorld:
    return _Maker(Dice(draw), shape).world()


class _Maker:
    def __init__(self, dice: Dice, shape: Shape) -> None:
        self.dice, self.shape = dice, shape
        self.homes = ["f", "g"][: dice.number(1, shape.frameworks)]
        kinds = ["competency"] * dice.number(0, shape.competencies)
        kinds += ["credential"] * dice.number(0, shape.credentials)
        self.items = [
            Item(kind, dice.pick(self.homes), f"{'c' if kind == 'competency' else 'm'}{number}")
            for number, kind in enumerate(dice.shuffled(kinds))
        ]
        self.rules = Rules(dice, self.homes, months=shape.months, hours=shape.hours)

    def world(self) -> RandomWorld:
        documents = self.frameworks()
        second = self.dice.chance(1, 3)
        documents.append(self.program(PROGRAM, ["q"] if second else []))
        if second:
            documents.append(self.program("q", []))
        record = record_of(self.dice, documents, self.shape.evidence)
        as_of = self.dice.day() + timedelta(days=self.dice.pick([300, 100, 0]))
        return RandomWorld(documents, record, as_of)

    def frameworks(self) -> list[Tree]:
        """Prerequisites point down the list of items; what proves an item points down or, drawn once, up."""
        dice = self.dice
        upwards = dice.chance(1, 2)
        found = {home: self.head(home) for home in self.homes}
        for number, item in enumerate(self.items):
            before = self.items[:number]
            proofs = self.items[number + 1 :] if upwards else before
            body: Tree = {"id": item.name, "title": f"Item {item.name}"}
            if before and dice.chance(1, 2):
                body["prerequisites"] = tree(dice, self.item_leaf(before))
            if item.kind == "competency":
                self.fill_competency(body, proofs)
                found[item.home]["competencies"].append(body)
            else:
                self.fill_credential(body, item, proofs)
                found[item.home]["credentials"].append(body)
        self.share_parts(found)
        first = found[self.homes[0]]
        first["courses"] = [{"id": "k0", "title": "Theory", "hours": 48}]
        first["scores"] = [{"id": "x0", "title": "Mathematics", "range": [0, 7]}]
        first["requirements"] = [
            {"id": "r0", "title": "Schooling", "when": tree(dice, self.rules.outside(named=False), 1)},
            {"id": "r1", "title": "Anything", "when": tree(dice, self.item_leaf(self.items))},
        ]
        return list(found.values())

    def head(self, home: str) -> Tree:
        dice = self.dice
        ratings: Tree = {"scale": [0, 1, 2, 3, 4], "competent": dice.pick([3, 2])}
        if dice.chance(2, 3):
            ratings["policy"] = dice.pick(["latest", "latest", "best"] if self.shape.latest else ["best"])
        head: Tree = {
            "id": home,
            "title": f"Framework {home}",
            "version": "1",
            "issuer": "A made-up issuer",
            "source": "Made up",
            "effective": {"from": "2001-01-01"},
            "gate": dice.pick(["advise", "enforce"]),
            "ratings": ratings,
        }
        return {"journeymark": 1, "framework": head, "competencies": [], "credentials": []}

    def fill_competency(self, body: Tree, proofs: Sequence[Item]) -> None:
        body["kind"] = self.dice.pick(["duty", "duty", "competency", "task", "area"])
        awards = [proof for proof in proofs if proof.kind == "credential"]
        if awards and self.dice.chance(1, 3):
            body["satisfied_by"] = {"credential": self.spelled(self.dice.pick(awards)), "current": True}
        elif self.dice.chance(1, 2):
            body["satisfied_by"] = tree(self.dice, self.item_leaf(proofs))

    def fill_credential(self, body: Tree, item: Item, proofs: Sequence[Item]) -> None:
        dice = self.dice
        body["level"] = dice.number(1, 2)
        parts = dice.pick([None, ["performance", "theory"], ["theory"], ["performance", "theory", "print"]])
        if parts:
            body["parts"] = parts
        if self.shape.expiry and dice.chance(2, 3):
            body["valid_for"] = dict(dice.pick(LIVES))
        modules = [proof for proof in proofs if proof.kind == "credential" and proof.home == item.home]
        if modules and dice.chance(1, 2):
            body["composed_of"] = tree(dice, lambda: {"credential": self.spelled(dice.pick(modules))})

    def share_parts(self, found: dict[str, Tree]) -> None:
        """A part may be the same test as that part of another credential, here or in the other framework."""
        known: dict[str, list[str]] = {}
        for home, document in found.items():
            for body in document["credentials"]:
                for part in body.get("parts", ("performance",)):
                    others = known.setdefault(part, [])
                    if others and self.dice.chance(1, 2 if part == "theory" else 8):
                        body.setdefault("shares", {})[part] = self.dice.pick(others)
                    others.append(f"{home}:{body['id']}")

    def program(self, name: str, others: Sequence[str]) -> Tree:
        dice = self.dice
        works = [f"{name}-w{n}" for n in range(dice.pick([1, 2, 2, 0]))]
        steps = [f"{name}-s{n}" for n in range(dice.number(2, 4))]
        leaf = self.program_leaf(works, others)
        rungs: list[Tree] = [{"id": steps[0], "percent": 50}]
        for number, step in enumerate(steps[1:], start=1):
            when = tree(dice, self.step_leaf(leaf, steps[:number]), 1)
            rungs.append({"id": step, "percent": 50 + 10 * number, "when": when})
        done = tree(dice, lambda: {"step": dice.pick(steps)} if dice.chance(1, 8) else leaf())
        return {
            "journeymark": 1,
            "program": {
                "id": name,
                "title": f"Program {name}",
                "uses": list(self.homes),
                "occupation": {"rapids": "0296CB", "onet": "51-4041.00"},
                "approach": "hybrid",
                "work_processes": [self.work_process(work) for work in works],
                "related_instruction": {"hours": 144},
                "term": {"hours": {"min": 1000, "max": 2000}, "months": 12},
                "completion": done,
                "wages": {"journey_rate": {"usd_per_hour": 32.0, "from": "2024-01-01"}, "steps": rungs},
            },
        }

    def work_process(self, name: str) -> Tree:
        hours: Tree = {"min": 10}
        if self.dice.chance(2, 3):
            hours["max"] = self.dice.pick([20, 45.5])
        taught = [f"{item.home}:{item.name}" for item in self.items if item.kind == "competency"]
        listed = self.dice.some(taught, 5)
        return {"id": name, "title": f"Work {name}", "hours": hours, "competencies": listed}

    def item_leaf(self, items: Sequence[Item]) -> Leaf:
        """Of a rule that may stand in a framework: six of eight name an item."""

        def leaf() -> Tree:
            sort = self.dice.number(1, 16)
            if items and sort <= 12:
                return self.naming(self.dice.pick(items))
            if sort <= 14:
                return self.rules.count()
            return self.rules.of_program() if sort == 16 else self.rules.outside(named=True)()

        return leaf

    def program_leaf(self, works: Sequence[str], others: Sequence[str]) -> Leaf:
        dice, rules = self.dice, self.rules
        ways: list[Callable[[], Tree]] = [
            rules.outside(named=True),
            *[lambda: rules.of_program(works)] * 3,
            *[lambda: rules.count(works)] * 3,
            lambda: {"requirement": "r1"},
        ]
        if self.items:
            ways += [lambda: self.naming(dice.pick(self.items))] * 5
        if others:
            ways += [lambda: {"program": dice.pick(others)}] * 2
        return one_of(dice, ways)

    def step_leaf(self, leaf: Leaf, earlier: Sequence[str]) -> Leaf:
        def found() -> Tree:
            sort = self.dice.number(1, 7)
            if sort == 7:
                return {"step": self.dice.pick(earlier)}
            if sort >= 5 and self.shape.months:
                return {"months": self.dice.number(1, 8), "since": "step"}
            return leaf()

        return found

    def naming(self, item: Item) -> Tree:
        leaf: Tree = {item.kind: self.spelled(item)}
        if item.kind == "credential" and self.dice.chance(1, 2):
            leaf["current"] = True
        if item.kind == "competency" and self.dice.chance(1, 4):
            leaf["rating"] = self.dice.number(1, 4)
        return leaf

    def spelled(self, item: Item) -> str:
        return f"{item.home}:{item.name}" if self.dice.chance(1, 2) else item.name
