"""What an administrator comes for: the people of an organisation, and the organisation itself."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from apprenticeship.accounts.services import readmit, suspend
from apprenticeship.outbox.repo import count_given_up, unfinished_since
from apprenticeship.policy import Action
from apprenticeship.views_people import organisations_for, positions_in
from web.access import Whose, asks
from web.answers import SEE_OTHER, see_other
from web.forms import read_form
from web.pages.asked import AnyRequest, now_of
from web.parts import part_of
from web.rendering import page
from web.visitors import asking

SHOWN = 100
PATIENCE = timedelta(minutes=5)
MANAGING = asks(Action.MANAGE_PEOPLE, Whose.ORGANISATION)


@get("/people", opt=MANAGING)
async def show_people(
    request: AnyRequest, place: FromQuery[str] = "", part: FromQuery[int] = 1
) -> Response[str]:
    """List everybody with a role in one's organisations."""
    actor, now = asking(request).actor, now_of(request)
    places = await organisations_for(actor, Action.MANAGE_PEOPLE, now=now)
    lists = [
        (one, part_of(await positions_in(actor, one, now=now), part if one.key == place else 1, SHOWN))
        for one in places
    ]
    done = {"suspended": "Shut out from the next request on.", "readmitted": "Let in again."}
    return page(
        request,
        "people.html",
        lists=lists,
        me=actor.person,
        notice=done.get(request.query_params.get("done", "")),
    )


@post("/people/{person_id:uuid}", opt=MANAGING, status_code=SEE_OTHER)
async def change_account(request: AnyRequest, person_id: FromPath[UUID]) -> Redirect:
    """Shut somebody out, or let them in again."""
    form = await read_form(request)
    actor, now = asking(request).actor, now_of(request)
    if form.text("then") == "readmit":
        await readmit(actor, person_id, now=now)
        return see_other("/people?done=readmitted")
    await suspend(actor, person_id, now=now)
    return see_other("/people?done=suspended")


@get("/organisation", opt=MANAGING)
async def show_organisation(request: AnyRequest) -> Response[Any]:
    """Show one's organisations, what can be done in them, and whether the jobs are getting done."""
    actor, now = asking(request).actor, now_of(request)
    places = await organisations_for(actor, Action.MANAGE_PEOPLE, now=now)
    counts = [(place, len(await positions_in(actor, place, now=now))) for place in places]
    late = await unfinished_since(now - PATIENCE)
    return page(request, "organisation.html", counts=counts, late=late, given_up=await count_given_up())


HANDLERS = [show_people, change_account, show_organisation]
