"""The drawing of prerequisites: laws over random frameworks, and a few pictures known by heart."""

import os
import subprocess
import sys
from itertools import combinations, pairwise, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.layering import Ordering, assign_layers, order_layers
from graph.layout import Box, Choice, Drawing, Line, Shape, layout
from graph.spacing import rising
from tests.oracle.dice import Dice
from tests.thoroughness import examples

Rule = str | Choice
Framework = tuple[list[str], dict[str, Rule]]


@st.composite
def frameworks(draw: st.DrawFn, most: int = 24) -> Framework:
    """Nodes in any order; each may need earlier ones, or one that is not drawn, through choices within choices."""
    dice = Dice(draw)
    nodes = [f"n{at}" for at in range(dice.number(0, most))]
    rules = {
        node: _rule(dice, [*nodes[:at], "elsewhere"], 3)
        for at, node in enumerate(nodes)
        if at and dice.chance(1, 2)
    }
    return dice.shuffled(nodes), rules


def _rule(dice: Dice, names: list[str], depth: int) -> Rule:
    if not depth or dice.chance(1, 2):
        return dice.pick(names)
    members = tuple(_rule(dice, names, depth - 1) for _ in range(dice.number(1, 4)))
    return Choice(dice.number(1, len(members)), members)


def _holds(rule: Rule, met: frozenset[str]) -> bool:
    if isinstance(rule, str):
        return rule in met
    return sum(_holds(member, met) for member in rule.of) >= rule.needed


def _names(rule: Rule) -> set[str]:
    return {rule} if isinstance(rule, str) else {name for member in rule.of for name in _names(member)}


def _apart(left: tuple[int, int, int, int], right: tuple[int, int, int, int]) -> bool:
    return left[2] <= right[0] or right[2] <= left[0] or left[3] <= right[1] or right[3] <= left[1]


def _areas(drawing: Drawing, shape: Shape) -> list[tuple[int, int, int, int]]:
    boxes = [(box.x, box.y, box.x + shape.width, box.y + shape.height) for box in drawing.boxes]
    size = shape.joint
    joints = [(joint.x - size, joint.y - size, joint.x + size, joint.y + size) for joint in drawing.joints]
    return boxes + joints


@given(frameworks())
@examples(60)
def test_every_node_is_drawn_once_and_nothing_overlaps(framework: Framework) -> None:
    nodes, rules = framework
    drawing = layout(nodes, rules)
    areas = _areas(drawing, Shape())
    assert sorted(box.name for box in drawing.boxes) == sorted(nodes)
    assert all(_apart(a, b) for at, a in enumerate(areas) for b in areas[:at])
    assert all(
        x >= 0 and y >= 0 and right <= drawing.width and low <= drawing.height for x, y, right, low in areas
    )


@given(frameworks(), st.integers(1, 8))
@examples(60)
def test_no_layer_holds_more_boxes_than_allowed(framework: Framework, across: int) -> None:
    drawing = layout(*framework, Shape(across=across))
    layers = [box.layer for box in drawing.boxes]
    assert all(layers.count(layer) <= across for layer in layers)


@given(frameworks())
@examples(60)
def test_every_line_runs_downward_between_two_things_that_are_drawn(
    framework: Framework,
) -> None:
    drawing = layout(*framework)
    shape = Shape()
    bottoms = {box.name: box.y + shape.height for box in drawing.boxes}
    tops = {box.name: box.y for box in drawing.boxes}
    for joint in drawing.joints:
        bottoms[joint.name], tops[joint.name] = joint.y + shape.joint, joint.y - shape.joint
    for line in drawing.lines:
        heights = [y for _, y in line.points]
        assert heights == sorted(heights)
        assert heights[0] == bottoms[line.source]
        assert heights[-1] == tops[line.target]


@given(frameworks(), st.randoms(use_true_random=False))
@examples(60)
def test_what_the_picture_says_opens_a_node_is_what_the_rule_says(
    framework: Framework, chance: Random
) -> None:
    nodes, rules = framework
    drawing = layout(nodes, {node: rule for node, rule in rules.items() if "elsewhere" not in repr(rule)})
    into: dict[str, list[str]] = {}
    for line in drawing.lines:
        into.setdefault(line.target, []).append(line.source)
    joints = {joint.name: joint for joint in drawing.joints}

    def opens(name: str, met: frozenset[str]) -> bool:
        ways = [opens(source, met) if source in joints else source in met for source in into.get(name, [])]
        return sum(ways) >= joints[name].needed if name in joints else all(ways)

    met: frozenset[str] = frozenset()
    for box in drawing.boxes:  # downward, so that whatever is met has its own rule met
        rule = rules.get(box.name)
        rule_holds = rule is None or "elsewhere" in repr(rule) or _holds(rule, met)
        assert opens(box.name, met) == rule_holds
        if rule_holds and chance.random() < 0.7:
            met |= {box.name}


@given(frameworks())
@examples(60)
def test_every_node_stands_below_all_that_its_rule_names(framework: Framework) -> None:
    nodes, rules = framework
    layers = {box.name: box.layer for box in layout(nodes, rules).boxes}
    for node, rule in rules.items():
        named = [name for name in _names(rule) if name in layers]
        assert all(layers[name] < layers[node] for name in named)


