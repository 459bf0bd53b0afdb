"""The crew as a skills matrix, people by competency, and how far they are all together."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromQuery

from apprenticeship.policy import Action
from apprenticeship.raises.glance import Glance, glances
from apprenticeship.views_people import Mentors, mentors_of
from web import words
from web.access import Whose, asks
from web.csv_text import MEDIA_TYPE, csv_text
from web.figures.crew import shares_figure
from web.pages import standings
from web.pages.asked import AnyRequest, now_of
from web.pages.crew_filters import STATES, Filters, filters_of, narrowed
from web.pages.crew_matrix import AT_ONCE, PEOPLE, Matrix, matrix_of, sheet
from web.rendering import page
from web.visitors import asking

CREW = asks(Action.READ_CREW, Whose.ORGANISATION)
LEGEND = (*words.COMPETENCY_LOOKS.values(), words.CREDENTIAL_LOOKS["in_progress"])
EVERYBODY = 10**6


@dataclass(frozen=True)
class Seen:
    """The crew as somebody may see it: who there is, the frameworks by id, who mentors whom."""

    members: Sequence[Glance]
    frameworks: Mapping[str, str]
    framework: str
    mentors: Mentors
    filters: Filters


@get("/crew", opt=CREW)
async def show_crew(request: AnyRequest, part: FromQuery[int] = 1) -> Response[str]:
    """Show the skills matrix and the distribution of the crew, as far as the filters ask for it."""
    seen = await _seen(request)
    size = AT_ONCE if seen.filters.everybody else PEOPLE
    matrix, choices = await asyncio.to_thread(lambda: (_matrix(seen, part, size), _choices(seen)))
    return page(
        request,
        "crew.html",
        charts=bool(seen.members),
        nobody=not seen.members,
        asked=seen.filters,
        matrix=matrix,
        legend=LEGEND,
        sites=asking(request).may(Action.PLAN_SITES, now_of(request)),
        figure=shares_figure(one.progress for one in seen.members),
        **choices,
    )


@get("/crew.csv", opt=CREW)
async def send_crew(request: AnyRequest) -> Response[str]:
    """Send what the filters leave as a table for a spreadsheet."""
    seen = await _seen(request)
    matrix = await asyncio.to_thread(_matrix, seen, 1, EVERYBODY)
    return Response(
        csv_text(sheet(matrix)),
        media_type=MEDIA_TYPE,
        headers={"content-disposition": 'attachment; filename="crew.csv"'},
    )


async def _seen(request: AnyRequest) -> Seen:
    now: datetime = now_of(request)
    members = await glances(asking(request).actor, as_of=now.date(), now=now)
    known: dict[str, str] = {}
    for standing in {one.enrolment.standards: one for one in members}.values():
        known |= standings.frameworks_in(standing.world)
    asked = filters_of(request)
    chosen = asked.framework if asked.framework in known else _most_common(members)
    mentors = await mentors_of([one.person.id for one in members], now.date())
    return Seen(members, known, chosen, mentors, replace(asked, framework=chosen))


def _most_common(members: Sequence[Glance]) -> str:
    named = Counter(one.enrolment.standards for one in members)
    found: Counter[str] = Counter()
    for one in {one.enrolment.standards: one for one in members}.values():
        found[standings.main_framework_of(one.world, one.program)] += named[one.enrolment.standards]
    return max(sorted(found), key=found.__getitem__, default="")


def _matrix(seen: Seen, part: int, size: int) -> Matrix:
    mentored: dict[UUID, list[str]] = {
        person: [str(mentor) for mentor in of] for person, of in seen.mentors.of.items()
    }
    found = narrowed(seen.members, seen.framework, seen.filters, mentored)
    return matrix_of(found, seen.frameworks.get(seen.framework, ""), part, size)


def _choices(seen: Seen) -> dict[str, Any]:
    """Give what each filter offers, as (value, name)."""
    programs = {one.enrolment.program_key: one.program for one in seen.members}
    areas = {
        key: item.title
        for one in {one.enrolment.standards: one for one in seen.members}.values()
        for key, item in one.world.competencies.items()
        if item.kind == "area" and item.framework.id == seen.framework
    }
    several = len(programs) > 1
    processes = {
        process.key: f"{process.title or process.key.rpartition(':')[2]}{f' ({program.title})' if several else ''}"
        for key, program in programs.items()
        for process in program.work_processes
        if process.competencies and seen.filters.program in ("", key)
    }
    return {
        "frameworks": list(seen.frameworks.items()),
        "programs": sorted(((key, one.title) for key, one in programs.items()), key=lambda one: one[1]),
        "mentors": sorted(
            ((str(key), name) for key, name in seen.mentors.names.items()), key=lambda one: one[1]
        ),
        "processes": [(f"process:{key}", title) for key, title in processes.items()],
        "areas": [(f"area:{key}", title) for key, title in areas.items()],
        "states": [(key, word) for key, (word, _) in STATES.items()],
    }


HANDLERS = [show_crew, send_crew]
