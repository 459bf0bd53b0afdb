"""What an apprentice comes for: the three answers, the map, an item, the next raise, the record."""

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.evidence.services import history_of
from apprenticeship.policy import Action
from apprenticeship.proposals.looking import flow_of
from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from graph.fixing import NoFix
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.figures.progress import progress_figure
from web.forms import Filled, read_form
from web.pages import evidence_words, standings
from web.pages.alone import release_lines
from web.pages.asked import AnyRequest, now_of, own_standing
from web.pages.credit import credit_summary
from web.pages.items import item_page
from web.pages.late_logs import appeal, late_logs_part
from web.pages.maps import choices_of, map_page
from web.pages.notices import news_of
from web.pages.raise_questions import questions
from web.pages.raise_story import story
from web.pages.raises import conditions, raise_page
from web.pages.records import record_page
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.READ_STANDING, Whose.OWN)
APPEALING = asks(Action.APPEAL_LATE_LOG, Whose.OWN)
RECENT = 5
NOTICES = {
    "asked": "Asked. Your employer answers, and you read the answer here.",
    "appealed": "Your appeal is kept. Your employer answers it by deciding again, and you read it here.",
}


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
        news=await news_of(request),
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
    return await raise_response(request, await own_standing(request), None)


@post("/raise/late-logs", opt=APPEALING, status_code=SEE_OTHER)
async def appeal_late_log(request: AnyRequest) -> Response[str]:
    """Ask the sponsor to let a late log of one's own pass."""
    form = await read_form(request)
    try:
        await appeal(request, form)
    except Invalid as refusal:
        wrong = Filled(f"late-{form.text('month')}", form, refusal.where, str(refusal))
        return await raise_response(request, await own_standing(request), wrong)
    return see_other("/raise?done=asked")


async def raise_response(request: AnyRequest, standing: Standing, wrong: Filled | None) -> Response[str]:
    """Show one's own raises, with the form that was refused where one was."""
    flow = await flow_of(standing)
    return page(
        request,
        "raise.html",
        status=REFUSED if wrong else 200,
        step=raise_page(standing, ""),
        story=await story(standing, flow),
        questions=await questions(standing, flow),
        notice=NOTICES.get(request.query_params.get("done", "")),
        wrong=wrong,
        standing=standing,
        house=await late_logs_part(standing),
        here="/raise",
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
        releases=await release_lines(standing),
        progress=standing.evaluation.progress,
        standing=standing,
    )


HANDLERS = [
    show_home,
    show_map,
    show_competency,
    show_credential,
    show_raise,
    appeal_late_log,
    show_completion,
    show_record,
]
