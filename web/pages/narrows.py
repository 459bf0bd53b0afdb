"""Where a framework is narrow, in words: its longest path, and what much waits for."""

from collections.abc import Container
from dataclasses import dataclass

from graph.edges import Place
from graph.metrics import Measure, measure
from graph.world import World
from web import words
from web.pages.addresses import anchor
from web.rules import item_title

SHOWN = 8


@dataclass(frozen=True)
class Narrow:
    """One item; `href` is empty for one that is not on the page."""

    name: str
    href: str
    said: str = ""


@dataclass(frozen=True)
class Narrows:
    """The longest path from its start, and the bottlenecks that come first; `more` are left out."""

    path: tuple[Narrow, ...]
    bottlenecks: tuple[Narrow, ...]
    more: int


def narrows_of(world: World, framework: str, on_page: Container[Place]) -> Narrows:
    """Tell where a framework is narrow; with what comes before its items elsewhere."""
    found = measure(world, framework)

    def narrow(place: Place, said: str = "") -> Narrow:
        return Narrow(item_title(world, *place), f"#{anchor(place)}" if place in on_page else "", said)

    many = [
        narrow(place, _said(found.items[place])) for place in found.bottlenecks if found.items[place].blocking
    ]
    return Narrows(
        path=tuple(narrow(place) for place in found.longest_path) if found.totals.edges else (),
        bottlenecks=tuple(many[:SHOWN]),
        more=len(many[SHOWN:]),
    )


def _said(one: Measure) -> str:
    before = f"Asks for {words.counted(one.prerequisites, 'other')}. " if one.prerequisites else ""
    opens = f"{words.counted(one.opens, 'other asks', 'others ask')} for it"
    waiting = f"{words.counted(one.blocking, 'waits', 'wait')} for it in all"
    return before + words.sentence(f"{opens}, {waiting}{_without(one)}.")


def _without(one: Measure) -> str:
    """Say how many cannot be reached in any other way."""
    if not one.gates:
        return ", and each can be reached in another way"
    if one.gates == one.blocking:
        return ", and nothing leads round it"
    return f", and {words.counted(one.gates, 'has', 'have')} no other way"
