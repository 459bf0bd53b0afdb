"""Random requirements: groups of leaves, and the leaves that name no item."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.oracle.dice import Dice

Tree = dict[str, Any]
Leaf = Callable[[], Tree]


def one_of(dice: Dice, ways: Sequence[Leaf]) -> Leaf:
    """A leaf in one of several ways, drawn anew each time."""

    def leaf() -> Tree:
        return dice.pick(ways)()

    return leaf


def tree(dice: Dice, leaf: Leaf, depth: int = 2) -> Tree:
    """A leaf, or one of three times a group of up to three."""
    if depth == 0 or not dice.chance(1, 3):
        return leaf()
    members = [tree(dice, leaf, depth - 1) for _ in range(dice.number(1, 3))]
    form = dice.pick(["all", "any", "at_least"])
    if form == "at_least":
        return {"at_least": dice.number(1, len(members)), "of": members}
    return {form: members}


class Rules:
    """Leaves that any rule may have."""

    def __init__(self, dice: Dice, homes: Sequence[str], *, months: bool, hours: bool) -> None:
        self._dice, self._homes = dice, homes
        self._months, self._hours = months, hours

    def outside(self, *, named: bool) -> Leaf:
        """Schooling: a course, a score, hours of related instruction or (``named``) all of it by name."""
        dice = self._dice
        ways: list[Leaf] = [
            lambda: {"course": "k0", **dice.pick([{}, {"grade": "B"}, {"grade": "D"}])},
            lambda: {"score": "x0", "at_least": dice.number(1, 6)},
        ]
        if self._hours:
            ways.append(lambda: {"hours": dice.pick([1, 7.5, 40]), "in": "rti"})
        if named:
            ways.append(lambda: {"requirement": "r0"})
        return one_of(dice, ways)

    def of_program(self, works: Sequence[str] = ()) -> Tree:
        """Hours of work or months since registration."""
        if self._hours and (not self._months or self._dice.chance(1, 2)):
            place = self._dice.pick(["ojl", *works, *works])
            return {"hours": self._dice.pick([0.5, 5, 15, 33.33]), "in": place}
        if self._months:
            return {"months": self._dice.number(1, 14), "since": "registered"}
        return self.count(works)

    def count(self, works: Sequence[str] = ()) -> Tree:
        dice = self._dice
        kind = dice.pick(["credentials", "competencies"])
        where: Tree = {}
        if dice.chance(1, 2):
            where["framework"] = dice.pick(self._homes)
        if kind == "credentials":
            if dice.chance(1, 2):
                where["level"] = dice.number(1, 2)
            if dice.chance(1, 2):
                where["current"] = True
        else:
            if works and dice.chance(1, 2):
                where["work_process"] = dice.pick(works)
            if dice.chance(1, 4 if "work_process" in where else 2):
                where["kind"] = dice.pick(["duty", "duty", "competency", "task", "area"])
        leaf: Tree = {kind: dice.pick([1, 1, 2, 3])}
        return {**leaf, "where": where} if where else leaf
