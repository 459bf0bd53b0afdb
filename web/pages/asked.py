"""Whose standing a page shows, and when."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response

from apprenticeship.people.model import Role
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standing_of
from web.rendering import page
from web.visitors import asking

AnyRequest = Request[Any, Any, Any]


class NotEnrolled(Exception):  # noqa: N818 - a plain fact with a page of its own, as the refusals are
    """There is no progress to show yet; `own` tells whether it is the visitor's."""

    def __init__(self, *, own: bool) -> None:
        super().__init__()
        self.own = own


def show_not_enrolled(request: AnyRequest, fact: NotEnrolled) -> Response[str]:
    """Say that somebody is registered nowhere; to those who are no apprentices it is no page of theirs."""
    theirs = Role.APPRENTICE in asking(request).roles or not fact.own
    return page(request, "not_enrolled.html", status=200 if theirs else 404, own=fact.own)


def now_of(request: AnyRequest) -> datetime:
    """Read the clock of the application."""
    found: datetime = request.app.state.clock()
    return found


async def standing_for(
    request: AnyRequest, person: UUID, *, as_of: date | None = None, known_at: datetime | None = None
) -> Standing:
    """Load how somebody stands today, or stood on a day by what was known at a moment.

    Raises:
        NotEnrolled: they are in no program.
        Missing: there is no such person, or not for this visitor.
    """
    now = now_of(request)
    found = await standing_of(
        asking(request).actor, person, as_of=as_of or now.date(), known_at=known_at, now=now
    )
    if found is None:
        raise NotEnrolled(own=person == asking(request).actor.person)
    return found


async def own_standing(request: AnyRequest) -> Standing:
    """Load how the visitor stands today.

    Raises:
        NotEnrolled: they are in no program.
    """
    return await standing_for(request, asking(request).actor.person)
