"""What a page says of one person: the answers on one line each, what to do next, the ladder of wages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from apprenticeship.standing.model import Standing
from graph import structure
from graph.actions import Earn, EarnHours, WaitUntil
from graph.evaluating import DONE, Evaluation, State, cents_of
from graph.fixing import Fix, NoFix
from graph.next_steps import NextStep
from graph.structure import prerequisite_graph
from graph.world import Program, World
from web import words
from web.next_words import reasons
from web.pages.addresses import item_address
from web.rules import item_title, step_title, within_words

NEXT_THINGS = 5
Node = tuple[str, str]


@dataclass(frozen=True)
class Todo:
    """One thing to do next, and why it is worth doing."""

    look: words.Look
    name: str
    href: str
    why: str
    hand_in: str


@dataclass(frozen=True)
class Rung:
    """One wage step as the ladder shows it."""

    key: str
    name: str
    cents: int | None
    percent: str
    look: words.Look
    current: bool
    paid: bool


@dataclass(frozen=True)
class Counted:
    """How many of a kind of item are done."""

    done: int
    all: int
    noun: str


def counts(standing: Standing) -> tuple[Counted, ...]:
    """Count what is done: the competencies of the main framework by their kind, and its credentials."""
    evaluation = standing.evaluation
    framework = main_framework(standing)
    kinds: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for key, item in evaluation.world.competencies.items():
        if item.framework.id == framework and item.kind != "area":
            kinds[item.kind] += 1
            done[item.kind] += evaluation.competencies[key].state in DONE
    found = [Counted(done[kind], number, _plural(kind)) for kind, number in kinds.items()]
    credentials = [
        key for key, item in evaluation.world.credentials.items() if item.framework.id == framework
    ]
    if credentials:
        held = sum(evaluation.credentials[key].state in DONE for key in credentials)
        found.append(Counted(held, len(credentials), "credentials"))
    return tuple(found)


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def frameworks(standing: Standing) -> dict[str, str]:
    """Give the frameworks with something to show on a map, titles by id, the largest first."""
    return frameworks_in(standing.world)


def frameworks_in(world: World) -> dict[str, str]:
    """Give the frameworks of a world with something to show on a map, titles by id, the largest first."""
    sizes: Counter[str] = Counter(
        item.framework.id for item in world.competencies.values() if item.kind != "area"
    )
    sizes.update(item.framework.id for item in world.credentials.values())
    return {key: world.frameworks[key].title or key for key, _ in sizes.most_common()}


def main_framework(standing: Standing) -> str:
    """Name the framework that most of the program is about; empty where there is none."""
    return main_framework_of(standing.world, standing.program)


def main_framework_of(world: World, program: Program) -> str:
    """Name the framework that most of a program is about; empty where there is none."""
    processes = [key for process in program.work_processes for key in process.competencies]
    named = Counter(key.partition(":")[0] for key in processes)
    if named:
        return named.most_common(1)[0][0]
    return next(iter(frameworks_in(world)), "")


def next_step_goal(standing: Standing) -> str | None:
    """Name the goal of the next wage step; None at the top of the ladder or without one."""
    wage = standing.wage
    return f"step:{wage.next}" if wage is not None and wage.next is not None else None


def smallest_way(standing: Standing, goal: str | None) -> Fix | NoFix | None:
    """Give the smallest way to a goal; None without a goal or a rule for it."""
    try:
        return None if goal is None else standing.fix(goal)
    except KeyError:
        return None


def earned_by(way: Fix | NoFix | None) -> frozenset[Node]:
    """Give the items that a way asks for."""
    if not isinstance(way, Fix):
        return frozenset()
    return frozenset((action.kind, action.key) for action in way.actions if isinstance(action, Earn))


@dataclass(frozen=True)
class Move:
    """One part of a smallest way, in words."""

    text: str
    detail: str
    href: str | None


def moves(standing: Standing, way: Fix | NoFix | None, base: str) -> tuple[Move, ...]:
    """Say a smallest way, one move a line."""
    if not isinstance(way, Fix):
        return ()
    earned = earned_by(way)
    graph = prerequisite_graph(standing.world)

    def turn(action: Earn | EarnHours | WaitUntil) -> int:
        # what comes first has fewer of the others before it; hours and waiting go on beside
        if not isinstance(action, Earn):
            return len(earned)
        node = (action.kind, action.key)
        return len(structure.ancestors(graph, node) & earned) if node in graph else 0

    return tuple(move_of(standing.evaluation, action, base) for action in sorted(way.actions, key=turn))


class Known(Protocol):
    """What is known of the items of one person."""

    @property
    def world(self) -> World: ...

    @property
    def states(self) -> Mapping[Node, State]: ...


def move_of(evaluation: Known, action: Earn | EarnHours | WaitUntil, base: str) -> Move:
    """Say one thing to do."""
    world = evaluation.world
    match action:
        case Earn(kind="course" | "score"):
            text = f"{earned_title(world, action.kind, action.key)}{_well(action)}"
            return Move(text, f"{action.kind} not passed yet", None)
        case Earn():
            node = (action.kind, action.key)
            text = f"{item_title(world, *node)}{_well(action)}"
            return Move(text, look_of(evaluation, node).word, item_address(base, *node))
        case EarnHours():
            where = within_words(world, action.within)
            return Move(f"{words.hours(action.minutes)} more hours {where}", "", None if base else "/log")
        case WaitUntil():
            return Move(f"Wait until {words.day(action.day)}", "Nothing to do for this one", None)


def earned_title(world: World, kind: str, key: str) -> str:
    """Name anything that can be earned."""
    if kind in ("course", "score"):
        titles = world.courses if kind == "course" else world.scores
        return titles.get(key) or key
    return item_title(world, kind, key)


def _well(earn: Earn) -> str:
    """Say how well, where passing is not enough."""
    if earn.rating is not None:
        return f", rated {earn.rating} or better"
    if earn.grade is not None:
        return f", with {earn.grade} or better"
    return "" if earn.at_least is None else f", {earn.at_least} or better"


def todos(standing: Standing) -> tuple[Todo, ...]:
    """Say what to do next: the first five of the steps that can be started now."""
    return tuple(_todo(standing.evaluation, step) for step in standing.next_steps[:NEXT_THINGS])


def opens(evaluation: Evaluation, node: Node) -> tuple[Node, ...]:
    """Give what names this item among its prerequisites and is not done."""
    graph = prerequisite_graph(evaluation.world)
    return tuple(other for other in structure.opens(graph, node) if evaluation.states[other] not in DONE)


def look_of(evaluation: Known, node: Node) -> words.Look:
    """Give the sign and word of an item's state."""
    looks = words.COMPETENCY_LOOKS if node[0] == "competency" else words.CREDENTIAL_LOOKS
    return looks[evaluation.states[node]]


