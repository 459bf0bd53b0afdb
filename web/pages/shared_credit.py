"""What an employer sees of the college credit of those who consented to it: nothing else, and each look is kept."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from apprenticeship.credit.shared import SharedCredit, shared_credit_of, shared_credits
from apprenticeship.policy import Action
from web import words
from web.access import Whose, asks
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.visitors import asking

ADDRESS = "/shared-credit"


@dataclass(frozen=True)
class SharedLine:
    """One person in the employer's list."""

    name: str
    href: str
    leave: str
    colleges: tuple[str, ...]


@get(ADDRESS, opt=asks(Action.READ_SHARED_CREDIT, Whose.THEIRS))
async def show_shared_credits(request: AnyRequest) -> Response[str]:
    """List those who let the employer see their college credit; every look is kept."""
    found, more = await shared_credits(asking(request).actor, now=now_of(request))
    return page(request, "shared_credits.html", lines=[_line(one) for one in found], more=more, here=ADDRESS)


@get("/shared-credit/{learner_id:uuid}", opt=asks(Action.READ_SHARED_CREDIT, Whose.LEARNER))
async def show_shared_credit(request: AnyRequest, learner_id: FromPath[UUID]) -> Response[str]:
    """Show the college credit that one person lets the employer see; the look is kept."""
    found = await shared_credit_of(asking(request).actor, learner_id, now=now_of(request))
    return page(request, "shared_credit.html", credit=found, leave=_leave(found), here=ADDRESS)


def _leave(found: SharedCredit) -> str:
    # the day named is the last one that counts, as on the learner's own page
    until = f"until {words.day(found.until - timedelta(days=1))}" if found.until else "until taken back"
    return f"For {found.employer}, {until}. What for: {found.purpose}"


def _line(found: SharedCredit) -> SharedLine:
    said = tuple(
        f"{one.college}, {one.program}: {words.credit_hours(one.earned)} earned by its agreement, "
        f"{words.credit_hours(one.granted)} granted by decision ({one.unit} hours)"
        for one in found.colleges
    )
    return SharedLine(found.name, f"{ADDRESS}/{found.person}", _leave(found), said)


HANDLERS = [show_shared_credits, show_shared_credit]
