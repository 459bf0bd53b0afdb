"""A plan on the map: the items of the way numbered in their order, what else there is faint around them."""

from collections.abc import Iterator
from dataclasses import dataclass

from apprenticeship.standing.model import Standing
from graph.actions import Earn
from graph.planning import Plan
from web.pages import standings
from web.pages.mapping import MapSheet, Node, draw, tiles_of

MOST_DRAWN = 80
"""Items of a standard that are drawn whole; of a larger one only the way."""


@dataclass(frozen=True)
class MapShown:
    """The way on the map of one standard; `turns` numbers its items; `whole`: others are drawn, too."""

    title: str
    sheet: MapSheet
    turns: dict[Node, int]
    whole: bool


def maps_of(standing: Standing, found: Plan, base: str) -> Iterator[MapShown]:
    """Draw the way on the map of each standard that has something of it."""
    nodes = {
        step.name: (step.action.kind, step.action.key)
        for step in found.steps
        if isinstance(step.action, Earn)
    }
    numbers = {nodes[step.name]: number for number, step in enumerate(found.steps, 1) if step.name in nodes}
    follows = {
        nodes[s.name]: [nodes[n] for n in s.after if n in nodes] for s in found.steps if s.name in nodes
    }
    for framework, title in standings.frameworks(standing).items():
        tiles = tiles_of(standing.evaluation, framework, base, numbers)
        turns = {(t.kind, t.key): numbers[t.kind, t.key] for t in tiles if t.goal}
        whole = len(tiles) <= MOST_DRAWN
        if turns:
            shown = tiles if whole else tuple(tile for tile in tiles if tile.goal)
            yield MapShown(title, draw(standing.evaluation, shown, follows), turns, whole)
