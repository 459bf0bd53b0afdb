"""What an employer comes for: who has reached a raise, who is next, and what was set aside."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from litestar import Response, get

from apprenticeship.policy import Action
from apprenticeship.raises.services import CrewMember, crew
from apprenticeship.standing.model import Standing
from graph.evaluating import cents_of
from graph.world import Step
from web.access import Whose, asks
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of
from web.pages.raise_questions import asked_of
from web.pages.raise_story import set_aside_words
from web.pages.raises import asked_words
from web.rendering import page
from web.rules import step_title
from web.visitors import asking

CREW = asks(Action.READ_CREW, Whose.ORGANISATION)
SHOWN = 50
NOTICES = {
    "1": "Awarded. It is kept with its reasons.",
    "approved": "Awarded. It is kept with its reasons.",
    "denied": "Not given. The apprentice sees the reason.",
    "postponed": "Put off. It comes back to this list on its day.",
    "objected": "Objected to. The step waits; the apprentice sees the reason and may appeal.",
    "corrected": "Corrected. What was paid before is not changed by it.",
    "kept": "The correction is set aside. The apprentice sees the reason.",
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


@dataclass(frozen=True)
class RaiseList:
    """The first lines of a list, and how many there are in all."""

    number: int
    lines: list[RaiseLine]


@get("/raises", opt=CREW)
async def show_raises(request: AnyRequest) -> Response[str]:
    """Show who has reached a raise, and who is next."""
    now = now_of(request)
    members = await crew(asking(request).actor, as_of=now.date(), now=now)
    due = [one for one in members if one.due]
    aside = [one for one in members if one.set_aside is not None]
    others = [one for one in members if not one.due and one.set_aside is None]
    following = [one for one in others if one.following is not None]
    top = [one for one in others if one.following is None]
    notice = NOTICES.get(request.query_params.get("done", ""))
    return page(
        request,
        "raises.html",
        due=RaiseList(len(due), [_line(one) for one in due[:SHOWN]]),
        aside=RaiseList(len(aside), [_line(one) for one in aside[:SHOWN]]),
        following=RaiseList(len(following), [_line(one) for one in following[:SHOWN]]),
        top=RaiseList(len(top), [_line(one) for one in top[:SHOWN]]),
        notice=notice,
        asked=await asked_of([one.standing for one in members]),
        may_hand_over=asking(request).may(Action.HAND_OVER_PAY, now),
        sites=asking(request).may(Action.PLAN_SITES, now),
    )


def _line(member: CrewMember) -> RaiseLine:
    standing = member.standing
    reached = member.due or member.set_aside is not None
    paid, then = (paid_step(standing), member.reached) if reached else (member.reached, member.following)
    wage = standing.evaluation.wage
    return RaiseLine(
        name=standing.person.name,
        href=person_address(standing.person.id),
        person=standing.person.id,
        step=title_of(standing, paid),
        following=title_of(standing, then),
        reached_on=None if wage is None else wage.since,
        now_cents=cents_for(standing, paid),
        then_cents=cents_for(standing, then),
        progress=member.progress,
        missing="" if reached or then is None else asked_words(standing, f"step:{then.key}"),
        set_aside=set_aside_words(standing),
    )


def paid_step(standing: Standing) -> Step | None:
    """Give the step that is paid: the highest awarded, else the first, which comes with registration."""
    return standing.awarded_step or next(iter(standing.program.steps), None)


def title_of(standing: Standing, step: Step | None) -> str:
    return "" if step is None else step_title(step, standing.program.steps.index(step))


def cents_for(standing: Standing, step: Step | None) -> int | None:
    return None if step is None else cents_of(standing.program, step.key, standing.as_of)


HANDLERS = [show_raises]
