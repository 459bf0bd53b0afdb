"""A drawing of prerequisites: boxes in layers, lines, and joints where a rule offers a choice.

Pure and deterministic: the same nodes and rules give the same picture, to the pixel, in whatever order rules and
their members are written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.layering import Cell, Ordering, Passage, assign_layers, foot, order_layers
from graph.spacing import space_layers

Point = tuple[int, int]


@dataclass(frozen=True)
class Choice:
    """`needed` of these must hold; with `needed` equal to the number of members, all of them.

    `of` holds names and further choices; a name may stand for something outside the drawing.
    """

    needed: int
    of: tuple["str | Choice", ...]


@dataclass(frozen=True)
class Shape:
    """Sizes in pixels, and how many boxes may stand side by side."""

    width: int = 148
    height: int = 64
    across: int = 8
    beside: int = 20
    below: int = 52
    passage: int = 12
    joint: int = 14
    row: int = 46
    drop: int = 24


@dataclass(frozen=True)
class Box:
    """One node; `x` and `y` are its upper left corner, `layer` counts from 0."""

    name: str
    layer: int
    x: int
    y: int


@dataclass(frozen=True)
class Joint:
    """A small circle that lines run into; `x` and `y` are its centre."""

    name: str
    target: str
    needed: int
    members: int
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """From the bottom of a box or joint to the top of another; between the points it runs smoothly."""

    source: str
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Drawing:
    """Boxes in reading order (downward, then from the left), joints, lines and what was left out."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    joints: tuple[Joint, ...]
    lines: tuple[Line, ...]
    redundant: tuple[tuple[str, str], ...]
    crossings: int


def layout(nodes: Sequence[str], rules: Mapping[str, "str | Choice"], shape: Shape | None = None) -> Drawing:
    """Lay out `nodes` downward, every node below the nodes its rule names.

    Args:
        nodes: names in reading order, each once.
        rules: what a node needs first. Names that are not among `nodes` are not drawn.
        shape: sizes in pixels.

    Returns:
        The drawing, its upper left corner at (0, 0). A line that follows from others is left out and told.

    Raises:
        ValueError: a node is named twice, or the prerequisites run in a circle.
    """
    shape = shape or Shape()
    if len(set(nodes)) < len(nodes):
        raise ValueError("a node is named twice")
    drawn = frozenset(nodes)
    inside = {node: _inside(rules[node], drawn) for node in nodes if node in rules}
    trees = {node: tree for node, tree in inside.items() if tree is not None}
    trees, redundant = _without_redundant(nodes, trees)
    after = {node: frozenset(_names(trees[node])) if node in trees else frozenset() for node in nodes}
    layers = assign_layers(nodes, after, shape.across)
    ordering = order_layers(layers, after)
    return _Draughtsman(shape, ordering, trees).drawing(redundant)


def _inside(rule: "str | Choice", drawn: frozenset[str]) -> "str | Choice | None":
    if isinstance(rule, str):
        return rule if rule in drawn else None
    found = (kept for member in rule.of if (kept := _inside(member, drawn)) is not None)
    members = tuple(sorted(found, key=repr))  # however it was written, the picture is the same
    if not members:
        return None
    if len(rule.of) == 1 or (len(members) == 1 and rule.needed == len(rule.of)):
        return members[0]
    # what is outside still counts: "1 of 3" stays true when only two of the three are drawn
    return _Part(rule.needed, members, len(rule.of))


@dataclass(frozen=True)
class _Part(Choice):
    members: int = 0

    @property
    def everything(self) -> bool:
        return self.needed == self.members


def _names(tree: "str | Choice") -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
        return
    for member in tree.of:
        yield from _names(member)


def _required(tree: "str | Choice") -> tuple["str | Choice", ...]:
    if isinstance(tree, _Part) and tree.everything:
        return tuple(part for member in tree.of for part in _required(member))
    return (tree,)


def _without_redundant(
    nodes: Sequence[str], trees: Mapping[str, "str | Choice"]
) -> tuple[dict[str, "str | Choice"], tuple[tuple[str, str], ...]]:
    """Leave out what is required by something else that is required."""
    required = {node: _required(tree) for node, tree in trees.items()}
    plain = {
        node: dict.fromkeys(part for part in required.get(node, ()) if isinstance(part, str))
        for node in nodes
    }
    needs = _all_needed(nodes, plain)
    kept: dict[str, str | Choice] = {}
    redundant = []
    for node, parts in required.items():
        implied = {name for other in plain[node] for name in needs[other]}
        redundant += [(name, node) for name in plain[node] if name in implied]
        left = tuple(dict.fromkeys(part for part in parts if part not in implied))
        kept[node] = left[0] if len(left) == 1 else _Part(len(left), left, len(left))
    return kept, tuple(redundant)


def _all_needed(nodes: Sequence[str], plain: Mapping[str, Mapping[str, None]]) -> dict[str, set[str]]:
    needs: dict[str, set[str]] = {}
    order = assign_layers(nodes, {node: frozenset(plain[node]) for node in nodes}, max(len(nodes), 1))
    for layer in order:
        for node in layer:
            needs[node] = set(plain[node]).union(*(needs[earlier] for earlier in plain[node]))
    return needs


