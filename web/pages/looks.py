"""Who looked: for the person looked at, and, of the looks that were refused, for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get
from litestar.params import FromQuery

from apprenticeship.audit.looking import Look, looks_at, refused_looks
from apprenticeship.policy import Action
from apprenticeship.views_people import names_of, organisations_for, positions_in
from web import words
from web.access import Whose, asks
from web.pages.asked import AnyRequest, now_of
from web.parts import Part, part_of
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.READ_CREDIT, Whose.OWN)
MANAGING = asks(Action.MANAGE_PEOPLE, Whose.ORGANISATION)
SHOWN = 50
HIGHEST = 10**9
SEEN = {
    Action.READ_CREDIT: "credit",
    Action.READ_SHARED_CREDIT: "credit",
    Action.DECIDE_CREDIT: "a request for credit",
    Action.READ_RECORD: "record",
    Action.READ_STANDING: "progress",
    Action.READ_WAGES: "wage",
}


@dataclass(frozen=True)
class LookLine:
    """One look; `what` is a noun, `whose` is empty on the person's own page."""

    at: datetime
    who: str
    whose: str
    what: str
    college: str
    refused: bool


@get("/credit/looks", opt=OWN)
async def show_looks(request: AnyRequest, part: FromQuery[int] = 1) -> Response[str]:
    """Show every look of a college or an employer at oneself, and every refused one, the latest first."""
    shown = part_of(await looks_at(asking(request).actor.person), part, SHOWN)
    lines = await look_lines(shown.items)
    return page(request, "looks.html", lines=lines, part=shown, here="/credit")


@get("/refused-looks", opt=MANAGING)
async def show_refused(request: AnyRequest, part: FromQuery[int] = 1) -> Response[str]:
    """Show who asked to see the people of one's organisations and was refused, the latest first."""
    actor, now = asking(request).actor, now_of(request)
    places = await organisations_for(actor, Action.MANAGE_PEOPLE, now=now)
    people = {one.person for place in places for one in await positions_in(actor, place, now=now)}
    number = min(max(part, 1), HIGHEST)
    found, total = await refused_looks(sorted(people), skip=SHOWN * (number - 1), limit=SHOWN)
    if not found and number > 1:
        number = max(1, -(-total // SHOWN))
        found, total = await refused_looks(sorted(people), skip=SHOWN * (number - 1), limit=SHOWN)
    shown = Part(found, number, max(1, -(-total // SHOWN)), total)
    lines = await look_lines(found)
    return page(request, "refused_looks.html", lines=lines, part=shown, here="/organisation")


async def look_lines(looks: Sequence[Look]) -> list[LookLine]:
    """Say of each look who it was and what was seen or asked for."""
    names = await names_of([one for look in looks for one in (look.actor, look.whom) if one is not None])
    return [
        LookLine(
            at=look.at,
            who=names.get(look.actor, "") if look.actor else "",
            whose=names.get(look.whom, ""),
            what=SEEN.get(Action(look.what), "record") if look.what in set(Action) else "record",
            college=_for_whom(look),
            refused=look.refused,
        )
        for look in looks
    ]


def _for_whom(look: Look) -> str:
    if look.employer:
        return f"for the employer {look.employer}, with your consent"
    return words.listed(list(look.colleges))


HANDLERS = [show_looks, show_refused]
