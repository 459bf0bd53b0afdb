"""Standards for everybody who has signed in: what is published, and one framework as list, map and findings."""

from dataclasses import dataclass
from datetime import date

from litestar import Response, get
from litestar.params import FromPath

from apprenticeship.policy import Action
from apprenticeship.refusals import Missing
from apprenticeship.views_standards import FrameworkView, framework_view, published
from graph.evaluating import evaluate
from graph.facts import Person
from web.access import Whose, asks
from web.pages.asked import AnyRequest, now_of
from web.pages.mapping import MapSheet, Tile, draw, tiles_of
from web.rendering import page
from web.rules import requirement_words

READING = asks(Action.READ_STANDARDS, Whose.SHARED)
NOBODY = Person(id="nobody", name="")


@dataclass(frozen=True)
class FrameworkPage:
    """One framework with what its rules say."""

    view: FrameworkView
    sheet: MapSheet
    groups: tuple[tuple[str, tuple[Tile, ...]], ...]
    named: tuple[tuple[str, str], ...]


@get("/standards", opt=READING)
async def show_standards(request: AnyRequest) -> Response[str]:
    """List frameworks, programs and agreements in their newest version."""
    return page(request, "standards.html", kinds=await published())


@get("/standards/{framework:str}", opt=READING)
async def show_framework(request: AnyRequest, framework: FromPath[str]) -> Response[str]:
    """Show one framework: its findings, its items and their order."""
    view = await framework_view(framework)
    if view is None:
        raise Missing("No such framework.")
    shown = _framework_page(view, now_of(request).date())
    return page(request, "framework.html", shown=shown, here="/standards")


def _framework_page(view: FrameworkView, today: date) -> FrameworkPage:
    blank = evaluate(view.world, NOBODY, program=None, as_of=today)
    tiles = tiles_of(blank, view.standard.key, "")
    groups: dict[str, list[Tile]] = {}
    for tile in tiles:
        groups.setdefault(tile.group, []).append(tile)
    named = tuple(
        (one.title or key, requirement_words(view.world, one.when))
        for key, one in view.world.requirements.items()
        if key.startswith(f"{view.standard.key}:")
    )
    return FrameworkPage(
        view, draw(blank, tiles), tuple((name, tuple(found)) for name, found in groups.items()), named
    )


HANDLERS = [show_standards, show_framework]