class _Draughtsman:
    """Turns an ordering into coordinates: columns first, then rows, then joints and lines."""

    def __init__(self, shape: Shape, ordering: Ordering, trees: Mapping[str, "str | Choice"]) -> None:
        self.shape = shape
        self.ordering = ordering
        self.trees = trees
        self.layer_of = {
            cell: at for at, layer in enumerate(ordering.layers) for cell in layer if isinstance(cell, str)
        }
        self.middle = space_layers(ordering, self._width, shape.beside)
        self.joints: list[Joint] = []
        self.lines: list[Line] = []
        self.tops: list[int] = []
        self.bands: list[int] = []

    def _width(self, cell: Cell) -> int:
        return self.shape.passage if isinstance(cell, Passage) else self.shape.width

    def drawing(self, redundant: tuple[tuple[str, str], ...]) -> Drawing:
        self._stack_layers()
        boxes = []
        for at, layer in enumerate(self.ordering.layers):
            for cell in layer:
                if isinstance(cell, str):
                    left = self.middle[cell] - self.shape.width // 2
                    boxes.append(Box(cell, at, left, self.tops[at]))
                    self._connect(cell)
        width = max((self.middle[cell] + self._width(cell) // 2 for cell in self.middle), default=0)
        height = self.tops[-1] + self.shape.height if self.tops else 0
        return Drawing(
            width,
            height,
            tuple(boxes),
            tuple(self.joints),
            tuple(self.lines),
            redundant,
            self.ordering.crossings,
        )

    def _stack_layers(self) -> None:
        bottom = 0
        for at, layer in enumerate(self.ordering.layers):
            rows = max((self._rows(cell) for cell in layer), default=0)
            self.bands.append(bottom + (self.shape.below if at else 0))
            self.tops.append(self.bands[-1] + rows * self.shape.row)
            bottom = self.tops[-1] + self.shape.height

    def _rows(self, cell: Cell) -> int:
        """Count the rows of joints above a box: nested choices one above the other."""
        if isinstance(cell, Passage) or cell not in self.trees:
            return 0
        return sum(1 for member in self._entries(cell) for _ in _choices(member))

    def _entries(self, node: str) -> tuple["str | Choice", ...]:
        tree = self.trees[node]
        parts = tree.of if isinstance(tree, _Part) and tree.everything else (tree,)
        return tuple(sorted(parts, key=lambda part: self._mean(part, node)))

    def _mean(self, part: "str | Choice", node: str) -> float:
        places = [self.middle[self._last(name, node)] for name in _names(part)]
        return sum(places) / len(places)

    def _last(self, source: str, node: str) -> Cell:
        return foot(source, self.layer_of[source], self.layer_of[node] - 1)

    def _connect(self, node: str) -> None:
        if node not in self.trees:
            return
        entries = self._entries(node)
        leaves = sum(1 for part in entries for _ in _names(part))
        columns = self._columns(node, leaves)
        row = 0
        for part in entries:
            row, x = self._enter(node, part, columns, row, f"{node}/{row}")
            if not isinstance(part, str):
                self.lines.append(Line(self.joints[-1].name, node, self._fall(self.joints[-1], x, node)))

    def _columns(self, node: str, leaves: int) -> Iterator[int]:
        left = self.middle[node] - self.shape.width // 2
        for at in range(leaves):
            yield left + self.shape.width * (at + 1) // (leaves + 1)

    def _fall(self, joint: Joint, x: int, node: str) -> tuple[Point, ...]:
        return ((joint.x, joint.y + self.shape.joint), (x, self.tops[self.layer_of[node]]))

    def _enter(
        self, node: str, part: "str | Choice", columns: Iterator[int], row: int, name: str
    ) -> tuple[int, int]:
        """Draw what leads into one entry of a box; say how many rows are used and the entry's column."""
        if isinstance(part, str):
            x = next(columns)
            end = (x, self.tops[self.layer_of[node]])
            self.lines.append(Line(part, node, (*self._way(part, node, x), end)))
            return row, x
        return self._join(node, part, columns, row, name)

    def _join(
        self, node: str, choice: Choice, columns: Iterator[int], row: int, name: str
    ) -> tuple[int, int]:
        inner: list[tuple[str, tuple[Point, ...], int]] = []
        for member in sorted(choice.of, key=lambda part: self._mean(part, node)):
            if isinstance(member, str):
                x = next(columns)
                inner.append((member, self._way(member, node, x), x))
            else:
                row, x = self._join(node, member, columns, row, f"{name}/{row}")
                last = self.joints[-1]
                inner.append((last.name, ((last.x, last.y + self.shape.joint),), x))
        x = sum(column for _, _, column in inner) // len(inner)
        y = self.bands[self.layer_of[node]] + row * self.shape.row + self.shape.drop
        members = choice.members if isinstance(choice, _Part) else len(choice.of)
        self.joints.append(Joint(name, node, choice.needed, members, x, y))
        self.lines += [
            Line(source, name, (*points, (x, y - self.shape.joint))) for source, points, _ in inner
        ]
        return row + 1, x

    def _way(self, source: str, node: str, x: int) -> tuple[Point, ...]:
        """Go from the bottom of `source` through its passages to column `x` above `node`."""
        start = self.layer_of[source]
        points = [(self.middle[source], self.tops[start] + self.shape.height)]
        for layer in range(start + 1, self.layer_of[node]):
            column = self.middle[Passage(source, layer)]
            points += [(column, self.bands[layer]), (column, self.tops[layer] + self.shape.height)]
        points.append((x, self.bands[self.layer_of[node]]))
        return tuple(points)


def _choices(part: "str | Choice") -> Iterator[Choice]:
    if isinstance(part, Choice):
        yield part
        for member in part.of:
            yield from _choices(member)
