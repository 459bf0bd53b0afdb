"""The competency map of one person: which boxes, in what state, and the drawing with its lines."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from graph.evaluating import DONE, Evaluation
from graph.layout import Choice, Drawing, Line, Point, Shape, layout
from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyLeaf,
    CredentialLeaf,
    Requirement,
)
from graph.world import Competency, Credential
from web import words
from web.pages.addresses import anchor, item_address

SHAPE = Shape(width=148, height=66, across=5)
LINE_LENGTH = 19
SHORT = {"Waiting for sign-off": "Waiting"}

Node = tuple[str, str]
"""An item as kind ("competency" or "credential") and key."""


@dataclass(frozen=True)
class Tile:
    """One item with its state, as the list and the drawing show it."""

    kind: str
    key: str
    code: str
    title: str
    href: str
    look: str
    word: str
    group: str
    out_of_order: bool
    goal: bool
    opens: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Say code and title; a credential goes by its title alone."""
        return f"{self.code} {self.title}" if self.code and self.kind == "competency" else self.title

    @property
    def anchor(self) -> str:
        """Give its anchor on the page of its framework."""
        return anchor((self.kind, self.key))

    @property
    def short(self) -> str:
        """Say the state in one word."""
        return SHORT.get(self.word, self.word)


@dataclass(frozen=True)
class PlacedTile:
    """A tile with its place in the drawing and its title in at most two lines."""

    tile: Tile
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PlacedJoint:
    """A joint with the words in it and the sentence for those who listen."""

    x: int
    y: int
    text: str
    said: str


@dataclass(frozen=True)
class PlacedLine:
    """A line as an SVG path; `style` tells whether it is open, met or part of the goal."""

    path: str
    style: str


@dataclass(frozen=True)
class MapSheet:
    """The whole drawing."""

    width: int
    height: int
    tiles: tuple[PlacedTile, ...]
    joints: tuple[PlacedJoint, ...]
    lines: tuple[PlacedLine, ...]
    redundant: int


def tiles_of(
    evaluation: Evaluation, framework: str, base: str, goal: Collection[Node] = ()
) -> tuple[Tile, ...]:
    """Give every duty, task or competency of a framework, then its credentials; areas are the groups."""
    world = evaluation.world
    areas = {key: item.title for key, item in world.competencies.items() if item.kind == "area"}
    found = []
    for key, item in world.competencies.items():
        if item.framework.id == framework and item.kind != "area":
            group = areas.get(item.part_of or "", "") or _plural_kind(item)
            found.append(_competency_tile(evaluation, item, base, group, ("competency", key) in goal))
    for key, credential in world.credentials.items():
        if credential.framework.id == framework:
            found.append(_credential_tile(evaluation, credential, base, ("credential", key) in goal))
    return tuple(found)


def _competency_tile(evaluation: Evaluation, item: Competency, base: str, group: str, goal: bool) -> Tile:
    answer = evaluation.competencies[item.key]
    look = words.COMPETENCY_LOOKS[answer.state]
    return Tile(
        kind="competency",
        key=item.key,
        code=item.code or "",
        title=item.title,
        href=item_address(base, "competency", item.key),
        look=look.look,
        word=look.word,
        group=group,
        out_of_order=answer.out_of_order,
        goal=goal,
    )


def _credential_tile(evaluation: Evaluation, item: Credential, base: str, goal: bool) -> Tile:
    answer = evaluation.credentials[item.key]
    look = words.CREDENTIAL_LOOKS[answer.state]
    return Tile(
        kind="credential",
        key=item.key,
        code=item.key.rpartition(":")[2].upper(),
        title=item.title,
        href=item_address(base, "credential", item.key),
        look=look.look,
        word=look.word,
        group="Credentials",
        out_of_order=answer.out_of_order,
        goal=goal,
    )


