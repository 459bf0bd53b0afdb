"""The employer's planning at a glance: whose raise comes by itself soon, and who is stuck on one thing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from apprenticeship.policy import Actor
from apprenticeship.raises.glance import Glance, glances, thing_of
from graph.actions import Action, EarnHours, WaitUntil
from graph.within_reach import Coming


@dataclass(frozen=True, kw_only=True)
class Near:
    """Somebody whose next raise comes by itself."""

    who: Glance
    coming: Coming


@dataclass(frozen=True, kw_only=True)
class OneAway:
    """Somebody who lacks one thing for the next raise.

    Attributes:
        action: the thing; its amount and how well are this person's own.
        others: what would do as well, sorted by name.
        handed_in: it waits for a sign-off already.
    """

    who: Glance
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
        due: the raise is reached and to be decided; the nearest to the step after it first.
        aside: it is reached and set aside.
        near: it comes by itself within `DAYS`, the earliest first.
        stuck: one thing is missing, by the thing, that of most people first. Who only waits or logs hours, and is
            near, is not among them.
        following: everybody else on the way to a step, the nearest first; `near` and `stuck` are among them.
        top: on the last step.
    """

    due: tuple[Glance, ...]
    aside: tuple[Glance, ...]
    near: tuple[Near, ...]
    stuck: tuple[Held, ...]
    following: tuple[Glance, ...]
    top: tuple[Glance, ...]


async def outlook(actor: Actor, *, as_of: date, now: datetime) -> Outlook:
    """Return the glance at everybody whose wages the actor may know."""
    return outlook_of(await glances(actor, as_of=as_of, now=now))


def outlook_of(crew: Iterable[Glance]) -> Outlook:
    """Sort a crew by what is to be done about the next raise of each."""
    members = sorted(crew, key=lambda one: (-one.to_step, one.person.name))
    others = [one for one in members if not one.due and not one.aside]
    following = tuple(one for one in others if one.following is not None)
    near = [Near(who=one, coming=one.coming) for one in following if one.coming is not None]
    near.sort(key=lambda one: (one.coming.on, one.who.person.name))
    return Outlook(
        due=tuple(one for one in members if one.due),
        aside=tuple(one for one in members if one.aside),
        near=tuple(near),
        stuck=tuple(_held(following)),
        following=following,
        top=tuple(one for one in others if one.following is None),
    )


def _held(members: Iterable[Glance]) -> list[Held]:
    """Put each under what they have handed in, else what most people lack alone, else the first by name."""
    stuck = [one for one in members if one.alone and not _is_by_itself(one)]
    asked = Counter(thing_of(action) for one in stuck for action in one.alone)
    groups: dict[str, list[OneAway]] = {}
    for one in stuck:
        away = _away(one, asked)
        groups.setdefault(thing_of(away.action), []).append(away)
    found = [
        Held(thing=thing, people=tuple(sorted(people, key=lambda away: away.who.person.name)))
        for thing, people in groups.items()
    ]
    return sorted(found, key=lambda held: (-len(held.people), held.thing))


def _away(one: Glance, asked: Counter[str]) -> OneAway:
    handed_in = [action for action in one.alone if thing_of(action) in one.handed_in]
    action = min(handed_in or one.alone, key=lambda each: (-asked[thing_of(each)], thing_of(each)))
    return OneAway(
        who=one,
        action=action,
        others=tuple(other for other in one.alone if other != action),
        handed_in=bool(handed_in),
    )


def _is_by_itself(one: Glance) -> bool:
    """Whether nobody need do anything: it takes only time or hours, and these bring it soon."""
    return one.coming is not None and _needs_nobody(one.alone)


def _needs_nobody(actions: Sequence[Action]) -> bool:
    return all(isinstance(action, WaitUntil | EarnHours) for action in actions)
