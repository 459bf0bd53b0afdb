"""The next raise of one person: the ladder, the conditions as a checklist, the smallest way."""

from dataclasses import dataclass
from fractions import Fraction

from apprenticeship.proposals.finding import holds_since
from apprenticeship.standing.model import Standing
from graph.explaining import Explanation
from graph.fixing import Fix, NoFix
from graph.requirement import All, Any, AtLeast
from web import words
from web.pages import standings
from web.pages.addresses import items_at, plan_address, what_if_address
from web.pages.proofs import ProofLine, proof
from web.pages.raise_story import set_aside_words
from web.pages.standings import Move, Rung


@dataclass(frozen=True)
class Condition:
    """One condition of a raise with its own progress."""

    line: ProofLine
    progress: Fraction
    holds: bool


@dataclass(frozen=True)
class RaisePage:
    """Everything that is said of the next raise. Money in cents an hour.

    What is paid now follows the step that was awarded; what is reached is not paid before it is decided.
    """

    rungs: tuple[Rung, ...]
    step: str
    now_cents: int | None
    reached_cents: int | None
    next_name: str
    next_cents: int | None
    progress: Fraction
    conditions: tuple[Condition, ...]
    choice: str
    moves: tuple[Move, ...]
    stuck: str
    what_if: str
    plan: str
    due: bool
    set_aside: str
    reached: str
    due_on: str
    missing: str

    @property
    def top(self) -> bool:
        """Whether there is no further step."""
        return not self.next_name


def raise_page(standing: Standing, base: str) -> RaisePage | None:
    """Tell about the next raise; None where the program has no wage schedule."""
    wage, asked = standing.wage, standing.step_asked
    rungs = standings.ladder(standing)
    if wage is None:
        return None
    goal = standings.next_step_goal(standing)
    proven = _explained(standing, goal)
    way = standings.smallest_way(standing, goal)
    moves = standings.moves(standing, way, base)
    by_key = {rung.key: rung for rung in rungs}
    return RaisePage(
        rungs=rungs,
        step="" if asked is None else by_key[asked.key].name,
        now_cents=next((rung.cents for rung in rungs if rung.paid), None),
        reached_cents=None if asked is None else by_key[asked.key].cents,
        next_name=by_key[wage.next].name if wage.next in by_key else "",
        next_cents=wage.next_cents,
        progress=wage.progress,
        conditions=() if proven is None else conditions(standing, proven, base),
        choice="" if proven is None or _plain(proven) else "Any one of these is enough",
        moves=moves,
        stuck=way.reason if isinstance(way, NoFix) else "",
        what_if=what_if_address(base, way.actions if isinstance(way, Fix) else ()),
        plan=plan_address(base, goal),
        due=standing.raise_due,
        set_aside=set_aside_words(standing),
        reached=words.day(wage.since),
        due_on="" if asked is None else words.day(holds_since(standing, asked.key, standing.as_of)),
        missing=missing_words(moves),
    )


def missing_words(moves: tuple[Move, ...]) -> str:
    """Say how much is missing and what, on one line."""
    if not moves:
        return ""
    shown = [move.text for move in moves[:2]]
    rest = len(moves) - len(shown)
    more = f" and {rest} more" if rest else ""
    head = words.sentence(words.counted(len(moves), "thing"))
    return f"{head} missing: {', '.join(shown) if rest else words.listed(shown)}{more}"


def _explained(standing: Standing, goal: str | None) -> Explanation | None:
    try:
        return None if goal is None else standing.explain(goal)
    except KeyError:
        return None


def _plain(proven: Explanation) -> bool:
    return isinstance(proven.requirement, All) or not proven.members


def conditions(standing: Standing, proven: Explanation, base: str) -> tuple[Condition, ...]:
    """Give the conditions of a rule one by one; a rule that is no list is one condition."""
    parts = proven.members if isinstance(proven.requirement, All) else (proven,)
    return tuple(
        Condition(proof(standing.evaluation, part, items_at(base)), part.progress, part.holds)
        for part in parts
    )


def asked_words(standing: Standing, goal: str) -> str:
    """Say what a goal still asks, on one line; what is shortest is worked out on the person's own page."""
    proven = _explained(standing, goal)
    if proven is None:
        return ""
    if isinstance(proven.requirement, All):
        return words.listed([_asked(standing, part) for part in proven.members if not part.holds])
    return _asked(standing, proven)


def _asked(standing: Standing, part: Explanation) -> str:
    requirement = part.requirement
    line = proof(standing.evaluation, part)
    if isinstance(requirement, Any | AtLeast):
        choices = words.listed(
            [_asked(standing, member) for member in part.members if not member.holds], "or"
        )
        done = sum(member.holds for member in part.members)
        return choices if requirement.needed == 1 else f"{requirement.needed - done} of {choices}"
    return f"{line.text} ({line.detail})" if line.detail else line.text