def _todo(evaluation: Evaluation, step: NextStep) -> Todo:
    kind, key = step.item
    return Todo(
        look=look_of(evaluation, step.item),
        name=item_title(evaluation.world, kind, key),
        href=item_address("", kind, key),
        why=reasons(evaluation.world, step, brief=True),
        hand_in=f"/log?item={kind}:{key}#evidence",
    )


def ladder(standing: Standing) -> tuple[Rung, ...]:
    """Give every wage step with what it pays today."""
    wage = standing.wage
    steps = standing.program.steps
    if wage is None:
        return ()
    keys = [step.key for step in steps]
    at = keys.index(wage.step) if wage.step in keys else -1
    paid = standing.awarded_step or steps[0]
    rungs = []
    for position, step in enumerate(steps):
        look = words.Look("locked", "Later")
        if position <= at:
            look = words.Look("done", "Reached")
        elif step.key == wage.next:
            look = words.Look("ready", "Next")
        elif position <= steps.index(paid):
            look = words.Look("info", "Given, though its rule does not hold now")
        share = words.percent(Fraction(step.percent, 10000)) if step.percent is not None else ""
        cents = cents_of(standing.program, step.key, standing.as_of)
        name = step_title(step, position)
        rungs.append(Rung(step.key, name, cents, share, look, position == at, step is paid))
    return tuple(rungs)
