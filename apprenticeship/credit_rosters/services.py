"""Roster checks: asked for by a registrar, worked out in parts by the worker, and found again for a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.agreements.services import as_ended
from apprenticeship.audit.services import record
from apprenticeship.credit.cases import agreements_on, cases_of, college_key, model_of
from apprenticeship.credit.services import colleges_that_may_see
from apprenticeship.credit_decisions import repo as decisions
from apprenticeship.credit_decisions.model import CreditRequest, granted_by
from apprenticeship.credit_rosters import repo
from apprenticeship.credit_rosters.asking import Wanted, numbers_in, wanted_of
from apprenticeship.credit_rosters.model import CheckState, LearnerRow, RosterCheck
from apprenticeship.credit_rosters.working import Candidate, rows_of
from apprenticeship.outbox.model import Errand
from apprenticeship.outbox.services import ask
from apprenticeship.people import repo as people
from apprenticeship.people.model import Listed, Organisation, Role
from apprenticeship.people.services import learners_of, organisations_of, visible_learners
from apprenticeship.policy import Action, Actor, Learner, can
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.roster.reading import RosterTable
from apprenticeship.store import transaction
from standards.storage import repo as standards
from standards.storage.model import Published

WORK = "roster.check"
KEPT = timedelta(days=30)
SHOWN = 20
AT_ONCE = 250
MOST = 100_000


async def colleges_of(actor: Actor, *, now: datetime) -> tuple[Organisation, ...]:
    """Return the colleges that the actor may check a roster for."""
    return await organisations_of(actor, Role.REGISTRAR, now=now)


async def start(
    actor: Actor,
    college: UUID,
    table: RosterTable | None,
    *,
    now: datetime,
    at_once: int = AT_ONCE,
) -> RosterCheck:
    """Begin to work out what a college's agreements give to everybody whom it may see, or to those of a list.

    Args:
        actor: a registrar of the college.
        college: the college.
        table: the cells of an uploaded list; None for everybody.
        now: this moment; its day is the day that is asked about.
        at_once: how many learners are worked out in one part.

    Raises:
        Missing: the college is not the actor's.
        Invalid: there is nobody to check, no agreement, or the list cannot be read.
        AlreadyDecided: a check that this person asked for is being worked out.
    """
    place = next((one for one in await colleges_of(actor, now=now) if one.id == college), None)
    if place is None:
        raise Missing("No such college.")
    agreements = [one for one in await agreements_on(now.date()) if college_key(one) == place.key]
    if not agreements:
        raise Invalid("Your college has no published agreement.", where="college")
    wanted = await _wanted(actor, place, table, now)
    check = RosterCheck(
        id=uuid4(),
        asked_by=actor.person,
        college=place.id,
        as_of=now.date(),
        agreements=tuple(one.id for one in sorted(agreements, key=lambda one: one.key)),
        unfound=wanted.unfound,
        people=len(wanted.people),
        done=0,
        state=CheckState.RUNNING,
        created_at=now,
        finished_at=None,
    )
    async with transaction():
        await people.lock_people([actor.person])
        if await repo.running_by(actor.person):
            raise AlreadyDecided("A check of yours is being worked out already; wait until that is done.")
        await repo.forget_before(now - KEPT)
        await repo.add(check, wanted.people)
        for first in range(0, check.people, at_once):
            payload = {"check": str(check.id), "first": first, "until": first + at_once}
            await ask(WORK, f"{check.id} {first}", payload, now=now)
    return check


async def _wanted(actor: Actor, college: Organisation, table: RosterTable | None, now: datetime) -> Wanted:
    seen = await _seen(actor, college.id, now)
    if table is None:
        wanted = Wanted(tuple(one.id for one in seen), ())
    else:
        numbers = await people.people_by_number(college.id, numbers_in(table))
        wanted = wanted_of(table, seen, numbers)
        names = {one.id: (one.name, one.id) for one in seen}
        wanted = Wanted(tuple(sorted(wanted.people, key=names.__getitem__)), wanted.unfound)
    if not wanted.people:
        raise Invalid(_nobody(wanted), where="file" if table else "college")
    if len(wanted.people) > MOST:
        raise Invalid(f"At most {MOST:,} learners can be checked at once; upload a part.", where="file")
    return wanted


def _nobody(wanted: Wanted) -> str:
    if not wanted.unfound:
        return "There is nobody to check: nobody is on your roster, and nobody has given consent."
    first = wanted.unfound[0]
    return f"The list names nobody whom you may see. Row {first.row}, {first.said!r}: {first.why}."


async def _seen(actor: Actor, college: UUID, now: datetime) -> tuple[Listed, ...]:
    """Those whom this college may see; the actor may be a registrar of others, too."""
    only = Actor(
        actor.person, tuple(role for role in actor.roles if role.organisation == college), actor.suspended
    )
    return await visible_learners(only, Action.DECIDE_CREDIT, now=now)


async def work(errand: Errand, now: datetime) -> None:
    """Work out one part of a check, in the transaction that marks its errand done.

    Whether the college may see a learner is asked again now; each look is kept in the trail.
    """
    number = UUID(errand.payload["check"])
    check = await repo.check_of(number)
    if check is None or check.state is not CheckState.RUNNING:
        return
    wanted = await repo.people_between(number, errand.payload["first"], errand.payload["until"])
    rows = await _rows(check, wanted, now)
    held = await repo.hold(number)
    if held is None or held.state is not CheckState.RUNNING:
        return
    await repo.keep(number, rows)
    if held.done + len(rows) == held.people:
        await repo.end(number, CheckState.DONE, now)


async def _rows(check: RosterCheck, wanted: Sequence[UUID], now: datetime) -> list[LearnerRow]:
    actor = await actor_of_person(check.asked_by)
    learners = await learners_of(wanted)
    seen = [one for one in wanted if _may_see(actor, learners[one], check.college, now)]
    agreements = await _agreements(check)
    numbers = await people.numbers_of(check.college, seen)
    asked = _by_person(await decisions.of_people(seen))
    candidates = [
        Candidate(
            case=case,
            number=numbers.get(case.person.id, ""),
            granted=granted_by(asked.get(case.person.id, []), check.college, check.as_of),
            waiting=frozenset(one.agreement_key for one in asked.get(case.person.id, []) if one.is_open),
        )
        for case in await cases_of(seen, check.as_of)
    ]
    found = await rows_of(agreements, check.as_of, candidates)
    await _keep_looks(actor, check, agreements, list(found.values()), now)
    return [found.get(one) or _unseen(one) for one in wanted]


def _may_see(actor: Actor, learner: Learner, college: UUID, now: datetime) -> bool:
    allowed = can(actor, Action.DECIDE_CREDIT, learner, now).allowed
    return allowed and college in colleges_that_may_see(actor, learner, now)


async def _agreements(check: RosterCheck) -> tuple[Published, ...]:
    found = await as_ended(await standards.by_ids(check.agreements), known_at=check.created_at)
    return tuple(sorted(found, key=lambda one: one.key))


def _by_person(requests: Sequence[CreditRequest]) -> dict[UUID, list[CreditRequest]]:
    found: dict[UUID, list[CreditRequest]] = {}
    for one in requests:
        found.setdefault(one.person, []).append(one)
    return found


def _unseen(person: UUID) -> LearnerRow:
    why = "The consent or the place on your roster ended before this learner was looked at."
    return LearnerRow(person=person, name="", number="", lines=(), questions=(why,))


async def _keep_looks(
    actor: Actor,
    check: RosterCheck,
    agreements: Sequence[Published],
    rows: Sequence[LearnerRow],
    now: datetime,
) -> None:
    colleges = sorted({model_of(one).agreement.college for one in agreements})
    versions = {one.key: one.sha256 for one in agreements}
    for row in rows:
        credits_ = [
            {"key": line.agreement, "sha256": versions[line.agreement], "credits": line.credits}
            for line in row.lines
        ]
        detail = {"colleges": colleges, "agreements": credits_, "roster_check": str(check.id)}
        await record(actor, Action.READ_CREDIT, "person", row.person, now=now, detail=detail)


async def abandon(errand: Errand, now: datetime) -> None:
    """Give a check up of which a part failed too often."""
    async with transaction():
        held = await repo.hold(UUID(errand.payload["check"]))
        if held is not None and held.state is CheckState.RUNNING:
            await repo.end(held.id, CheckState.FAILED, now)


async def check_of(actor: Actor, check: UUID, *, now: datetime) -> RosterCheck:
    """Return a check that one asked for oneself, while one is a registrar of its college.

    Raises:
        Missing: there is none, or another one asked for it.
    """
    found = await repo.check_of(check)
    if (
        found is None
        or found.asked_by != actor.person
        or found.college not in actor.organisations(Role.REGISTRAR, now.date())
    ):
        raise Missing("No such check; they are kept for thirty days.")
    return found


async def learner_rows(
    actor: Actor,
    check: UUID,
    *,
    now: datetime,
    first: int = 0,
    limit: int | None = None,
    only_open: bool = False,
) -> tuple[LearnerRow, ...]:
    """Return the rows of a check of one's own from a place on, by name; `only_open`: those with open questions.

    Raises:
        Missing: see `check_of`.
    """
    found = await check_of(actor, check, now=now)
    return await repo.rows_of(found.id, first=first, limit=limit, only_open=only_open)


async def open_in(check: RosterCheck) -> int:
    """Return in how many rows of a check something is open."""
    return await repo.open_in(check.id)


async def checks_of(actor: Actor, *, now: datetime) -> tuple[RosterCheck, ...]:
    """Return the latest checks that one asked for oneself, the newest first."""
    colleges = actor.organisations(Role.REGISTRAR, now.date())
    return tuple(one for one in await repo.checks_by(actor.person, SHOWN) if one.college in colleges)
