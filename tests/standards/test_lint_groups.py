"""What the lint calls spare can be left out of any rule, and the rule says the same."""

import copy
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from standards.linting import lint
from standards.problems import parse_path
from standards.reading import read_data
from tests.oracle.dice import Dice
from tests.oracle.rules import tree
from tests.thoroughness import examples

Tree = dict[str, Any]
NAMES = ("a", "b", "c")
SPARE = {"pointless-alternative", "redundant-condition"}
EITHER = {"any": [{"credential": "a"}, {"credential": "b"}]}


@st.composite
def rules(draw: st.DrawFn) -> Tree:
    """Groups of credentials, of counts of them, and of a rule with a name."""
    dice = Dice(draw)

    def leaf() -> Tree:
        if dice.chance(1, 5):
            return {"credentials": dice.number(1, 3)}
        return {"requirement": "either"} if dice.chance(1, 6) else {"credential": dice.pick(NAMES)}

    members = [tree(dice, leaf) for _ in range(dice.number(2, 4))]
    form = dice.pick(["all", "any", "at_least"])
    return (
        {"at_least": dice.number(1, len(members)), "of": members} if form == "at_least" else {form: members}
    )


def document(rule: Tree) -> Tree:
    return {
        "journeymark": 1,
        "framework": {"id": "shop", "title": "Shop", "version": "1"},
        "credentials": [{"id": name, "title": name} for name in NAMES],
        "requirements": [
            {"id": "rule", "title": "Rule", "when": rule},
            {"id": "either", "title": "Either", "when": EITHER},
        ],
    }


def holds(rule: Tree, held: frozenset[str]) -> bool:
    match rule:
        case {"credential": name}:
            return name in held
        case {"credentials": int(count)}:
            return len(held) >= count
        case {"requirement": _}:
            return holds(EITHER, held)
        case {"all": members}:
            return all(holds(member, held) for member in members)
        case {"any": members}:
            return any(holds(member, held) for member in members)
        case _:
            needed: int = rule["at_least"]
            return sum(holds(member, held) for member in rule["of"]) >= needed


def truth(rule: Tree) -> list[bool]:
    states = (
        frozenset(n for n, is_held in zip(NAMES, s, strict=True) if is_held)
        for s in product((0, 1), repeat=3)
    )
    return [holds(rule, held) for held in states]


def without(whole: Tree, path: str) -> Tree:
    """The document without the member at a path; of n of n that must hold, one fewer must."""
    found = copy.deepcopy(whole)
    *way, form, place = parse_path(path)
    group: Any = found
    for step in way:
        group = group[step]
    if group.get("at_least") == len(group[form]):
        group["at_least"] -= 1
    del group[form][place]
    return found


@given(rule=rules())
@examples(300)
def test_what_is_spare_can_be_left_out(rule: Tree) -> None:
    whole = document(rule)
    for finding in lint([read_data("shop.json", whole)]):
        path = finding.where.split(": ")[1]
        if finding.code in SPARE and path.startswith("requirements[0]"):
            rest = without(whole, path)["requirements"][0]["when"]
            assert truth(rest) == truth(rule), (path, rule)


@given(rule=rules())
@examples(100)
def test_all_that_is_spare_can_be_left_out_together(rule: Tree) -> None:
    whole = document(rule)
    found = [f for f in lint([read_data("shop.json", whole)]) if f.code in SPARE]
    paths = [parse_path(finding.where.split(": ")[1]) for finding in found]
    outermost = [p for p in paths if not any(p != q and p[: len(q)] == q for q in paths)]
    for path in sorted(outermost, reverse=True, key=str):
        whole = without(whole, "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)[1:])
    assert truth(whole["requirements"][0]["when"]) == truth(rule)


def test_a_condition_that_always_holds_is_seen_behind_however_many_names() -> None:
    last = 150
    rules = [{"id": "n0", "title": "N", "when": {"hours": 0, "in": "ojl"}}]
    for number in range(1, last):
        when: Tree = {"requirement": f"n{number - 1}"}
        for _ in range(10):
            when = {"any": [{"credential": "a"}, when]}
        rules.append({"id": f"n{number}", "title": "N", "when": when})
    whole = document({"requirement": f"n{last - 1}"}) | {"requirements": rules}
    found = [finding for finding in lint([read_data("shop.json", whole)]) if finding.code == "always-holds"]
    assert [finding.where.split(": ")[1] for finding in found] == [
        f"requirements[{number}].when" for number in range(last)
    ]
