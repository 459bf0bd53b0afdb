"""The drawing of prerequisites: laws over random frameworks, and a few pictures known by heart."""

import time
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.layout import Choice, Drawing, Shape, layout
from graph.spacing import rising

Rule = str | Choice


laws = settings(max_examples=40, deadline=None)


@st.composite
def frameworks(draw: st.DrawFn) -> tuple[list[str], dict[str, Rule]]:
    nodes = [f"n{at}" for at in range(draw(st.integers(0, 14)))]
    rules: dict[str, Rule] = {}
    for at, node in enumerate(nodes):
        if at and draw(st.booleans()):
            rules[node] = draw(_rules([*nodes[:at], "elsewhere"]))
    return draw(st.permutations(nodes)), rules


def _rules(names: list[str]) -> st.SearchStrategy[Rule]:
    leaf: st.SearchStrategy[Rule] = st.sampled_from(names)
    return st.recursive(
        leaf, lambda inner: st.lists(inner, min_size=1, max_size=4).flatmap(_choice), max_leaves=6
    )


def _choice(members: list[Rule]) -> st.SearchStrategy[Rule]:
    return st.integers(1, len(members)).map(lambda needed: Choice(needed, tuple(members)))


def _holds(rule: Rule, met: frozenset[str]) -> bool:
    if isinstance(rule, str):
        return rule in met
    return sum(_holds(member, met) for member in rule.of) >= rule.needed


def _apart(left: tuple[int, int, int, int], right: tuple[int, int, int, int]) -> bool:
    return left[2] <= right[0] or right[2] <= left[0] or left[3] <= right[1] or right[3] <= left[1]


def _areas(drawing: Drawing, shape: Shape) -> list[tuple[int, int, int, int]]:
    boxes = [(box.x, box.y, box.x + shape.width, box.y + shape.height) for box in drawing.boxes]
    size = shape.joint
    joints = [(joint.x - size, joint.y - size, joint.x + size, joint.y + size) for joint in drawing.joints]
    return boxes + joints


@laws
@given(frameworks())
def test_every_node_is_drawn_once_and_nothing_overlaps(framework: tuple[list[str], dict[str, Rule]]) -> None:
    nodes, rules = framework
    drawing = layout(nodes, rules)
    areas = _areas(drawing, Shape())
    assert sorted(box.name for box in drawing.boxes) == sorted(nodes)
    assert all(_apart(a, b) for at, a in enumerate(areas) for b in areas[:at])
    assert all(
        x >= 0 and y >= 0 and right <= drawing.width and low <= drawing.height for x, y, right, low in areas
    )


@laws
@given(frameworks(), st.integers(1, 8))
def test_no_layer_holds_more_boxes_than_allowed(
    framework: tuple[list[str], dict[str, Rule]], across: int
) -> None:
    drawing = layout(*framework, Shape(across=across))
    layers = [box.layer for box in drawing.boxes]
    assert all(layers.count(layer) <= across for layer in layers)


@laws
@given(frameworks())
def test_every_line_runs_downward_between_two_things_that_are_drawn(
    framework: tuple[list[str], dict[str, Rule]],
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


@laws
@given(frameworks(), st.randoms(use_true_random=False))
def test_what_the_picture_says_opens_a_node_is_what_the_rule_says(
    framework: tuple[list[str], dict[str, Rule]], chance: Random
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


@laws
@given(frameworks())
def test_the_same_framework_draws_the_same_picture(framework: tuple[list[str], dict[str, Rule]]) -> None:
    nodes, rules = framework
    turned = dict(reversed(list(rules.items())))
    assert layout(nodes, rules) == layout(list(nodes), turned)


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


def test_three_hundred_items_are_laid_out_within_two_seconds() -> None:
    count = 300
    nodes = [f"n{at}" for at in range(count)]
    rules: dict[str, Rule] = {
        f"n{at}": Choice(2, (f"n{at * 7 % (at - 1)}", f"n{at // 2}")) for at in range(8, count)
    }
    started = time.perf_counter()
    assert len(layout(nodes, rules).boxes) == count
    assert time.perf_counter() - started < 2
