"""Nobody works alone on what their record does not support; what it no longer supports is said at once."""

import asyncio
from datetime import date, datetime, timedelta

import asyncpg
import pytest

from apprenticeship.alone.model import Kind, Supported
from apprenticeship.alone.rules import possible
from apprenticeship.alone.services import release, releases_of, take_back, unsupported_when_given
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction
from graph.evaluating import State
from tests.apprenticeship.acting import LATER, acting, rows, value
from tests.web.shop import NOW, Shop

pytestmark = pytest.mark.stack
TODAY = NOW.date()
MET = "nims-machining-1:part-inspection"
SIGNED = date(2025, 3, 3)
AFTER = LATER + timedelta(hours=1)


async def standing(shop: Shop, name: str = "ada", as_of: date = TODAY) -> Standing:
    (found,) = await standings_of([shop.people[name]], as_of=as_of)
    return found


async def released(shop: Shop, subject: str = MET, since: date = TODAY, by: str = "mentor") -> None:
    kind = Kind.COMPETENCY if subject.startswith("nims") else Kind.WORK_PROCESS
    await release(
        await acting(shop, by), shop.people["ada"], kind=kind, subject=subject, since=since, now=LATER
    )


async def only(shop: Shop) -> Supported:
    (found,) = await releases_of(await standing(shop))
    return found


async def add(shop: Shop, *facts: Fact, recorded: datetime = NOW) -> None:
    async with transaction():
        await append(
            [
                Addition(
                    person=shop.people["ada"],
                    fact=fact,
                    status=None
                    if fact.kind in (EvidenceKind.WAIVER, EvidenceKind.REVOCATION)
                    else Status.VERIFIED,
                    recorded=recorded,
                    recorded_by=shop.people["mentor"],
                )
                for fact in facts
            ]
        )


async def test_what_the_record_shows_may_be_done_alone(shop: Shop) -> None:
    await released(shop)
    found = await only(shop)
    assert (found.holds, found.lacks, found.release.since) == (True, (), TODAY)
    assert found.release.because
    assert await unsupported_when_given() == ()
    with pytest.raises(AlreadyDecided):
        await released(shop)
    assert await value("SELECT count(*) FROM audit_entry WHERE action = 'alone.release'") == 1


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("nims-machining-1:chucking", "Chucking.*: waits for sign-off"),
        ("nims-machining-1:drill-press", "Drill Press.*: not shown yet"),
        ("nims-machining-1:nowhere", "no competency 'nims-machining-1:nowhere'"),
        ("machinist:nowhere", "no work process 'machinist:nowhere'"),
    ],
)
async def test_what_the_record_does_not_show_is_refused_and_named(
    shop: Shop, subject: str, said: str
) -> None:
    with pytest.raises(Invalid, match=f"(?i){said}") as refused:
        await released(shop, subject)
    assert refused.value.where == "subject"
    assert await value("SELECT count(*) FROM alone_release") == 0


async def test_a_work_process_takes_every_one_of_its_competencies(shop: Shop) -> None:
    of = await standing(shop)
    lacks = {
        one.key: [key for key in one.competencies if of.evaluation.competencies[key].state is not State.MET]
        for one in of.program.work_processes
    }
    process, lacking = max(lacks.items(), key=lambda one: len(one[1]))
    assert len(lacking) > 1
    with pytest.raises(Invalid, match="the record does not support this"):
        await released(shop, process)
    await add(
        shop,
        *(Fact(kind=EvidenceKind.COMPETENCY, subject=key, happened_on=TODAY) for key in lacking[:-1]),
    )
    with pytest.raises(Invalid) as refused:
        await released(shop, process)
    assert str(refused.value).count("not shown yet") == 1, "one thing is missing"
    await add(shop, Fact(kind=EvidenceKind.COMPETENCY, subject=lacking[-1], happened_on=TODAY))
    await released(shop, process)
    assert (Kind.WORK_PROCESS, process) in {one[:2] for one in possible(await standing(shop))}


async def test_a_waiver_gives_credit_and_shows_nothing_at_the_machine(shop: Shop) -> None:
    subject = "nims-machining-1:drill-press"
    await add(
        shop,
        Fact(kind=EvidenceKind.WAIVER, waives="competency", subject=subject, happened_on=SIGNED),
    )
    with pytest.raises(Invalid, match="waived, but not shown"):
        await released(shop, subject)


async def test_the_record_has_to_support_it_on_the_day_and_today(shop: Shop) -> None:
    await released(shop, since=SIGNED)
    for since in (SIGNED - timedelta(days=1), TODAY + timedelta(days=1), date(1900, 1, 1)):
        with pytest.raises(Invalid):
            await released(shop, "nims-machining-1:housekeeping", since=since)


async def test_a_revoked_sign_off_ends_it_at_once_and_says_why(shop: Shop) -> None:
    await released(shop)
    entry = next(row for row in (await standing(shop)).evidence if row.fact.subject == MET)
    await add(
        shop, Fact(kind=EvidenceKind.REVOCATION, revokes=entry.entry, happened_on=TODAY), recorded=AFTER
    )
    found = await only(shop)
    assert not found.holds
    assert [lack.competency for lack in found.lacks] == [MET]
    assert found.release.until is None, "what was given stays written down"
    assert await unsupported_when_given() == (), "it was supported when it was given"


async def test_it_is_taken_back_once_and_given_again(shop: Shop) -> None:
    await released(shop)
    number = (await only(shop)).release.id
    mentor, ada = await acting(shop, "mentor"), shop.people["ada"]
    await take_back(mentor, ada, number, now=LATER)
    assert not (await only(shop)).holds
    with pytest.raises(AlreadyDecided):
        await take_back(mentor, ada, number, now=LATER)
    with pytest.raises(Missing):
        await take_back(mentor, ada, number + 1, now=LATER)
    with pytest.raises(Missing):
        await take_back(mentor, shop.people["ben"], number, now=LATER)
    await released(shop)
    assert [one.holds for one in await releases_of(await standing(shop))] == [True, False]


@pytest.mark.parametrize("who", ["ada", "ben", "admin", "registrar", "stranger"])
async def test_only_who_may_judge_the_work_lets_work_alone(shop: Shop, who: str) -> None:
    with pytest.raises(Missing):
        await released(shop, by=who)


async def test_it_is_given_once_however_many_try_at_once(shop: Shop) -> None:
    async def attempt() -> str:
        try:
            await released(shop)
        except AlreadyDecided:
            return "late"
        return "given"

    assert sorted(await asyncio.gather(*(attempt() for _ in range(8)))) == ["given"] + ["late"] * 7


@pytest.mark.parametrize("table", ["alone_release", "alone_end"])
async def test_rows_are_only_added(shop: Shop, table: str) -> None:
    await released(shop)
    await take_back(
        await acting(shop, "mentor"), shop.people["ada"], (await only(shop)).release.id, now=LATER
    )
    with pytest.raises(asyncpg.RestrictViolationError):
        await rows(f"DELETE FROM {table}")  # noqa: S608 - from the table above