def _plural_kind(item: Competency) -> str:
    kind = item.kind.capitalize()
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def draw(
    evaluation: Evaluation, tiles: Iterable[Tile], follows: Mapping[Node, Collection[Node]] | None = None
) -> MapSheet:
    """Draw tiles with the prerequisites between them.

    Args:
        evaluation: how the person stands.
        tiles: what is drawn.
        follows: what each item of a way builds on; None takes every line between two items of the goal for its part.
    """
    by_name = {node_name(tile.kind, tile.key): tile for tile in tiles}
    found = ((name, _prerequisites(evaluation, tile)) for name, tile in by_name.items())
    rules = tuple((name, choice_of(rule)) for name, rule in found if rule is not None)
    drawing = _laid_out(tuple(by_name), rules)
    return MapSheet(
        drawing.width,
        drawing.height,
        tuple(
            PlacedTile(by_name[box.name], box.x, box.y, _lines(by_name[box.name])) for box in drawing.boxes
        ),
        tuple(_joint(joint.needed, joint.members, joint.x, joint.y) for joint in drawing.joints),
        _styled(evaluation, drawing, by_name, follows),
        len(drawing.redundant),
    )


@lru_cache(maxsize=256)
def _laid_out(names: tuple[str, ...], rules: tuple[tuple[str, str | Choice], ...]) -> Drawing:
    """Lay out once what never changes: the same boxes and rules give the same drawing for everybody."""
    return layout(names, dict(rules), SHAPE)


def _prerequisites(evaluation: Evaluation, tile: Tile) -> Requirement | None:
    world = evaluation.world
    if tile.kind == "competency":
        return world.competencies[tile.key].prerequisites
    return world.credentials[tile.key].prerequisites


def choice_of(rule: Requirement) -> str | Choice:
    """Give a rule as it is drawn; what is no item keeps its place in the count."""
    match rule:
        case All() | Any() | AtLeast():
            return Choice(rule.needed, tuple(choice_of(member) for member in rule.members))
        case CompetencyLeaf():
            return node_name("competency", rule.key)
        case CredentialLeaf():
            return node_name("credential", rule.key)
        case _:
            return f"other {rule!r}"


def node_name(kind: str, key: str) -> str:
    """Name an item in the drawing."""
    return f"{kind} {key}"


def _lines(tile: Tile) -> tuple[str, ...]:
    return tuple(wrap(tile.title, LINE_LENGTH, max_lines=2, placeholder="…"))


def _joint(needed: int, members: int, x: int, y: int) -> PlacedJoint:
    if needed == members:
        return PlacedJoint(x, y, "all", f"all {members} of these")
    return PlacedJoint(x, y, f"{needed} of {members}", f"{needed} of these {members}")


def _styled(
    evaluation: Evaluation,
    drawing: Drawing,
    tiles: Mapping[str, Tile],
    follows: Mapping[Node, Collection[Node]] | None,
) -> tuple[PlacedLine, ...]:
    done = {name for name, tile in tiles.items() if _is_done(evaluation, tile)}
    goal = {name for name, tile in tiles.items() if tile.goal}
    targets = {joint.name: joint.target for joint in drawing.joints}
    into: dict[str, list[str]] = {}
    for line in drawing.lines:
        into.setdefault(line.target, []).append(line.source)
    needed = {joint.name: joint.needed for joint in drawing.joints}

    def passed(name: str) -> bool:
        if name in tiles:
            return name in done
        return sum(passed(source) for source in into[name]) >= needed[name]

    before = {node_name(*n): {node_name(*o) for o in those} for n, those in (follows or {}).items()}

    def on_goal(name: str, wanted: Collection[str]) -> bool:
        return name in wanted if name in tiles else any(on_goal(source, wanted) for source in into[name])

    def style(line: Line) -> str:
        target = targets.get(line.target, line.target)
        wanted = goal if follows is None else before.get(target, ())
        if target in goal and on_goal(line.source, wanted):
            return "goal"
        return "met" if passed(line.source) else ""

    found = [PlacedLine(_path(line.points), style(line)) for line in drawing.lines]
    return tuple(sorted(found, key=lambda placed: ["", "met", "goal"].index(placed.style)))


def _is_done(evaluation: Evaluation, tile: Tile) -> bool:
    answers = evaluation.competencies if tile.kind == "competency" else evaluation.credentials
    return answers[tile.key].state in DONE


def _path(points: tuple[Point, ...]) -> str:
    (x, y), *rest = points
    said = [f"M{x} {y}"]
    for next_x, next_y in rest:
        middle = (y + next_y) // 2
        straight = next_x == x
        curve = f"C{x} {middle} {next_x} {middle} {next_x} {next_y}"
        said.append(f"V{next_y}" if straight else curve)
        x, y = next_x, next_y
    return "".join(said)
