"""The employer's planning at a glance: whose raise comes by itself soon, and who is stuck on one thing."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from apprenticeship.evidence.model import Status
from apprenticeship.policy import Actor
from apprenticeship.raises.services import CrewMember, crew
from apprenticeship.standing.model import Standing
from graph.actions import Action, Earn, EarnHours, WaitUntil
from graph.one_thing import one_things
from graph.within_reach import Coming, coming

DAYS = 90
"""How far the glance looks ahead, and how far back for the pace of hours."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Near:
    """Somebody whose next raise comes by itself."""

    member: CrewMember
    coming: Coming


@dataclass(frozen=True, kw_only=True)
class OneAway:
    """Somebody who lacks one thing for the next raise.

    Attributes:
        action: the thing; its amount and how well are this person's own.
        others: what would do as well, sorted by name.
        handed_in: it waits for a sign-off already.
    """

    member: CrewMember
    action: Action
    others: tuple[Action, ...]
    handed_in: bool


@dataclass(frozen=True, kw_only=True)
class Held:
    """People who are stuck on the same thing, by name."""

    thing: str
    people: tuple[OneAway, ...]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A crew by what is to be done about the next raise of each.

    Attributes:
        due: the raise is reached and to be decided.
        aside: it is reached and set aside.
        near: it comes by itself within `DAYS`, the earliest first.
        stuck: one thing is missing, by the thing, that of most people first. Who only waits or logs hours, and is
            near, is not among them.
        following: everybody else on the way to a step, the nearest first; `near` and `stuck` are among them.
        top: on the last step.
    """

    due: tuple[CrewMember, ...]
    aside: tuple[CrewMember, ...]
    near: tuple[Near, ...]
    stuck: tuple[Held, ...]
    following: tuple[CrewMember, ...]
    top: tuple[CrewMember, ...]


async def outlook(actor: Actor, *, as_of: date, now: datetime) -> Outlook:
    """Return the glance at everybody whose wages the actor may know."""
    members = await crew(actor, as_of=as_of, now=now)
    # off the event loop, as the crew itself
    return await asyncio.to_thread(outlook_of, members)


def outlook_of(members: Sequence[CrewMember]) -> Outlook:
    """Sort a crew by what is to be done about the next raise of each."""
    due = tuple(one for one in members if one.due)
    aside = tuple(one for one in members if one.set_aside is not None)
    others = [one for one in members if not one.due and one.set_aside is None]
    following = tuple(one for one in others if one.following is not None)
    near = [
        Near(member=one, coming=found) for one in following if (found := coming_of(one.standing)) is not None
    ]
    near.sort(key=lambda one: (one.coming.on, one.member.standing.person.name))
    return Outlook(
        due=due,
        aside=aside,
        near=tuple(near),
        stuck=tuple(_held(following, {one.member.standing.person.id for one in near})),
        following=following,
        top=tuple(one for one in others if one.following is None),
    )


def coming_of(standing: Standing) -> Coming | None:
    """Return how the next step comes by itself within `DAYS`; None where it does not, or there is none."""
    wage = standing.evaluation.wage
    if wage is None or wage.next is None:
        return None
    step = wage.next
    return _kept(standing, "coming", lambda: coming(standing.evaluation, step, DAYS))


def alone_of(standing: Standing) -> tuple[Action, ...]:
    """Return every one thing that alone would reach the next step, sorted by name."""
    wage = standing.evaluation.wage
    if wage is None or wage.next is None:
        return ()
    goal = f"step:{wage.next}"

    def found() -> tuple[Action, ...]:
        try:
            requirement, scope = standing.goal(goal)
        except KeyError:
            return ()  # a step without a rule is reached with the one before
        return one_things(standing.evaluation, requirement, scope)

    return _kept(standing, "alone", found)


def _kept(standing: Standing, name: str, found: Callable[[], T]) -> T:
    """Return what was worked out about a standing before, else work it out and keep it."""
    if name not in standing.beside:
        standing.beside[name] = found()
    answer: T = standing.beside[name]
    return answer


def _held(members: Iterable[CrewMember], near: set[object]) -> list[Held]:
    """Put each under what they have handed in, else what most people lack alone, else the first by name."""
    alone = [(one, alone_of(one.standing)) for one in members]
    alone = [(one, actions) for one, actions in alone if actions and not _is_near(one, actions, near)]
    asked = Counter(thing_of(action) for _, actions in alone for action in actions)
    groups: dict[str, list[OneAway]] = {}
    for member, actions in alone:
        handed_in = [one for one in actions if _is_handed_in(member.standing, one)]
        action = min(handed_in or actions, key=lambda one: (-asked[thing_of(one)], thing_of(one)))
        groups.setdefault(thing_of(action), []).append(
            OneAway(
                member=member,
                action=action,
                others=tuple(other for other in actions if other != action),
                handed_in=bool(handed_in),
            )
        )
    found = [
        Held(thing=thing, people=tuple(sorted(people, key=lambda one: one.member.standing.person.name)))
        for thing, people in groups.items()
    ]
    return sorted(found, key=lambda one: (-len(one.people), one.thing))


def _is_near(member: CrewMember, actions: Sequence[Action], near: set[object]) -> bool:
    """Whether nobody need do anything: it takes only time or hours, and these bring it soon."""
    by_itself = all(isinstance(action, WaitUntil | EarnHours) for action in actions)
    return by_itself and member.standing.person.id in near


def thing_of(action: Action) -> str:
    """Name what an action is about, its amount left aside: ``credential:f:m1``, ``hours:p:milling`` or ``wait``."""
    match action:
        case Earn():
            return action.name
        case EarnHours():
            return f"hours:{action.within}"
        case WaitUntil():
            return "wait"


def _is_handed_in(standing: Standing, action: Action) -> bool:
    if not isinstance(action, Earn):
        return False
    return any(
        row.status is Status.SUBMITTED
        and row.fact.kind.value == action.kind
        and row.fact.subject == action.key
        for row in standing.evidence
    )
