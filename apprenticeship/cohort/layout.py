"""How the results of people who are read with the same standards are laid out, byte by byte. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.edges import items, prerequisite_edges
from graph.gates.parts import leaves_of
from graph.gates.program import GateProgram, Part
from graph.requirement import Requirement
from standards.answers import Labels, requirement_answer

COMPLETION = "completion"
BANDS = 10
"""Tenths of the way to completion; who is complete stands in the last."""


@dataclass(frozen=True)
class Item:
    """A competency or a credential; ``opens`` are the places of the items that name it in their prerequisites."""

    kind: str
    key: str
    title: str
    opens: tuple[int, ...] = ()


@dataclass(frozen=True)
class Lack:
    """One thing that a rule asks for: ``goal`` is `completion` or the key of a wage step, ``asks`` the leaf as data."""

    goal: str
    asks: Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """A wage step."""

    key: str
    title: str


@dataclass(frozen=True)
class Layout:
    """What the bytes of a result stand for: a byte an item, a bit a lack, the numerator over one denominator."""

    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    lacks: tuple[Lack, ...]
    denominator: int

    @cached_property
    def numerator_bytes(self) -> int:
        """How wide a numerator is."""
        return max(1, -(-self.denominator.bit_length() // 8))

    @cached_property
    def state_bytes(self) -> int:
        """How wide the states of all items are; one byte where there is no item."""
        return max(1, len(self.items))

    @cached_property
    def alone_bytes(self) -> int:
        """How wide the bits of all lacks are; one byte where there is none."""
        return max(1, -(-len(self.lacks) // 8))


def layout_of(program: GateProgram) -> Layout:
    """The layout of what the gates of a program answer."""
    world = program.world
    steps = () if program.focus is None else world.programs[program.focus].steps
    return Layout(
        _items(program),
        tuple(Step(step.key, step.title) for step in steps),
        tuple(
            Lack(goal, requirement_answer(rule, Labels(world)))
            for goal, part in goals_of(program)
            for rule in distinct_leaves(part)
        ),
        1 if program.completion is None else program.completion[1].denominator,
    )


def goals_of(program: GateProgram) -> list[tuple[str, Part]]:
    """The rules of completion and of each wage step, taken apart, in the order of a layout's lacks."""
    steps = () if program.focus is None else program.world.programs[program.focus].steps
    names = [*(step.key for step in steps), COMPLETION]
    named = [(name, part) for name, part in zip(names, program.parts, strict=True) if part is not None]
    return [*(one for one in named if one[0] == COMPLETION), *(one for one in named if one[0] != COMPLETION)]


def distinct_leaves(part: Part) -> list[Requirement]:
    """The leaves of a rule, each once, in reading order."""
    return list(dict.fromkeys(leaf.rule for leaf in leaves_of(part)))


def _items(program: GateProgram) -> tuple[Item, ...]:
    known = list(items(program.world))
    before = prerequisite_edges(program.world)
    opens: dict[tuple[str, str], list[int]] = {}
    for number, (place, _) in enumerate(known):
        for needed in sorted(before[place]):
            opens.setdefault(needed, []).append(number)
    return tuple(
        Item(kind, key, item.title, tuple(opens.get((kind, key), ()))) for (kind, key), item in known
    )


def as_data(layout: Layout) -> dict[str, Any]:
    """A layout as plain data, to keep beside the results that it explains."""
    return {
        "items": [[one.kind, one.key, one.title, list(one.opens)] for one in layout.items],
        "steps": [[one.key, one.title] for one in layout.steps],
        "lacks": [[one.goal, one.asks] for one in layout.lacks],
        "denominator": str(layout.denominator),
    }


def from_data(data: Mapping[str, Any]) -> Layout:
    """The layout that was kept."""
    return Layout(
        tuple(Item(kind, key, title, tuple(opens)) for kind, key, title, opens in data["items"]),
        tuple(Step(key, title) for key, title in data["steps"]),
        tuple(Lack(goal, asks) for goal, asks in data["lacks"]),
        int(data["denominator"]),
    )
