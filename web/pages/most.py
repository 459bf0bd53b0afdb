"""What would move most: the few sign-offs that would bring a crew the most raises and completions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from litestar import Response, get
from litestar.params import FromQuery

from apprenticeship.policy import Action
from apprenticeship.raises.glance import Glance
from apprenticeship.raises.moving import COMPLETION, Moves, what_moves_most
from graph.bottleneck import MOST, Best, Step
from web import words
from web.access import Whose, asks
from web.answers import REFUSED
from web.pages.addresses import framework_address, item_address, person_address
from web.pages.asked import AnyRequest, now_of
from web.pages.soon import next_step
from web.pages.standings import earned_title
from web.rendering import page
from web.visitors import asking

CREW = asks(Action.READ_CREW, Whose.ORGANISATION)
SESSIONS = "session"
NAMED = 3


@dataclass(frozen=True)
class Row:
    """One line of the table: what so many bring."""

    number: int
    href: str
    raises: int
    completions: int
    known: str
    chosen: bool
    what: str


@dataclass(frozen=True)
class Sign:
    """One sign-off: of what, and for whom; the links lead to the item and to what it would change."""

    title: str
    href: str
    name: str
    what_if: str


@dataclass(frozen=True)
class Reached:
    """What one person reaches by them."""

    name: str
    href: str
    what: str


@get("/raises/most", opt=CREW)
async def show_most(
    request: AnyRequest, by: FromQuery[str] = "", number: FromQuery[str] = ""
) -> Response[str]:
    """Show for one to ten sign-offs, or sessions, what the best of them bring."""
    now = now_of(request)
    sessions = by == SESSIONS
    moves = await what_moves_most(asking(request).actor, sessions=sessions, as_of=now.date(), now=now)
    useful = [best for best in moves.best if len(best.signoffs) == best.most or best.most == 1]
    asked, notice = _asked(number)
    chosen = moves.best[(asked or _telling(useful)) - 1]
    return page(
        request,
        "most.html",
        status=REFUSED if notice and asked is None else 200,
        wrong=notice,
        sessions=sessions,
        nobody=not moves.people,
        wanted=moves.wanted,
        rows=[_row(moves, best, chosen) for best in moves.best],
        chosen=chosen,
        one="session" if sessions else "sign-off",
        signs=list(_signs(moves, chosen)),
        reached=list(_reached(moves, chosen.steps)),
        here="/raises",
    )


def _asked(text: str) -> tuple[int | None, str]:
    """Read how many are asked about, with what is to be said about it; None where it is no number, or none is given."""
    right = f"The number is a whole number from 1 to {MOST}"
    if not text.strip():
        return None, ""
    try:
        number = int(text)
    except ValueError:
        return None, f"{right}, like {NAMED}. What was asked for is none."
    within = min(max(number, 1), MOST)
    return within, "" if within == number else f"{right}; shown is {within}."


def _telling(useful: list[Best]) -> int:
    """Choose what is shown first: three, or as many as bring anything."""
    return min(3, len(useful))


def _row(moves: Moves, best: Best, chosen: Best) -> Row:
    completions = sum(step.aim == COMPLETION for step in best.steps)
    kind = f"by={SESSIONS}&" if moves.sessions else ""
    return Row(
        number=best.most,
        href=f"/raises/most?{kind}number={best.most}#chosen",
        raises=len(best.steps) - completions,
        completions=completions,
        known="proven most" if best.proven else f"not proven; {best.bound} at most",
        chosen=best == chosen,
        what=_which(moves, best),
    )


def _which(moves: Moves, best: Best) -> str:
    """Name the first few, or say that no more of them bring more."""
    number = len(best.signoffs)
    if best.proven and 0 < number < best.most:
        return f"the {number} bring as much"
    named = [sign.title if moves.sessions else f"{sign.title}, {sign.name}" for sign in _signs(moves, best)]
    more = f" and {number - NAMED} more" if number > NAMED else ""
    return "; ".join(named[:NAMED]) + more or "nothing by itself"


def _signs(moves: Moves, best: Best) -> Iterator[Sign]:
    for one in best.signoffs:
        kind, _, key = one.item.partition(":")
        who = None if one.person < 0 else moves.people[one.person]
        known = who or _who_knows(moves, kind, key)
        base = "" if who is None else person_address(who.person.id)
        yield Sign(
            title=earned_title(known.world, kind, key),
            href=item_address(base, kind, key) if base else framework_address(kind, key),
            name="" if who is None else who.person.name,
            what_if=f"{base}/what-if?earn={one.item}" if base else "",
        )


def _who_knows(moves: Moves, kind: str, key: str) -> Glance:
    """Find somebody whose standards name an item."""
    return next(
        one
        for one in moves.people
        if key in (one.world.competencies if kind == "competency" else one.world.credentials)
    )


def _reached(moves: Moves, steps: Iterable[Step]) -> Iterator[Reached]:
    for person, of in groupby(steps, key=lambda step: step.person):
        standing = moves.people[person]
        said = ["completion" if step.aim == COMPLETION else _raise_words(standing) for step in of]
        yield Reached(standing.person.name, person_address(standing.person.id), words.listed(said))


def _raise_words(standing: Glance) -> str:
    name, cents = next_step(standing)
    return name if cents is None else f"{name}, {words.money(cents)} an hour"


HANDLERS = [show_most]
