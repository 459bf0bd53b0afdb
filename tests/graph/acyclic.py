"""Random worlds of competencies whose prerequisites point down a list, with groups and a named requirement."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from graph.requirement import All, Any, AtLeast, CompetencyLeaf, CourseLeaf, Group, NamedLeaf, Requirement
from graph.world import Competency, Framework, Named, World
from tests.oracle.dice import Dice

SHOP = Framework("shop")


def c(name: str) -> CompetencyLeaf:
    return CompetencyLeaf(f"shop:{name}")


def place(name: str) -> tuple[str, str]:
    return "competency", f"shop:{name}"


def world(rules: Mapping[str, Requirement | None], **named: Requirement) -> World:
    """Competencies with their prerequisites."""
    return World(
        frameworks={"shop": SHOP},
        competencies={
            f"shop:{name}": Competency(key=f"shop:{name}", framework=SHOP, prerequisites=rule)
            for name, rule in rules.items()
        },
        requirements={f"shop:{name}": Named(f"shop:{name}", name, rule) for name, rule in named.items()},
    )


def tree(dice: Dice, leaves: Sequence[Requirement], depth: int = 3) -> Requirement:
    """One of the leaves, or three times of five a group of up to four."""
    if not depth or dice.chance(2, 5):
        return dice.pick(leaves)
    members = tuple(tree(dice, leaves, depth - 1) for _ in range(dice.number(1, 4)))
    form = dice.number(1, 3)
    if form == 1:
        return All(members)
    return Any(members) if form == 2 else AtLeast(dice.number(1, len(members)), members)


@st.composite
def acyclic_worlds(draw: st.DrawFn, most: int = 8) -> World:
    dice = Dice(draw)
    names = [f"c{number}" for number in range(dice.number(1, most))]
    rules: dict[str, Requirement | None] = {}
    named: dict[str, Requirement] = {}
    for number, name in enumerate(names):
        before: list[Requirement] = [c(other) for other in names[:number]]
        before += [NamedLeaf(f"shop:{other}") for other in named]
        rule = tree(dice, [*before, CourseLeaf("shop:k")], 2) if before else None
        if rule is not None and dice.chance(1, 5):
            named[f"r{number}"] = rule
        rules[name] = rule if dice.chance(3, 4) else None
    return world({name: rules[name] for name in dice.shuffled(names)}, **named)


def holds(found: World, rule: Requirement | None, reached: set[str]) -> bool:
    """Whether a rule holds with these competencies met; schooling is always done."""
    if rule is None or isinstance(rule, CourseLeaf):
        return True
    if isinstance(rule, Group):
        return sum(holds(found, member, reached) for member in rule.members) >= rule.needed
    if isinstance(rule, NamedLeaf):
        return holds(found, found.requirements[rule.key].when, reached)
    assert isinstance(rule, CompetencyLeaf)
    return rule.key in reached


def reachable(found: World, without: str | None = None) -> set[str]:
    """All competencies that can be reached in an order that respects prerequisites, one of them left alone."""
    reached: set[str] = set()
    while True:
        more = {
            key
            for key, item in found.competencies.items()
            if key != without and holds(found, item.prerequisites, reached)
        }
        if more == reached:
            return reached
        reached = more
