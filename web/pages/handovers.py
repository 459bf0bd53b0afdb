"""Handing changes in pay over to payroll: make a hand-over of a period, list them, take the file."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.handovers.files import csv_file, file_name, json_file
from apprenticeship.handovers.model import Handover, PayChange
from apprenticeship.handovers.services import hand_over, handovers_of, told
from apprenticeship.people.model import Organisation
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid, Missing
from apprenticeship.standing.rules import newest_world
from apprenticeship.views_people import names_of, organisations_for
from graph.dates import add_months
from graph.world import World
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.rules import step_title
from web.visitors import asking

HANDING = asks(Action.HAND_OVER_PAY, Whose.ORGANISATION)
HERE = "/payroll/handovers"


@get(HERE, opt=HANDING)
async def show_handovers(request: AnyRequest) -> Response[str]:
    """Ask for a period, and list the hand-overs before."""
    return await _handovers(request, None)


@post(HERE, opt=HANDING, status_code=SEE_OTHER)
async def make_handover(request: AnyRequest) -> Response[Any]:
    """Hand the changes of a period over."""
    form = await read_form(request)
    now = now_of(request)
    try:
        since = form.day("since", "The first day")
        until = form.day("until", "The day after the last")
        if form.text("ahead") != "yes":
            _check_past(until, now.date())
        made = await hand_over(
            asking(request).actor,
            _employer(form.text("employer")),
            since=since,
            until=until,
            now=now,
        )
    except Invalid as refusal:
        wrong = Filled(form.text("employer"), form, refusal.where, str(refusal))
        return await _handovers(request, wrong)
    return see_other(f"{HERE}/{made.handover.id}")


def _check_past(until: date, today: date) -> None:
    """Warn of a period with days that are not here yet.

    Raises:
        Invalid: its last day is after today.
    """
    last = until - timedelta(days=1)
    if last > today:
        latest = words.day(today + timedelta(days=1))
        raise Invalid(
            f"The period ends on {words.day(last)}, which lies ahead. Hand over until before {latest} at the latest, "
            "or say below that you mean it: what is decided later for these days is told by the next hand-over, "
            "as late.",
            where="until",
        )


def _employer(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing("No such organisation.") from None


async def _handovers(request: AnyRequest, wrong: Filled | None) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    places = await organisations_for(actor, Action.HAND_OVER_PAY, now=now)
    lists = [(place, await handovers_of(actor, place.id, now=now)) for place in places]
    return page(
        request,
        "handovers.html",
        status=REFUSED if wrong else 200,
        lists=[(place, made, _form(place, made, now.date(), wrong)) for place, made in lists],
        wrong=wrong,
        ahead=wrong is not None and "lies ahead" in wrong.what,
        here="/raises",
    )


def _form(place: Organisation, made: tuple[Handover, ...], today: date, wrong: Filled | None) -> Filled:
    """Give the form with the period that follows: from where the last one ended, or last month."""
    if wrong is not None and wrong.name == str(place.id):
        return wrong
    since = made[0].until if made else add_months(today.replace(day=1), -1)
    tomorrow = today + timedelta(days=1)
    until = add_months(since, 1)
    if since < tomorrow < until:  # no day that is not here yet
        until = tomorrow
    return filled(str(place.id), {"since": since.isoformat(), "until": until.isoformat()})


@get(HERE + "/{handover_id:int}", opt=HANDING)
async def show_handover(request: AnyRequest, handover_id: FromPath[int]) -> Response[str]:
    """Show what one hand-over tells."""
    found = await told(asking(request).actor, handover_id, now=now_of(request))
    titles = step_titles(await newest_world())
    names = await names_of([found.handover.made_by, *(one.person for one in found.changes)])
    return page(
        request,
        "handover.html",
        handover=found.handover,
        lines=[_line(one, found.handover, names, titles) for one in found.changes],
        made_by=names.get(found.handover.made_by, "somebody"),
        here="/raises",
    )


def step_titles(world: World) -> dict[str, str]:
    """Return the title of each wage step by its key, by the newest standards."""
    return {
        step.key: step_title(step, at)
        for program in world.programs.values()
        for at, step in enumerate(program.steps)
    }


def _line(
    change: PayChange, handover: Handover, names: dict[UUID, str], titles: dict[str, str]
) -> dict[str, Any]:
    return {
        "change": change,
        "name": names.get(change.person, "somebody"),
        "step": titles.get(change.step, ""),
        "key": change.step.rpartition(":")[2],
        "late": change.is_late_in(handover),
    }


@get(HERE + "/{handover_id:int}/changes.csv", opt=HANDING)
async def send_csv(request: AnyRequest, handover_id: FromPath[int]) -> Response[bytes]:
    """Send one hand-over as CSV."""
    found = await told(asking(request).actor, handover_id, now=now_of(request))
    return attached(csv_file(found), file_name(found.handover, "csv"), "text/csv")


@get(HERE + "/{handover_id:int}/changes.json", opt=HANDING)
async def send_json(request: AnyRequest, handover_id: FromPath[int]) -> Response[bytes]:
    """Send one hand-over as JSON."""
    found = await told(asking(request).actor, handover_id, now=now_of(request))
    return attached(json_file(found), file_name(found.handover, "json"), "application/json")


def attached(data: bytes, name: str, media_type: str) -> Response[bytes]:
    """Answer with a file to be kept; `name` has letters, digits, dots and dashes only."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)


HANDLERS = [show_handovers, make_handover, show_handover, send_csv, send_json]
