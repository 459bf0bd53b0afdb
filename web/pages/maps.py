"""The competency map as a page: what is chosen to be shown, and what that looks like."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from apprenticeship.standing.model import Standing
from web import words
from web.pages import standings
from web.pages.addresses import plan_address
from web.pages.mapping import MapSheet, Node, Tile, draw, tiles_of

STATES = ("done", "ready", "part", "wait", "locked", "lapsed", "waived")


@dataclass(frozen=True)
class Choices:
    """What the reader chose; an empty text or something unknown chooses everything."""

    framework: str = ""
    process: str = ""
    state: str = ""
    goal: str = ""


def choices_of(parameters: Mapping[str, str]) -> Choices:
    """Read the choices from the address of the page."""
    return Choices(*(str(parameters.get(name, "")) for name in ("framework", "process", "state", "goal")))


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
    goals: tuple[Option, ...]
    legend: tuple[tuple[words.Look, int], ...]
    groups: tuple[tuple[str, tuple[Tile, ...]], ...]
    sheet: MapSheet
    narrowed: bool
    plan: str


def map_page(standing: Standing, choices: Choices, base: str) -> MapPage:
    """Choose, count and draw."""
    known = standings.frameworks(standing)
    framework = choices.framework if choices.framework in known else standings.main_framework(standing)
    goal = _goal(standing, choices.goal)
    tiles = tiles_of(standing.evaluation, framework, base, _way(standing, goal))
    shown = _narrowed(standing, tiles, choices)
    groups: dict[str, list[Tile]] = {}
    for tile in shown:
        groups.setdefault(tile.group, []).append(tile)
    goals = _goals(standing, tiles, goal)
    return MapPage(
        title=known.get(framework, framework),
        finding=_finding(tiles, next((option.name for option in goals if option.chosen), "")),
        frameworks=tuple(Option(key, name, key == framework) for key, name in known.items()),
        processes=_processes(standing, tiles, choices.process),
        states=_states(tiles, choices.state),
        goals=goals,
        legend=_legend(shown),
        groups=tuple((name, tuple(found)) for name, found in groups.items()),
        sheet=draw(standing.evaluation, shown),
        narrowed=len(shown) < len(tiles),
        plan=_plan(goal, base),
    )


def _goal(standing: Standing, chosen: str) -> str:
    """Take the goal that was chosen where there is a way to it; else the next raise, else completion."""
    known = (chosen, standings.next_step_goal(standing), "completion")
    return next((goal for goal in known if goal and standings.smallest_way(standing, goal) is not None), "")


def _way(standing: Standing, goal: str) -> frozenset[Node]:
    """Give what is still to be earned for a goal, and the goal itself."""
    kind, _, key = goal.partition(":")
    own = {(kind, key)} if kind in ("competency", "credential") else set()
    return standings.earned_by(standings.smallest_way(standing, goal)) | own


def _plan(goal: str, base: str) -> str:
    """Give the plan to the goal; to a raise only on one's own map, for not everybody may know another's wages."""
    if not goal:
        return ""
    return plan_address(base, None if base and goal.startswith("step:") else goal)


def _goals(standing: Standing, tiles: tuple[Tile, ...], chosen: str) -> tuple[Option, ...]:
    named = [("completion", "Journeyworker")]
    step = standings.next_step_goal(standing)
    if step is not None:
        named.insert(0, (step, "Next raise"))
    named += [(f"{t.kind}:{t.key}", t.name) for t in tiles if t.look not in ("done", "waived")]
    return tuple(Option(value, name, value == chosen) for value, name in named)


def _finding(tiles: tuple[Tile, ...], goal: str) -> str:
    done = sum(tile.look in ("done", "waived") for tile in tiles)
    ready = sum(tile.look in ("ready", "part") for tile in tiles)
    said = f"{done} of {len(tiles)} done, {ready} ready to start."
    if not any(tile.goal for tile in tiles):
        return said
    which = f"this goal: {goal}" if goal else "the goal"
    return f"{said} What has a brass edge is the smallest way to {which}."


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
