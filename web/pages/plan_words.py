"""A plan in the words of the shop: one sentence, the steps in order, what would do instead, and the drawing."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from apprenticeship.standing.model import Standing
from graph.actions import Action, Earn, EarnHours, WaitUntil
from graph.planning import NoPlan, Plan, PlanStep, plan
from graph.pricing import Minimise
from graph.reaching import WAIT
from graph.requirement import OJL, RTI, NamedLeaf, ProgramLeaf, StepLeaf
from standards.naming import Names
from standards.wishing import AskedWishes, wishes_of
from web import words
from web.api.goals import requirement_of
from web.pages import standings
from web.pages.addresses import what_if_address
from web.pages.plan_form import PlanAsked, item_words
from web.pages.plan_map import MapShown, maps_of
from web.rules import requirement_words, step_title

SECONDS = 2
"""How long each search of a page looks for something better."""

TIES = 3
ALTERNATIVES = 5
NAMED = 2
ITEM = re.compile(r"\b(?:credential|competency|course|score):[a-z0-9._:-]+")


@dataclass(frozen=True)
class StepShown:
    """One thing to do in its turn."""

    name: str
    href: str | None
    look: words.Look
    takes: str
    why: str
    done_by: str


@dataclass(frozen=True)
class OtherShown:
    """What would do instead of some of the steps; `href` asks for it, and is empty for one that is as good anyway."""

    does: str
    instead: str
    more: str
    href: str


@dataclass(frozen=True)
class PlanShown:
    """An answer. Without steps `finding` says that nothing is missing, or why there is no way."""

    goal: str
    finding: str
    proof: str
    notes: tuple[str, ...]
    steps: tuple[StepShown, ...]
    others: tuple[OtherShown, ...]
    maps: tuple[MapShown, ...]
    what_if: str

    @property
    def drawn(self) -> frozenset[int]:
        """The numbers of the steps that are on a map."""
        return frozenset(number for one in self.maps for number in one.turns.values())


def plan_found(standing: Standing, asked: PlanAsked) -> tuple[Plan | NoPlan, bool]:
    """Look for the plan, and whether it is done by the day asked for; where none is, the one without a day.

    Raises:
        Invalid: the goal is none.
        WishError: what is refused or waived names nothing.
    """
    requirement, scope = requirement_of(standing, asked.goal)
    given = wishes_of(AskedWishes(refuse=asked.refuse, waive=asked.waive), Names.of_world(standing.world))
    wishes = replace(given, weekly=asked.pace * 60, ties=TIES, alternatives=ALTERNATIVES, seconds=SECONDS)
    evaluation = standing.evaluation
    found = plan(evaluation, requirement, scope, minimise=asked.minimise, wishes=wishes)
    if isinstance(found, NoPlan) or asked.by is None or all(s.done_by <= asked.by for s in found.steps):
        return found, True
    # with a day many ways may have to be passed over, so that looking for others as well would take too long
    days = dict.fromkeys(_everything(standing), asked.by)
    hurried = replace(wishes, deadlines=days, ties=0, alternatives=0)
    sooner = plan(evaluation, requirement, scope, minimise=asked.minimise, wishes=hurried)
    return (found, False) if isinstance(sooner, NoPlan) else (sooner, True)


def _everything(standing: Standing) -> Iterator[str]:
    """All that a plan could ask for."""
    world = standing.world
    yield from (f"competency:{key}" for key in world.competencies)
    yield from (f"credential:{key}" for key in world.credentials)
    yield from (f"course:{key}" for key in world.courses)
    yield from (f"score:{key}" for key in world.scores)
    yield from (
        f"hours:{process.key}" for program in world.programs.values() for process in program.work_processes
    )
    yield from (f"hours:{OJL}", f"hours:{RTI}", WAIT)


def plan_shown(
    standing: Standing, asked: PlanAsked, found: Plan | NoPlan, base: str, *, in_time: bool
) -> PlanShown:
    """Tell a plan, or why there is none."""
    goal = goal_words(standing, asked.goal)
    notes = tuple(_wishes(standing, asked))
    if isinstance(found, NoPlan):
        reason = ITEM.sub(lambda name: item_words(standing, name[0]), found.reason)
        finding = f"There is no way as it was asked for: {reason}."
        return PlanShown(goal, finding, "", notes, (), (), (), "")
    if not found.steps:
        return PlanShown(goal, "Nothing is missing: this is reached.", "", notes, (), (), (), "")
    late = () if in_time else (_late(asked, found),)
    return PlanShown(
        goal=goal,
        finding=_finding(asked, found),
        proof=_proof(found),
        notes=(*late, *notes),
        steps=tuple(_step(standing, found, step, base) for step in found.steps),
        others=tuple(_others(standing, asked, found, base)),
        maps=tuple(maps_of(standing, found, base)),
        what_if=what_if_address(base, [step.action for step in found.steps]),
    )


def goal_words(standing: Standing, goal: str) -> str:
    """Name a goal."""
    leaf, _ = requirement_of(standing, goal)
    match leaf:
        case ProgramLeaf():
            return "journeyworker"
        case StepLeaf():
            program, position = standing.world.step(leaf.key)
            return step_title(program.steps[position], position)
        case NamedLeaf():
            return standing.world.requirements[leaf.key].title or leaf.key
    return requirement_words(standing.world, leaf)


def _wishes(standing: Standing, asked: PlanAsked) -> Iterator[str]:
    if asked.refuse:
        yield f"Left out, as you asked: {words.listed([item_words(standing, item) for item in asked.refuse])}."
    if asked.waive:
        said = words.listed([item_words(standing, item) for item in asked.waive])
        yield f"Only pretended: {said} as if waived. A waiver is the sponsor's to give, and nothing is stored."


def _late(asked: PlanAsked, found: Plan) -> str:
    ends = max(step.done_by for step in found.steps)
    return (
        f"No way was found that is done by {words.day(asked.by)} at {_pace(asked)}. "
        f"This one takes until {words.day(ends)}."
    )


# the one sentence


def _finding(asked: PlanAsked, found: Plan) -> str:
    steps = found.steps
    ends = max(step.done_by for step in steps)
    minutes = found.total if found.minimise is Minimise.HOURS else sum(s.effort.minutes or 0 for s in steps)
    cents = found.total if found.minimise is Minimise.USD else sum(s.effort.cents or 0 for s in steps)
    amounts = [f"{words.hours(minutes)} hours"] if minutes else []
    amounts += [words.money(cents)] if cents or found.minimise is Minimise.USD else []
    things = words.sentence(words.counted(len(steps), "thing"))
    said = f"{things}{': ' if amounts else ''}{words.listed(amounts)}"
    return f"{said}, done by {words.day(ends)} at {_pace(asked)}.{_unstated(found)}"


def _pace(asked: PlanAsked) -> str:
    return "one hour a week" if asked.pace == 1 else f"{asked.pace} hours a week"


def _unstated(found: Plan) -> str:
    missing = [s for s in found.steps if isinstance(s.action, Earn) and s.effort.minutes is None]
    if not missing:
        return ""
    of = "it" if len(found.steps) == 1 else f"{words.counted(len(missing), 'of them', 'of them')}"
    return f" For {of} the standard states no hours; 40 {'each ' if len(missing) > 1 else ''}are taken for the day."


def _proof(found: Plan) -> str:
    if found.proven:
        least = {
            Minimise.COUNT: "No way has fewer things",
            Minimise.HOURS: "No way takes fewer hours",
            Minimise.USD: "No way costs less money",
        }
        return f"{least[found.minimise]}: that is proven."
    gap = _amount(found.total - found.bound, found.minimise)
    return (
        "The search ended before the least was proven: nothing takes less than "
        f"{_amount(found.bound, found.minimise)}, so this may be {gap} more than needed."
    )


def _amount(total: int, minimise: Minimise) -> str:
    if minimise is Minimise.HOURS:
        return f"{words.hours(total)} {'hour' if total == 60 else 'hours'}"  # noqa: PLR2004 - minutes
    return words.money(total) if minimise is Minimise.USD else words.counted(total, "thing")


# the steps


def _step(standing: Standing, found: Plan, step: PlanStep, base: str) -> StepShown:
    move = standings.move_of(standing.evaluation, step.action, base)
    names = {other.name: _short(standing, other.action) for other in found.steps}
    opens = [other.name for other in found.steps if step.name in other.after]
    why = [
        f"Comes after {_some([names[name] for name in step.after])}." if step.after else "",
        f"Opens {_some([names[name] for name in opens])}." if opens else "",
    ]
    return StepShown(
        name=move.text,
        href=move.href,
        look=_look(standing, step.action),
        takes=_takes(step),
        why=" ".join(part for part in why if part),
        done_by=words.day(step.done_by),
    )


def _some(names: list[str]) -> str:
    rest = len(names) - NAMED
    return words.listed([*names[:NAMED], words.counted(rest, "more", "more")] if rest > 0 else names)


def _short(standing: Standing, action: Action) -> str:
    match action:
        case Earn():
            return standings.earned_title(standing.world, action.kind, action.key)
        case WaitUntil():
            return "waiting"
    return standings.move_of(standing.evaluation, action, "").text


def _look(standing: Standing, action: Action) -> words.Look:
    if isinstance(action, Earn) and (action.kind, action.key) in standing.evaluation.states:
        return standings.look_of(standing.evaluation, (action.kind, action.key))
    return words.Look("ready", _to_do(action))


def _to_do(action: Action) -> str:
    match action:
        case Earn():
            return "To be passed"
        case EarnHours():
            return "To be logged and approved"
        case WaitUntil():
            return "Nothing to do for this one"


def _takes(step: PlanStep) -> str:
    if not isinstance(step.action, Earn):
        return ""
    said = [] if step.effort.minutes is None else [f"{words.hours(step.effort.minutes)} hours"]
    said += [words.money(step.effort.cents)] if step.effort.cents else []
    return ", ".join(said)


# what else would do


def _others(standing: Standing, asked: PlanAsked, found: Plan, base: str) -> Iterator[OtherShown]:
    own = tuple(step.action for step in found.steps)
    seen = [set(tie) for tie in found.ties]
    for tie in found.ties:
        yield OtherShown(*_differs(standing, own, tie), "As good", "")
    for other in found.alternatives:
        if set(other.actions) in seen:
            continue
        seen.append(set(other.actions))
        more = f"{words.sentence(_amount(other.more, found.minimise))} more" if other.more else "As good"
        without = other.without
        name = f"{without.kind}:{without.key}" if isinstance(without, Earn) else ""
        href = asked.without(name).address(base)
        yield OtherShown(*_differs(standing, own, other.actions), more, href)


def _differs(standing: Standing, own: Collection[Action], other: Collection[Action]) -> tuple[str, str]:
    """Say what another way has that the own has not, and what it does without."""
    places = {one.within for one in other if isinstance(one, EarnHours)}
    come = [one for one in other if one not in own]
    # where both log hours of one kind, only how many there are in the other way is news
    gone = [
        one for one in own if one not in other and not (isinstance(one, EarnHours) and one.within in places)
    ]
    does, instead = (
        [standings.move_of(standing.evaluation, one, "").text for one in actions] for actions in (come, gone)
    )
    return words.listed(does) or "Nothing in its place", words.listed(instead) or "some of the hours"
