"""What an apprentice comes for: the three answers, the map, an item, the next raise, the record."""

from litestar import Response, get
from litestar.params import FromPath

from apprenticeship.evidence.services import history_of
from apprenticeship.forecasts.services import person_outlook
from apprenticeship.policy import Action
from graph.fixing import NoFix
from web.access import Whose, asks
from web.figures.progress import progress_figure
from web.pages import evidence_words, standings
from web.pages.asked import AnyRequest, now_of, own_standing
from web.pages.credit import credit_summary
from web.pages.forecast_words import METHOD, goal_lines, measured_words
from web.pages.items import item_page
from web.pages.maps import choices_of, map_page
from web.pages.raise_story import story
from web.pages.raises import conditions, raise_page
from web.pages.records import record_page
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.READ_STANDING, Whose.OWN)
RECENT = 5


@get("/home", opt=OWN)
async def show_home(request: AnyRequest) -> Response[str]:
    """Show the three answers, what to do next, what waits and what changed last."""
    standing = await own_standing(request)
    rows = standing.evidence
    return page(
        request,
        "home.html",
        standing=standing,
        progress=standing.evaluation.progress,
        counts=standings.counts(standing),
        step=raise_page(standing, ""),
        credit=await credit_summary(request, standing.person.id),
        todos=standings.todos(standing),
        waiting=[evidence_words.shown(standing.world, row) for row in evidence_words.waiting(rows)],
        latest=[evidence_words.shown(standing.world, row) for row in evidence_words.latest(rows, RECENT)],
    )


@get("/map", opt=OWN)
async def show_map(
    request: AnyRequest,
) -> Response[str]:
    """Show the competency map as a drawing and as a list, narrowed as chosen."""
    standing = await own_standing(request)
    shown = map_page(standing, choices_of(request.query_params), "")
    return page(request, "map.html", map=shown, whose="")


@get("/competencies/{framework:str}/{item:str}", opt=OWN)
async def show_competency(
    request: AnyRequest, framework: FromPath[str], item: FromPath[str]
) -> Response[str]:
    """Show one competency: what it is, why it is locked, what it opens."""
    standing = await own_standing(request)
    shown = item_page(standing, ("competency", f"{framework}:{item}"), "")
    return page(request, "item.html", item=shown, own=True, here="/map")


@get("/credentials/{framework:str}/{item:str}", opt=OWN)
async def show_credential(
    request: AnyRequest, framework: FromPath[str], item: FromPath[str]
) -> Response[str]:
    """Show one credential: its tests, why it is locked, what it opens."""
    standing = await own_standing(request)
    shown = item_page(standing, ("credential", f"{framework}:{item}"), "")
    return page(request, "item.html", item=shown, own=True, here="/map")


@get("/raise", opt=OWN)
async def show_raise(request: AnyRequest) -> Response[str]:
    """Show the ladder and what the next step takes, and what was decided so far."""
    standing = await own_standing(request)
    now = now_of(request)
    found = await person_outlook(asking(request).actor, standing.person.id, as_of=now.date(), now=now)
    return page(
        request,
        "raise.html",
        step=raise_page(standing, ""),
        story=await story(standing),
        standing=standing,
        when=() if found is None else goal_lines(found),
        rests="" if found is None else measured_words(found.measured),
        method=METHOD,
    )


@get("/completion", opt=OWN)
async def show_completion(request: AnyRequest) -> Response[str]:
    """Show how far it is to journeyworker, condition by condition, and progress over time against the plan."""
    standing = await own_standing(request)
    way = standings.smallest_way(standing, "completion")
    proven = standing.completion
    return page(
        request,
        "completion.html",
        standing=standing,
        progress=standing.evaluation.progress,
        conditions=() if proven is None else conditions(standing, proven, ""),
        moves=standings.moves(standing, way, ""),
        stuck=way.reason if isinstance(way, NoFix) else "",
        charts=proven is not None,
        figure=progress_figure(standing),
        here="/home",
    )


@get("/record", opt=OWN)
async def show_record(request: AnyRequest) -> Response[str]:
    """Show what is in the record."""
    standing = await own_standing(request)
    visitor = asking(request)
    history = await history_of(visitor.actor, standing.person.id, now=now_of(request))
    return page(
        request,
        "record.html",
        record=record_page(standing, history),
        progress=standing.evaluation.progress,
        standing=standing,
    )


HANDLERS = [show_home, show_map, show_competency, show_credential, show_raise, show_completion, show_record]
