"""The competency map as a page: what is chosen to be shown, and what that looks like."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from apprenticeship.standing.model import Standing
from web import words
from web.pages import standings
from web.pages.mapping import MapSheet, Tile, draw, tiles_of

STATES = ("done", "ready", "part", "wait", "locked", "lapsed", "waived")


@dataclass(frozen=True)
class Choices:
    """What the reader chose; an empty text or something unknown chooses everything."""

    framework: str = ""
    process: str = ""
    state: str = ""


def choices_of(parameters: Mapping[str, str]) -> Choices:
    """Read the choices from the address of the page."""
    return Choices(*(str(parameters.get(name, "")) for name in ("framework", "process", "state")))


@dataclass(frozen=True)
class Option:
    """One entry of a filter."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class MapPage:
    """Everything on the page."""

    title: str
    finding: str
    frameworks: tuple[Option, ...]
    processes: tuple[Option, ...]
    states: tuple[Option, ...]
    legend: tuple[tuple[words.Look, int], ...]
    groups: tuple[tuple[str, tuple[Tile, ...]], ...]
    sheet: MapSheet
    narrowed: bool
    sample: bool = True


def map_page(standing: Standing, choices: Choices, base: str) -> MapPage:
    """Choose, count and draw."""
    known = standings.frameworks(standing)
    framework = choices.framework if choices.framework in known else standings.main_framework(standing)
    way = standings.smallest_way(standing, standings.next_step_goal(standing))
    tiles = tiles_of(standing.evaluation, framework, base, standings.earned_by(way))
    shown = _narrowed(standing, tiles, choices)
    groups: dict[str, list[Tile]] = {}
    for tile in shown:
        groups.setdefault(tile.group, []).append(tile)
    goal = any(tile.goal for tile in shown)
    return MapPage(
        title=known.get(framework, framework),
        finding=_finding(tiles, goal=goal),
        frameworks=tuple(Option(key, name, key == framework) for key, name in known.items()),
        processes=_processes(standing, tiles, choices.process),
        states=_states(tiles, choices.state),
        legend=_legend(shown),
        groups=tuple((name, tuple(found)) for name, found in groups.items()),
        sheet=draw(standing.evaluation, shown),
        narrowed=len(shown) < len(tiles),
    )


def _finding(tiles: tuple[Tile, ...], *, goal: bool) -> str:
    done = sum(tile.look in ("done", "waived") for tile in tiles)
    ready = sum(tile.look in ("ready", "part") for tile in tiles)
    said = f"{done} of {len(tiles)} done, {ready} ready to start."
    return f"{said} Brass lines and edges are your shortest way to the next raise." if goal else said


def _narrowed(standing: Standing, tiles: tuple[Tile, ...], choices: Choices) -> tuple[Tile, ...]:
    processes = {process.key: process.competencies for process in standing.program.work_processes}
    shown = tiles
    if choices.process in processes:
        shown = tuple(tile for tile in shown if tile.key in processes[choices.process])
    if choices.state in STATES:
        shown = tuple(tile for tile in shown if tile.look == choices.state)
    return shown


def _processes(standing: Standing, tiles: tuple[Tile, ...], chosen: str) -> tuple[Option, ...]:
    here = {tile.key for tile in tiles}
    return tuple(
        Option(process.key, process.title or process.key, process.key == chosen)
        for process in standing.program.work_processes
        if process.competencies & here
    )


def _states(tiles: tuple[Tile, ...], chosen: str) -> tuple[Option, ...]:
    names = {tile.look: tile.word for tile in reversed(tiles)}
    return tuple(Option(look, names[look], look == chosen) for look in STATES if look in names)


def _legend(tiles: tuple[Tile, ...]) -> tuple[tuple[words.Look, int], ...]:
    counts = Counter(tile.look for tile in tiles)
    names = {tile.look: tile.short for tile in reversed(tiles)}
    return tuple((words.Look(look, names[look]), counts[look]) for look in STATES if look in names)
