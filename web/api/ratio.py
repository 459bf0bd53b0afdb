"""The ratio of apprentices to journeyworkers, and the sites and placements behind it."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.people.model import Stretch
from apprenticeship.policy import Action
from apprenticeship.ratio.model import Breach, Level, Placement, Site
from apprenticeship.ratio.services import (
    SiteReport,
    end_placement,
    open_site,
    place_apprentice,
    place_journeyworkers,
    ratio_report,
)
from apprenticeship.refusals import Invalid
from apprenticeship.views_people import names_of
from web.access import Whose, asks
from web.api.models.people import Named
from web.api.models.ratio import (
    BreachAnswer,
    CauseAnswer,
    EndAsked,
    LevelAnswer,
    PlacementAnswer,
    PlacementAsked,
    RatioAnswer,
    SiteAnswer,
    SiteAsked,
    SiteRatio,
)
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, refusals
from web.pages.asked import now_of
from web.visitors import asking

PLANNING = asks(Action.PLAN_SITES, Whose.ORGANISATION)
RATIO = ["Ratio"]


@get("/ratio", opt=PLANNING, operation_id="readRatio", tags=RATIO, responses=refusals())
async def read_ratio(request: AnyRequest) -> RatioAnswer:
    """Show, for every site that one plans, who counts on which days and where the ratio does not hold."""
    report = await ratio_report(asking(request).actor, now=now_of(request))
    return RatioAnswer(
        sites=[_site_ratio(one) for one in report.sites],
        unplaced=[Named(id=one.id, name=one.name) for one in report.unplaced],
    )


def _site_ratio(report: SiteReport) -> SiteRatio:
    return SiteRatio(
        site=_site(report.site),
        placements=[
            _placement(one, report.names.get(one.person) if one.person else None) for one in report.placements
        ],
        levels=[_level(one) for one in report.levels],
        breaches=[_breach(one) for one in report.breaches],
    )


def _site(site: Site) -> SiteAnswer:
    return SiteAnswer(id=site.id, employer_id=site.employer, name=site.name, opened=site.opened.isoformat())


def _placement(placed: Placement, name: str | None) -> PlacementAnswer:
    return PlacementAnswer(
        id=placed.id,
        site_id=placed.site,
        learner=None if placed.person is None else Named(id=placed.person, name=name or ""),
        journeyworkers=placed.words or None,
        number=placed.number,
        since=placed.since.isoformat(),
        until=_day(placed.until),
    )


def _level(level: Level) -> LevelAnswer:
    return LevelAnswer(
        since=level.since.isoformat(),
        until=_day(level.until),
        apprentices=level.number,
        journeyworkers=level.journeyworkers,
        needed=level.needed,
        holds=level.holds,
    )


def _breach(breach: Breach) -> BreachAnswer:
    return BreachAnswer(
        since=breach.since.isoformat(),
        until=_day(breach.until),
        causes=[
            CauseAnswer(
                who=one.presence.who,
                number=one.presence.number,
                change="begins" if one.begins else "leaves",
            )
            for one in breach.causes
        ],
        journeyworkers_more=breach.journeyworkers,
        apprentices_elsewhere=breach.apprentices,
        eased_on=_day(breach.eased),
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@post("/sites", opt=PLANNING, operation_id="openSite", tags=RATIO, status_code=201, responses=changing())
async def add_site(
    request: AnyRequest, data: JSONBody[SiteAsked], idempotency_key: IdempotencyKey = None
) -> Response[SiteAnswer]:
    """Open a site of an employer from a day on."""

    async def work() -> SiteAnswer:
        site = await open_site(
            asking(request).actor,
            employer=data.employer_id,
            name=data.name,
            opened=data.opened,
            now=now_of(request),
        )
        return _site(site)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


@post(
    "/sites/{site_id:uuid}/placements",
    opt=PLANNING,
    operation_id="place",
    tags=RATIO,
    status_code=201,
    responses=changing(),
)
async def place(
    request: AnyRequest,
    site_id: FromPath[UUID],
    data: JSONBody[PlacementAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[PlacementAnswer]:
    """Place an apprentice at a site, or say which journeyworkers are there."""

    async def work() -> PlacementAnswer:
        placed = await _placed(request, site_id, data)
        names = await names_of([placed.person] if placed.person else [])
        return _placement(placed, names.get(placed.person) if placed.person else None)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


async def _placed(request: AnyRequest, site: UUID, data: PlacementAsked) -> Placement:
    actor, now = asking(request).actor, now_of(request)
    days = Stretch(since=data.since, until=data.until)
    if data.learner_id is not None and data.journeyworkers is None:
        if data.number != 1:
            raise Invalid("An apprentice is one person.", where="number")
        return await place_apprentice(actor, site, data.learner_id, days, now=now)
    if data.learner_id is None and data.journeyworkers is not None:
        return await place_journeyworkers(
            actor, site, days, words=data.journeyworkers, number=data.number, now=now
        )
    raise Invalid("Name an apprentice or journeyworkers, not both.", where="learner_id")


@post(
    "/placements/{placement_id:int}/end",
    opt=PLANNING,
    operation_id="endPlacement",
    tags=RATIO,
    status_code=201,
    responses=changing(),
)
async def end(
    request: AnyRequest,
    placement_id: FromPath[int],
    data: JSONBody[EndAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[PlacementAnswer]:
    """End a placement; an end is kept beside it and only makes it shorter."""

    async def work() -> PlacementAnswer:
        ended = await end_placement(asking(request).actor, placement_id, until=data.ends, now=now_of(request))
        names = await names_of([ended.person] if ended.person else [])
        return _placement(ended, names.get(ended.person) if ended.person else None)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


HANDLERS: list[Any] = [read_ratio, add_site, place, end]
