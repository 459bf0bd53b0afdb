"""Raises that come by themselves, and people who are stuck on one thing, in words."""

from dataclasses import dataclass
from datetime import date

from apprenticeship.raises.glance import Glance
from apprenticeship.raises.outlook import Held, Near, OneAway
from graph.actions import Action, Earn, EarnHours, WaitUntil
from graph.evaluating import cents_of
from graph.within_reach import How
from web import words
from web.pages.addresses import person_address, plan_address, what_if_address
from web.pages.standings import earned_title, move_of
from web.rules import item_title, step_title, within_words

SHOWN = 20
HOW = {
    How.TIME: words.Look("ready", "by time alone"),
    How.SIGN_OFF: words.Look("wait", "once what was handed in is signed off"),
    How.HOURS: words.Look("part", "at the pace of hours so far"),
}


@dataclass(frozen=True)
class NearLine:
    """One raise that comes by itself. Money in cents an hour."""

    name: str
    href: str
    plan: str
    what_if: str
    step: str
    cents: int | None
    on: date
    today: bool
    how: words.Look


@dataclass(frozen=True)
class StuckLine:
    """One person who lacks one thing; `others`: what would do as well."""

    name: str
    href: str
    plan: str
    what_if: str
    step: str
    cents: int | None
    detail: str
    others: str
    handed_in: bool


@dataclass(frozen=True)
class StuckGroup:
    """People who are stuck on the same thing."""

    title: str
    lines: list[StuckLine]
    number: int
    look: str


def near_line(near: Near) -> NearLine:
    """Say whose next raise comes by itself, when and by what."""
    glance = near.who
    base = person_address(glance.person.id)
    name, cents = next_step(glance)
    return NearLine(
        name=glance.person.name,
        href=base,
        plan=plan_address(base, _goal(glance)),
        what_if=f"{base}/what-if?on={near.coming.on.isoformat()}",
        step=name,
        cents=cents,
        on=near.coming.on,
        today=near.coming.on == glance.as_of,
        how=HOW[near.coming.how],
    )


def _goal(glance: Glance) -> str | None:
    wage = glance.wage
    return None if wage is None or wage.next is None else f"step:{wage.next}"


def next_step(glance: Glance) -> tuple[str, int | None]:
    """Name the next step and what it pays in cents an hour."""
    wage = glance.wage
    steps = {step.key: place for place, step in enumerate(glance.program.steps)}
    if wage is None or wage.next is None:
        return "", None
    place = steps[wage.next]
    return step_title(glance.program.steps[place], place), cents_of(glance.program, wage.next, glance.as_of)


def stuck_group(held: Held) -> StuckGroup:
    """Say on what several people are stuck: "Four people wait for a sign-off in Chucking"."""
    waiting = sum(one.handed_in for one in held.people)
    number = len(held.people)
    first = held.people[0]
    asked = thing_words(first.who, first.action)
    who = words.sentence(words.counted(number, "person", "people"))
    if waiting == number:
        verb = "waits" if number == 1 else "wait"
        title = f"{who} {verb} for a sign-off{in_words(first.who, first.action)}"
    else:
        verb = "lacks" if number == 1 else "lack"
        more = f"; {words.counted(waiting, 'has', 'have')} handed it in" if waiting else ""
        title = f"{who} {verb} only {asked}{more}"
    lines = [_line(one) for one in held.people[:SHOWN]]
    return StuckGroup(title, lines, number, "wait" if waiting == number else "locked")


def thing_words(glance: Glance, action: Action) -> str:
    """Name one thing as what somebody lacks."""
    match action:
        case Earn(kind="competency"):
            return f"a sign-off{in_words(glance, action)}"
        case Earn(kind="credential"):
            return f"the credential {item_title(glance.world, action.kind, action.key)}"
        case Earn():
            return f"the {action.kind} {earned_title(glance.world, action.kind, action.key)}"
        case EarnHours():
            return f"hours {within_words(glance.world, action.within)}"
        case WaitUntil():
            return "time"


def in_words(glance: Glance, action: Action) -> str:
    """Say in what a sign-off is waited for."""
    return f" in {earned_title(glance.world, action.kind, action.key)}" if isinstance(action, Earn) else ""


def _line(one: OneAway) -> StuckLine:
    glance = one.who
    base = person_address(glance.person.id)
    name, cents = next_step(glance)
    moves = [move_of(glance, one.action, base)]
    return StuckLine(
        name=glance.person.name,
        href=moves[0].href or base,
        plan=plan_address(base, _goal(glance)),
        what_if=what_if_address(base, (one.action,)),
        step=name,
        cents=cents,
        detail=_detail(one, moves[0].text),
        others=_others(glance, one.others),
        handed_in=one.handed_in,
    )


def _detail(one: OneAway, text: str) -> str:
    """Say what is this person's own: the amount, how well, the day."""
    if isinstance(one.action, Earn):
        return "handed in, waits for the mentor" if one.handed_in else ""
    return text


def _others(glance: Glance, others: tuple[Action, ...]) -> str:
    """Say what would do as well."""
    if not others:
        return ""
    if len(others) > 1:
        return f"{words.sentence(words.counted(len(others), 'other thing'))} would do as well."
    text = move_of(glance, others[0], "").text
    return f"{text} would do as well."