@given(frameworks())
@examples(60)
def test_no_line_runs_behind_a_box(framework: Framework) -> None:
    drawing = layout(*framework)
    for line, box in product(drawing.lines, drawing.boxes):
        assert not _behind(line, box, Shape()), (line, box)


def _behind(line: Line, box: Box, shape: Shape) -> bool:
    return any(
        min(y, low) < box.y + shape.height
        and max(y, low) > box.y
        and min(x, right) < box.x + shape.width
        and max(x, right) > box.x
        for (x, y), (right, low) in pairwise(line.points)
    )


@given(frameworks(), st.randoms(use_true_random=False))
@examples(60)
def test_the_picture_does_not_depend_on_the_order_in_which_rules_and_members_are_written(
    framework: Framework, chance: Random
) -> None:
    nodes, rules = framework
    turned = {node: _turned(rules[node], chance) for node in chance.sample(sorted(rules), len(rules))}
    assert layout(nodes, rules) == layout(list(nodes), turned)


def _turned(rule: Rule, chance: Random) -> Rule:
    if isinstance(rule, str):
        return rule
    members = tuple(_turned(member, chance) for member in rule.of)
    return Choice(rule.needed, tuple(chance.sample(members, len(members))))


def test_the_picture_does_not_depend_on_the_seed_of_hashes() -> None:
    """Sets of names are gone through in another order in each process."""
    shown = {
        subprocess.run(
            [sys.executable, "-c", LARGE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(shown) == 1
    assert b"Joint" in shown.pop()


LARGE = """
from graph.layout import Choice, layout
nodes = [f"n{at}" for at in range(60)]
three = {at: (f"n{at * 7 % (at - 1)}", f"n{at // 2}", f"n{at * 5 % (at - 2)}") for at in range(8, 60)}
print(layout(nodes, {f"n{at}": Choice(2, of) for at, of in three.items()}))
"""


@given(frameworks())
@examples(60)
def test_crossings_are_those_counted_line_by_line_and_no_more_than_as_written(framework: Framework) -> None:
    nodes, rules = framework
    after = {node: frozenset(_names(rules.get(node, ""))) & set(nodes) for node in nodes}
    layers = assign_layers(nodes, after, 8)
    written, ordered = order_layers(layers, after, sweeps=0), order_layers(layers, after)
    assert [[cell for cell in layer if isinstance(cell, str)] for layer in written.layers] == [
        *map(list, layers)
    ]
    assert written.crossings == _counted(written)
    assert ordered.crossings == _counted(ordered) <= written.crossings
    assert list(map(set, ordered.layers)) == list(map(set, written.layers))


def _counted(ordering: Ordering) -> int:
    total = 0
    for upper, lower in pairwise(ordering.layers):
        ends = [
            (upper.index(near), at) for at, cell in enumerate(lower) for near in ordering.above.get(cell, ())
        ]
        total += sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))
    return total


@given(st.lists(st.floats(-1e3, 1e3), max_size=12))
def test_the_rising_fit_never_falls_and_keeps_the_sum(values: list[float]) -> None:
    fitted = rising(values)
    assert all(b - a > -1e-9 for a, b in pairwise(fitted))
    assert sum(fitted) == pytest.approx(sum(values), abs=1e-6)


def test_a_line_that_follows_from_others_is_left_out_and_told() -> None:
    drawing = layout(["a", "b", "c"], {"b": "a", "c": Choice(2, ("a", "b"))})
    assert drawing.redundant == (("a", "c"),)
    assert [(line.source, line.target) for line in drawing.lines] == [("a", "b"), ("b", "c")]


def test_one_of_two_stands_on_a_joint_that_says_so() -> None:
    drawing = layout(["a", "b", "c", "d"], {"d": Choice(2, ("c", Choice(1, ("a", "b"))))})
    (joint,) = drawing.joints
    assert (joint.target, joint.needed, joint.members) == ("d", 1, 2)
    assert {(line.source, line.target) for line in drawing.lines} == {
        ("a", joint.name),
        ("b", joint.name),
        (joint.name, "d"),
        ("c", "d"),
    }


def test_a_choice_keeps_its_count_when_part_of_it_is_outside() -> None:
    (joint,) = layout(["a", "b", "c"], {"c": Choice(2, ("a", "b", "outside"))}).joints
    assert (joint.needed, joint.members) == (2, 3)


def test_prerequisites_in_a_circle_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="circle among a, b"):
        layout(["a", "b", "c"], {"a": "b", "b": "a"})


def test_a_node_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        layout(["a", "a"], {})


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    assert layout([], {}) == Drawing(0, 0, (), (), (), (), 0)


def test_two_ladders_side_by_side_cross_nowhere() -> None:
    nodes = ["b0", "a0", "a1", "b1", "a2", "b2"]
    drawing = layout(nodes, {"a1": "a0", "b1": "b0", "a2": "a1", "b2": "b1"})
    columns = {box.name: box.x for box in drawing.boxes}
    assert drawing.crossings == 0
    assert columns["a0"] == columns["a1"] == columns["a2"]
