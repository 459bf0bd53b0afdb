"""Raises that come by themselves, and people who are stuck on one thing, in words."""

from dataclasses import dataclass
from datetime import date

from apprenticeship.raises.outlook import Held, Near, OneAway
from apprenticeship.standing.model import Standing
from graph.actions import Action, Earn, EarnHours, WaitUntil
from graph.evaluating import cents_of
from graph.within_reach import How
from web import words
from web.pages.addresses import person_address, plan_address, what_if_address
from web.pages.standings import earned_title, move_of, next_step_goal
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
    standing = near.member.standing
    base = person_address(standing.person.id)
    name, cents = next_step(standing)
    return NearLine(
        name=standing.person.name,
        href=base,
        plan=plan_address(base, next_step_goal(standing)),
        what_if=f"{base}/what-if?on={near.coming.on.isoformat()}",
        step=name,
        cents=cents,
        on=near.coming.on,
        today=near.coming.on == standing.as_of,
        how=HOW[near.coming.how],
    )


def next_step(standing: Standing) -> tuple[str, int | None]:
    """Name the next step and what it pays in cents an hour."""
    wage = standing.evaluation.wage
    steps = {step.key: place for place, step in enumerate(standing.program.steps)}
    if wage is None or wage.next is None:
        return "", None
    place = steps[wage.next]
    return step_title(standing.program.steps[place], place), cents_of(
        standing.program, wage.next, standing.as_of
    )


def stuck_group(held: Held) -> StuckGroup:
    """Say on what several people are stuck: "Four people wait for a sign-off in Chucking"."""
    waiting = sum(one.handed_in for one in held.people)
    number = len(held.people)
    first = held.people[0]
    asked = thing_words(first.member.standing, first.action)
    who = words.sentence(words.counted(number, "person", "people"))
    if waiting == number:
        verb = "waits" if number == 1 else "wait"
        title = f"{who} {verb} for a sign-off{in_words(first.member.standing, first.action)}"
    else:
        verb = "lacks" if number == 1 else "lack"
        more = f"; {words.counted(waiting, 'has', 'have')} handed it in" if waiting else ""
        title = f"{who} {verb} only {asked}{more}"
    lines = [_line(one) for one in held.people[:SHOWN]]
    return StuckGroup(title, lines, number, "wait" if waiting == number else "locked")


def thing_words(standing: Standing, action: Action) -> str:
    """Name one thing as what somebody lacks."""
    match action:
        case Earn(kind="competency"):
            return f"a sign-off{in_words(standing, action)}"
        case Earn(kind="credential"):
            return f"the credential {item_title(standing.world, action.kind, action.key)}"
        case Earn():
            return f"the {action.kind} {earned_title(standing.world, action.kind, action.key)}"
        case EarnHours():
            return f"hours {within_words(standing.world, action.within)}"
        case WaitUntil():
            return "time"


def in_words(standing: Standing, action: Action) -> str:
    """Say in what a sign-off is waited for."""
    return f" in {earned_title(standing.world, action.kind, action.key)}" if isinstance(action, Earn) else ""


def _line(one: OneAway) -> StuckLine:
    standing = one.member.standing
    base = person_address(standing.person.id)
    name, cents = next_step(standing)
    moves = [move_of(standing.evaluation, one.action, base)]
    return StuckLine(
        name=standing.person.name,
        href=moves[0].href or base,
        plan=plan_address(base, next_step_goal(standing)),
        what_if=what_if_address(base, (one.action,)),
        step=name,
        cents=cents,
        detail=_detail(one, moves[0].text),
        others=_others(standing, one.others),
        handed_in=one.handed_in,
    )


def _detail(one: OneAway, text: str) -> str:
    """Say what is this person's own: the amount, how well, the day."""
    if isinstance(one.action, Earn):
        return "handed in, waits for the mentor" if one.handed_in else ""
    return text


def _others(standing: Standing, others: tuple[Action, ...]) -> str:
    """Say what would do as well."""
    if not others:
        return ""
    if len(others) > 1:
        return f"{words.sentence(words.counted(len(others), 'other thing'))} would do as well."
    text = move_of(standing.evaluation, others[0], "").text
    return f"{text} would do as well."
