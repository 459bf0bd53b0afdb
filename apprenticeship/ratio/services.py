"""Sites of an employer, who is placed there, and whether the registered ratio holds there over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from apprenticeship.audit.services import record
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.services import FURTHEST_AHEAD
from apprenticeship.evidence.checking import OLDEST
from apprenticeship.people import repo as people
from apprenticeship.people.model import Listed, Organisation, Stretch
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor
from apprenticeship.ratio import repo
from apprenticeship.ratio.counting import breaches_of, levels_of
from apprenticeship.ratio.model import Breach, Level, Placement, Presence, Site
from apprenticeship.ratio.presence import Registration, Roll, presences_of
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.standing.worlds import world_of
from apprenticeship.store import transaction
from apprenticeship.texts import check_text
from apprenticeship.views_people import names_of, organisations_for

LONGEST_NAME = 200
MOST_JOURNEYWORKERS = 10_000
WARNED_AHEAD = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class SiteReport:
    """One site: who is placed there, who counts, and what that means for the ratio, over all its days.

    Attributes:
        names: of the apprentices placed there.
        breaches: every run of days on which the ratio does not hold, also those that are over.
    """

    site: Site
    employer: str
    placements: tuple[Placement, ...]
    names: dict[UUID, str]
    presences: tuple[Presence, ...]
    levels: tuple[Level, ...]
    breaches: tuple[Breach, ...]

    def ahead(self, day: date, days: timedelta = WARNED_AHEAD) -> tuple[Breach, ...]:
        """Return the runs that are going on or begin within so many days."""
        return tuple(
            one for one in self.breaches if one.since < day + days and (one.until is None or day < one.until)
        )


@dataclass(frozen=True, kw_only=True)
class RatioReport:
    """Every site of the actor's employers.

    Attributes:
        unplaced: apprentices registered on the day and employed there, whom no site has.
        employers: where the actor may open sites.
        apprentices: everybody who may be placed, by name.
    """

    sites: tuple[SiteReport, ...]
    unplaced: tuple[Listed, ...]
    employers: tuple[Organisation, ...]
    apprentices: tuple[Listed, ...]


async def ratio_report(actor: Actor, *, now: datetime) -> RatioReport:
    """Return how the ratio stands at every site that the actor plans, over all days."""
    employers = await organisations_for(actor, Action.PLAN_SITES, now=now)
    sites = await repo.sites_of([one.id for one in employers])
    placed = await repo.placements_at([one.id for one in sites])
    jobs = [job for one in employers for job in await people.employed_by(one.id)]
    persons = sorted({job.person for job in jobs} | {one.person for one in placed if one.person is not None})
    roll = Roll(
        names=await names_of(persons),
        registrations=await _registrations(persons),
        employments={person: [job for job in jobs if job.person == person] for person in persons},
    )
    known = {one.id: one.name for one in employers}
    reports = tuple(_site_report(site, known[site.employer], placed, roll) for site in sites)
    today = now.date()
    there = {one.person for one in placed if one.covers(today)}
    lines = sorted(
        (Listed(id=person, name=roll.names[person]) for person in persons), key=lambda one: one.name
    )
    return RatioReport(
        sites=reports,
        unplaced=tuple(one for one in lines if one.id not in there and _at_work(one.id, roll, today)),
        employers=employers,
        apprentices=tuple(one for one in lines if one.id in roll.registrations),
    )


def _at_work(person: UUID, roll: Roll, day: date) -> bool:
    """Whether somebody is registered and employed on a day."""
    ties = (roll.registrations.get(person, ()), roll.employments.get(person, ()))
    return all(any(one.covers(day) for one in tie) for tie in ties)


def _site_report(site: Site, employer: str, placed: Sequence[Placement], roll: Roll) -> SiteReport:
    here = tuple(one for one in placed if one.site == site.id)
    presences = presences_of(here, roll, site.employer)
    return SiteReport(
        site=site,
        employer=employer,
        placements=here,
        names={one.person: roll.names[one.person] for one in here if one.person is not None},
        presences=presences,
        levels=levels_of(presences),
        breaches=breaches_of(presences),
    )


async def _registrations(persons: Sequence[UUID]) -> dict[UUID, list[Registration]]:
    found: dict[UUID, list[Registration]] = {}
    for one in await enrolments.of_people(persons):
        program = (await world_of(one.standards)).programs[one.program_key]
        found.setdefault(one.person, []).append(
            Registration(
                since=one.registered,
                until=one.ended,
                title=program.title,
                ratio=program.ratio,
                term_months=program.term_months,
                suspended=one.suspended,
            )
        )
    return found


async def open_site(actor: Actor, *, employer: UUID, name: str, opened: date, now: datetime) -> Site:
    """Open a site of an employer from a day on.

    Raises:
        Missing: there is no such employer, or the actor does not plan its sites.
        Invalid: it has no name, or the day is out of range.
        AlreadyDecided: the employer has a site of this name.
    """
    name = name.strip()
    _check_words(name, where="name", asked="Give the site a name.")
    _check_day(opened, now, where="opened")
    async with transaction():
        permit(actor, Action.PLAN_SITES, await organisation_resource(employer), now)
        site = Site(
            id=uuid4(), employer=employer, name=name, opened=opened, created_at=now, created_by=actor.person
        )
        if not await repo.add_site(site):
            raise AlreadyDecided(f"There is a site {name!r} already.")
        await record(actor, Action.PLAN_SITES, "work_site", site.id, now=now, detail={"name": name})
    return site


async def place_apprentice(
    actor: Actor, site: UUID, person: UUID, days: Stretch, *, now: datetime
) -> Placement:
    """Place an apprentice at a site from a day on.

    Raises:
        Missing: there is no such site, or the actor does not plan it.
        Invalid: the days are out of range, or the person is not employed there on the first day.
        AlreadyDecided: the person is at a site on some of these days.
    """
    try:
        async with transaction():
            found = await _planned(actor, site, now)
            _check_days(found, days, now)
            await people.lock_people([person])
            jobs = await people.employments_of([person])
            if not any(job.employer == found.employer and job.covers(days.since) for job in jobs):
                raise Invalid("This person is not employed here on that day.", where="person")
            new = _placement(actor, site, days, now)
            return await _kept(actor, replace(new, person=person), now)
    except asyncpg.ExclusionViolationError as error:
        raise AlreadyDecided("This person is at a site on some of these days; end that first.") from error


async def place_journeyworkers(
    actor: Actor, site: UUID, days: Stretch, *, words: str, number: int, now: datetime
) -> Placement:
    """Say that so many journeyworkers are at a site from a day on; `words` names them as the shop does.

    Raises:
        Missing: there is no such site, or the actor does not plan it.
        Invalid: the days or the number are out of range, or nothing says who they are.
    """
    words = words.strip()
    _check_words(words, where="words", asked="Say who they are: a name, a shift, a crew.")
    if not 1 <= number <= MOST_JOURNEYWORKERS:
        raise Invalid(f"A number from 1 to {MOST_JOURNEYWORKERS:,}.", where="number")
    async with transaction():
        _check_days(await _planned(actor, site, now), days, now)
        new = _placement(actor, site, days, now)
        return await _kept(actor, replace(new, number=number, words=words), now)


async def end_placement(actor: Actor, placement: int, *, until: date, now: datetime) -> Placement:
    """End a placement before a day; one that ends on its first day never counted.

    Raises:
        Missing: there is no such placement, or the actor does not plan its site.
        Invalid: it would end before it begins, or not earlier than it does already.
    """
    _check_day(until, now, where="until")
    async with transaction():
        found = await repo.placement_of(placement) if abs(placement) < 2**63 else None
        if found is None:
            raise Missing("No such placement.")
        await _planned(actor, found.site, now)
        if until < found.since:
            raise Invalid(f"It begins on {found.since} and cannot end before.", where="until")
        if found.until is not None and until >= found.until:
            raise Invalid(f"It ends on {found.until} already; an end only makes it shorter.", where="until")
        await repo.end(placement, until, at=now, by=actor.person)
        detail = {"until": until, "site": str(found.site)}
        await record(actor, Action.PLAN_SITES, "placement", placement, now=now, detail=detail)
        return await repo.placement_of(placement) or found


async def _planned(actor: Actor, site: UUID, now: datetime) -> Site:
    found = await repo.site_of(site)
    if found is None:
        raise Missing("No such site.")
    permit(actor, Action.PLAN_SITES, await organisation_resource(found.employer), now)
    return found


async def _kept(actor: Actor, new: Placement, now: datetime) -> Placement:
    kept = await repo.place(new)
    detail = {"site": str(kept.site), "since": kept.since, "until": kept.until, "number": kept.number}
    await record(actor, Action.PLAN_SITES, "placement", kept.id, now=now, detail=detail)
    return kept


def _placement(actor: Actor, site: UUID, days: Stretch, now: datetime) -> Placement:
    return Placement(
        id=0,
        site=site,
        person=None,
        number=1,
        words="",
        since=days.since,
        until=days.until,
        entered_at=now,
        entered_by=actor.person,
    )


def _check_words(text: str, *, where: str, asked: str) -> None:
    if not text:
        raise Invalid(asked, where=where)
    check_text(text, longest=LONGEST_NAME, where=where)


def _check_days(site: Site, days: Stretch, now: datetime) -> None:
    _check_day(days.since, now, where="since")
    if days.since < site.opened:
        raise Invalid(f"The site opened on {site.opened}.", where="since")
    if days.until is None:
        return
    if days.until <= days.since:
        raise Invalid("The end lies not after the beginning; leave it empty for an open end.", where="until")
    _check_day(days.until, now, where="until", ahead=10)


def _check_day(day: date, now: datetime, *, where: str, ahead: int = 1) -> None:
    if not OLDEST <= day <= now.date() + ahead * FURTHEST_AHEAD:
        raise Invalid(f"{day} is out of range; look at the year.", where=where)


def soonest(reports: Iterable[SiteReport], day: date) -> tuple[tuple[SiteReport, Breach], ...]:
    """Return every warning, the soonest first."""
    found = [(report, one) for report in reports for one in report.ahead(day)]
    return tuple(sorted(found, key=lambda pair: (pair[1].since, pair[0].site.name)))
