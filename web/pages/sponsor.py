"""What an employer comes for: whose raise is due, whose comes soon, who is stuck on what, and what was set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from litestar import Response, get

from apprenticeship.policy import Action
from apprenticeship.proposals.finding import holds_since
from apprenticeship.raises.glance import DAYS, Glance
from apprenticeship.raises.outlook import outlook
from apprenticeship.raises.services import CrewMember, member_of
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from graph.evaluating import cents_of
from graph.world import Step
from web.access import Whose, asks
from web.pages.addresses import person_address, plan_address, what_if_address
from web.pages.asked import AnyRequest, now_of
from web.pages.notices import news_of
from web.pages.raise_questions import asked_of
from web.pages.raise_story import set_aside_words
from web.pages.raises import asked_words
from web.pages.soon import near_line, stuck_group
from web.pages.standings import next_step_goal
from web.rendering import page
from web.rules import step_title
from web.visitors import asking

CREW = asks(Action.READ_CREW, Whose.ORGANISATION)
SHOWN = 50
GROUPS = 20
NOTICES = {
    "1": "Awarded. It is kept with its reasons.",
    "approved": "Awarded. It is kept with its reasons.",
    "denied": "Not given. The apprentice sees the reason.",
    "postponed": "Put off. It comes back to this list on its day.",
    "objected": "Objected to. The step waits; the apprentice sees the reason and may appeal.",
    "corrected": "Corrected. What was paid before is not changed by it.",
    "kept": "The correction is set aside. The apprentice sees the reason.",
    "upheld": "Left as it is. The apprentice sees the reason.",
    "undone": "Taken back. The apprentice sees the reason.",
}


@dataclass(frozen=True)
class RaiseLine:
    """One apprentice on the list of raises. Money in cents an hour."""

    name: str
    href: str
    person: UUID
    step: str
    following: str
    reached_on: date | None
    now_cents: int | None
    then_cents: int | None
    progress: Fraction
    missing: str
    set_aside: str
    plan: str
    what_if: str


@dataclass(frozen=True)
class RaiseList:
    """The first lines of a list, and how many there are in all."""

    number: int
    lines: list[RaiseLine]


@get("/raises", opt=CREW)
async def show_raises(request: AnyRequest) -> Response[str]:
    """Show whose raise is due, whose comes soon and how, who is stuck on one thing, and who is next."""
    now = now_of(request)
    found = await outlook(asking(request).actor, as_of=now.date(), now=now)
    notice = NOTICES.get(request.query_params.get("done", ""))
    return page(
        request,
        "raises.html",
        days=DAYS,
        due=await _listed(found.due),
        aside=await _listed(found.aside),
        near=[near_line(one) for one in found.near[:SHOWN]],
        near_number=len(found.near),
        stuck=[stuck_group(one) for one in found.stuck[:GROUPS]],
        stuck_number=sum(len(one.people) for one in found.stuck),
        following=await _listed(found.following),
        top=await _listed(found.top),
        nobody=not (found.due or found.aside or found.following or found.top),
        notice=notice,
        news=await news_of(request),
        asked=await asked_of([*found.due, *found.aside, *found.following, *found.top]),
        may_hand_over=asking(request).may(Action.HAND_OVER_PAY, now),
        sites=asking(request).may(Action.PLAN_SITES, now),
    )


async def _listed(people: Sequence[Glance]) -> RaiseList:
    """Tell more about the first of a list."""
    shown = people[:SHOWN]
    if not shown:
        return RaiseList(0, [])
    found = await standings_of([one.person.id for one in shown], as_of=shown[0].as_of)
    by_person = {one.person.id: one for one in found}
    lines = [_line(member_of(by_person[one.person.id])) for one in shown if one.person.id in by_person]
    return RaiseList(len(people), lines)


def _line(member: CrewMember) -> RaiseLine:
    standing = member.standing
    reached = member.due or member.set_aside is not None
    paid, then = paid_step(standing), standing.step_asked if reached else member.following
    base = person_address(standing.person.id)
    return RaiseLine(
        name=standing.person.name,
        href=base,
        person=standing.person.id,
        step=title_of(standing, paid),
        following=title_of(standing, then),
        reached_on=None if then is None else holds_since(standing, then.key, standing.as_of),
        now_cents=cents_for(standing, paid),
        then_cents=cents_for(standing, then),
        progress=member.progress,
        missing="" if reached or then is None else asked_words(standing, f"step:{then.key}"),
        set_aside=set_aside_words(standing),
        plan=plan_address(base, next_step_goal(standing)),
        what_if=what_if_address(base, ()),
    )


def paid_step(standing: Standing) -> Step | None:
    """Give the step that is paid: the highest awarded, else the first, which comes with registration."""
    return standing.awarded_step or next(iter(standing.program.steps), None)


def title_of(standing: Standing, step: Step | None) -> str:
    return "" if step is None else step_title(step, standing.program.steps.index(step))


def cents_for(standing: Standing, step: Step | None) -> int | None:
    return None if step is None else cents_of(standing.program, step.key, standing.as_of)


HANDLERS = [show_raises]
