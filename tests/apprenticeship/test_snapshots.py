"""After whatever was written, the snapshot of a person says what the rows say."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.services import enrol
from apprenticeship.evidence import repo
from apprenticeship.evidence.model import Addition, Evidence, EvidenceKind, Fact
from apprenticeship.evidence.services import append, correct, hand_in, log_hours
from apprenticeship.migrations import migrate
from apprenticeship.outbox.model import Work
from apprenticeship.outbox.services import hand_out, run
from apprenticeship.people.model import Stretch
from apprenticeship.people.repo import person_of
from apprenticeship.policy import Actor
from apprenticeship.refusals import Refusal
from apprenticeship.roster.model import Keep
from apprenticeship.roster.services import TOPIC, import_chunk, prepare, start
from apprenticeship.signoff.model import Verdict
from apprenticeship.signoff.services import rate, send_back, sign_off, submit
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.snapshots.model import Kept, identifiers
from apprenticeship.snapshots.seeing import seen_in
from apprenticeship.snapshots.services import rebuild
from apprenticeship.standing.facts import person_with
from apprenticeship.standing.worlds import world_of
from apprenticeship.store import open_store, transaction
from graph.dates import merge_spans
from graph.facts import CourseResult, Person, Revocation
from graph.gates.columns import person_at
from graph.world import World
from tests.apprenticeship.acting import CHUCKING, DAY, acting, competency, rows, value
from tests.apprenticeship.rosters import csv_file
from tests.thoroughness import DEEPER
from tests.web.shop import BEGAN, NOW, Shop

APPRENTICES = ("ada", "ben", "cho")
COMPETENCIES = ("chucking", "layout", "square-block", "housekeeping")
CREDENTIALS = ("mms", "tcs1", "jpbl")
ODD_GRADES = ("A", "D", "F", "pass", None)


def course(grade: str | None, *, hours: int | None = None, result: str | None = None) -> Fact:
    return Fact(
        kind=EvidenceKind.COURSE,
        subject="ri-machining:ri-101",
        happened_on=DAY,
        grade=grade,
        result=result,
        minutes=hours and hours * 60,
        work_process="rti" if hours else None,
    )


class Writer:
    """Writes about the apprentices of the shop, through the services, as the dice fall."""

    def __init__(self, shop: Shop, dice: Random) -> None:
        self.shop, self.dice = shop, dice
        self.now = NOW
        self.ways: list[Callable[[], Awaitable[object]]] = [
            *(self.hand, self.log, self.mend, self.resubmit, self.sign, self.send, self.rate),
            *(self.waive, self.revoke, self.enrol, self.draft),
        ]

    async def write(self) -> None:
        """One write; what is refused has changed nothing."""
        self.now += timedelta(minutes=self.dice.randrange(3))
        with suppress(Refusal):
            await self.dice.choice(self.ways)()

    @property
    def day(self) -> date:
        return DAY - timedelta(days=self.dice.randrange(40))

    async def actor(self) -> Actor:
        return await acting(self.shop, self.dice.choice(APPRENTICES))

    def fact(self) -> Fact:
        dice = self.dice
        told: dict[str, Any] = dice.choice(
            [
                {"kind": EvidenceKind.COMPETENCY, "subject": f"nims-machining-1:{dice.choice(COMPETENCIES)}"},
                {
                    "kind": EvidenceKind.CREDENTIAL,
                    "subject": f"nims-machining-1:{dice.choice(CREDENTIALS)}",
                    "part": dice.choice(["theory", "performance", None]),
                },
            ]
        )
        result = dice.choice([None, None, "fail", "pass"])
        return dice.choice(
            [
                Fact(**told, happened_on=self.day, result=result),
                replace(
                    course(dice.choice(ODD_GRADES), hours=dice.choice([None, 36]), result=result),
                    happened_on=self.day,
                ),
                Fact(
                    kind=EvidenceKind.SCORE,
                    subject="act-ncrc:ncrc-math",
                    happened_on=self.day,
                    score=dice.randrange(3, 7),
                ),
            ]
        )

    async def hand(self) -> object:
        return await hand_in(await self.actor(), self.fact(), note=None, now=self.now)

    async def draft(self) -> object:
        return await hand_in(await self.actor(), self.fact(), note="To be sent.", now=self.now, draft=True)

    async def log(self) -> object:
        minutes = self.dice.randrange(1, 480)
        return await log_hours(
            await self.actor(),
            happened_on=self.day,
            work_process="milling",
            minutes=minutes,
            note=None,
            now=self.now,
        )

    async def some_entry(self, actor: Actor) -> Evidence:
        return self.dice.choice(await repo.current([actor.person]))

    async def mend(self) -> object:
        actor = await self.actor()
        latest = await self.some_entry(actor)
        mended = replace(latest.fact, happened_on=self.day)
        return await correct(actor, latest.entry, mended, note=None, now=self.now)

    async def resubmit(self) -> object:
        actor = await self.actor()
        return await submit(actor, [(await self.some_entry(actor)).entry], now=self.now)

    async def waiting(self) -> list[Evidence]:
        found = list(await repo.waiting([self.shop.people[name] for name in APPRENTICES]))
        return self.dice.sample(found, min(2, len(found)))

    async def sign(self) -> object:
        verdicts = [Verdict(row=row.id) for row in await self.waiting()]
        return await sign_off(await acting(self.shop, "mentor"), verdicts, note=None, now=self.now)

    async def send(self) -> object:
        ids = [row.id for row in await self.waiting()]
        return await send_back(await acting(self.shop, "mentor"), ids, reason="Once more.", now=self.now)

    async def rate(self) -> object:
        ratings = {f"nims-machining-1:{self.dice.choice(COMPETENCIES)}": self.dice.choice([None, 2, 4])}
        mentor, person = (
            await acting(self.shop, "mentor"),
            self.shop.people[self.dice.choice(APPRENTICES[:2])],
        )
        return await rate(mentor, person, ratings, happened_on=self.day, note=None, now=self.now)

    async def decided(self, person: UUID, fact: Fact) -> object:
        by = self.shop.people["employer"]
        addition = Addition(person=person, fact=fact, status=None, recorded=self.now, recorded_by=by)
        async with transaction():
            return await append([addition])

    async def waive(self) -> object:
        until = self.dice.choice([None, DAY + timedelta(days=200)])
        fact = Fact(
            kind=EvidenceKind.WAIVER, subject=CHUCKING, waives="competency", happened_on=self.day, until=until
        )
        return await self.decided((await self.actor()).person, fact)

    async def revoke(self) -> object:
        actor = await self.actor()
        entry = (await self.some_entry(actor)).entry
        fact = Fact(kind=EvidenceKind.REVOCATION, happened_on=self.day, revokes=entry)
        return await self.decided(actor.person, fact)

    async def enrol(self) -> object:
        person, admin = (await self.actor()).person, await acting(self.shop, "admin")
        program = self.dice.choice(["machinist", "cnc-machinist-hybrid", "cnc-operator-turning"])
        day = BEGAN + timedelta(days=self.dice.randrange(500))
        return await enrol(
            admin, person, sponsor=self.shop.employer, program=program, registered=day, now=self.now
        )


def plain(person: Person) -> Person:
    """The same, as columns can say it: entries by number, without what proves nothing and what they do not hold."""
    facts = [fact for fact in person.facts if not isinstance(fact, CourseResult) or fact.passed]
    number = {name: f"{place}" for place, name in enumerate(sorted({fact.id for fact in facts}))}
    told: list[Any] = []
    for fact in sorted(facts, key=lambda one: (one.on, one.recorded, one.id)):
        renamed: Any = replace(fact, id=number[fact.id])
        if isinstance(renamed, CourseResult):
            renamed = replace(renamed, college=None, credits=0)
        if isinstance(renamed, Revocation):
            if renamed.revokes not in number:
                continue
            renamed = replace(renamed, revokes=number[renamed.revokes])
        told.append(renamed)
    registered = tuple(
        replace(
            one, suspended=tuple((a, None if b == date.max else b) for a, b in merge_spans(one.suspended))
        )
        for one in person.enrolments
    )
    return Person("", "", registered, tuple(told))


async def by_rows(person: UUID, world: World) -> Person:
    known = await person_of(person)
    assert known is not None
    return person_with(world, known, await enrolments.of_people([person]), await repo.current([person]))


async def worlds_in_use() -> list[World]:
    everybody = [row["person"] for row in await rows("SELECT DISTINCT person FROM enrolment")]
    pins = {one.standards for one in await enrolments.of_people(everybody)}
    return [await world_of(ids) for ids in sorted(pins)]


async def kept_of(people: list[UUID]) -> Kept:
    async with transaction():
        return await snapshots.among(people)


async def check(people: list[UUID], worlds: list[World]) -> None:
    kept = await kept_of(people)
    for world in worlds:
        seen = seen_in(world, kept.crowd)
        for place, person in enumerate(identifiers(kept.people)):
            assert plain(person_at(seen, place)) == plain(await by_rows(person, world))


async def kept_wrongly() -> list[UUID]:
    async with transaction():
        return await snapshots.wrong()


@pytest.mark.parametrize("seed", range(2 * DEEPER))
async def test_after_any_writes_a_snapshot_says_what_the_rows_say(seed: int, shop: Shop) -> None:
    writer, people = Writer(shop, Random(seed)), [shop.people[name] for name in (*APPRENTICES, "stranger")]
    for number in range(40):
        await writer.write()
        if number % 5 == 0:
            await check(people, await worlds_in_use())
    assert await kept_wrongly() == []
    written = await value("SELECT count(*) FROM evidence")
    assert written > 20, "most writes were refused"


async def test_a_grade_passes_or_fails_by_the_standards_of_the_reader(shop: Shop) -> None:
    ada = shop.people["ada"]
    for grade in ("C", "F"):
        await hand_in(await acting(shop, "ada"), course(grade, hours=36), note=None, now=NOW)
    (machinist, *_) = await worlds_in_use()
    strict, lenient = (with_grades(machinist, grades) for grades in (("A", "B"), ("A", "F")))
    crowd = (await kept_of([ada])).crowd

    def grades(world: World) -> list[str | None]:
        told = person_at(seen_in(world, crowd), 0).facts
        found = courses(told)
        assert sum(getattr(fact, "within", "") == "rti" for fact in told) == len(found)
        return [one.grade for one in found]

    assert grades(machinist) == ["C"]
    assert grades(strict) == []
    assert grades(lenient) == ["F"]


def courses(told: Any) -> list[CourseResult]:
    return [fact for fact in told if isinstance(fact, CourseResult)]


def with_grades(world: World, grades: tuple[str, ...]) -> World:
    framework = replace(world.frameworks["ri-machining"], grades=grades)
    return replace(world, frameworks={**world.frameworks, "ri-machining": framework})


async def test_of_two_who_write_at_once_the_later_sees_both(shop: Shop) -> None:
    ada, admin = await acting(shop, "ada"), await acting(shop, "admin")
    again = BEGAN + timedelta(days=300)
    await asyncio.gather(
        *(hand_in(ada, competency(f"nims-machining-1:{name}"), note=None, now=NOW) for name in COMPETENCIES),
        enrol(admin, ada.person, sponsor=shop.employer, program="machinist", registered=again, now=NOW),
        log_hours(ada, happened_on=DAY, work_process="milling", minutes=60, note=None, now=NOW),
    )
    assert await kept_wrongly() == []


async def test_two_who_need_a_new_number_at_once_get_two(shop: Shop) -> None:
    everybody = [await acting(shop, name) for name in APPRENTICES]
    await asyncio.gather(
        *(
            hand_in(actor, course(grade), note=None, now=NOW)
            for actor, grade in zip(everybody, ("A", "B", "C"), strict=True)
        )
    )
    assert await kept_wrongly() == []
    for table in ("snapshot_subject", "snapshot_program", "snapshot_grade", "snapshot_standards"):
        numbers = [row["number"] for row in await rows(f"SELECT number FROM {table} ORDER BY number")]  # noqa: S608 - from the line above
        assert numbers == list(range(len(numbers)))


async def test_what_is_rolled_back_was_never_kept(shop: Shop) -> None:
    before = await rows("SELECT person, facts FROM evidence_snapshot ORDER BY person")
    words = await value("SELECT count(*) FROM snapshot_subject")

    async def fail() -> None:
        async with transaction():
            await hand_in(await acting(shop, "ada"), course("A"), note=None, now=NOW)
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        await fail()
    assert await rows("SELECT person, facts FROM evidence_snapshot ORDER BY person") == before
    assert await value("SELECT count(*) FROM snapshot_subject") == words


async def test_suspended_spans_are_kept_merged(shop: Shop) -> None:
    ada = shop.people["ada"]
    (one, *_) = await enrolments.of_people([ada])
    spans = [
        (date(2025, 8, 1), date(2025, 9, 1)),
        (date(2025, 7, 1), date(2025, 8, 1)),
        (date(2026, 3, 1), None),
    ]
    again = replace(
        one,
        id=UUID(int=7),
        registered=BEGAN + timedelta(days=9),
        ended=date(2026, 6, 1),
        suspended=tuple(Stretch(since=since, until=until) for since, until in spans),
    )
    async with transaction():
        await enrolments.add([again])
    await check([ada], await worlds_in_use())
    (_, second) = person_at((await kept_of([ada])).crowd, 0).enrolments
    assert second.suspended == ((date(2025, 7, 1), date(2025, 9, 1)), (date(2026, 3, 1), None))
    assert second.ended == date(2026, 6, 1)


async def test_an_import_keeps_the_snapshots_of_everybody_in_it(shop: Shop) -> None:
    heading = ("number", "name", "program", "registered", "credential", "hours", "work process", "date")
    cells = [(f"N-{n}", f"Person {n}", "machinist", "2026-02-02", "", "", "", "") for n in range(30)]
    cells += [(f"N-{n}", f"Person {n}", "", "", "", "8", "milling", "2026-03-02") for n in range(30)]
    boss = await acting(shop, "employer")
    job = await prepare(boss, shop.employer, file_name="a.csv", data=csv_file(cells, heading), now=NOW)
    await start(boss, job.id, Keep.GOOD, now=NOW)

    async def never(*_: Any) -> None:
        raise AssertionError

    for errand in await hand_out(now=NOW):
        assert errand.topic == TOPIC
        assert await run(errand.id, Work(do=import_chunk, give_up=never), now=NOW)
    assert await value("SELECT count(*) FROM evidence_snapshot") == 33
    assert await kept_wrongly() == []


BACK = {
    "standards": "DROP TABLE snapshot_standards; ALTER TABLE evidence_snapshot DROP standards;",
    "snapshots": "DROP TABLE evidence_snapshot, snapshot_subject, snapshot_program, snapshot_grade, snapshot_change;",
}


@pytest.mark.parametrize("undone", [("standards",), ("standards", "snapshots")])
async def test_migrating_makes_the_snapshots_of_what_was_there_before(
    shop_url: str, shop_template: tuple[str, Shop], undone: tuple[str, ...]
) -> None:
    connection = await asyncpg.connect(shop_url)
    for name in undone:
        await connection.execute(BACK[name])
        await connection.execute("DELETE FROM schema_version WHERE name = $1", name)
    await connection.close()
    assert await migrate(shop_url) == tuple(reversed(undone))
    async with open_store(shop_url):
        assert await kept_wrongly() == []
        people = [shop_template[1].people[name] for name in APPRENTICES]
        await check(people, await worlds_in_use())


async def test_a_rebuild_mends_what_was_written_past_the_product(shop: Shop) -> None:
    await rows("UPDATE enrolment SET ended = '2026-06-30' WHERE person = $1", shop.people["ada"])
    await rows("DELETE FROM evidence_snapshot WHERE person = $1", shop.people["ben"])
    assert set(await kept_wrongly()) == {shop.people["ada"], shop.people["ben"]}
    assert await rebuild() == 3
    assert await kept_wrongly() == []
    await check([shop.people[name] for name in APPRENTICES], await worlds_in_use())


async def test_people_of_whom_nothing_is_kept_are_left_out(shop: Shop) -> None:
    kept = await kept_of([shop.people["stranger"], shop.people["ada"], UUID(int=5)])
    assert identifiers(kept.people) == [shop.people["ada"]]
    assert len(person_at(kept.crowd, 0).facts) == 7
    assert (await kept_of([])).crowd.size == 0


async def test_whoever_is_in_a_program_is_there_by_the_versions_of_the_latest_registration(
    shop: Shop,
) -> None:
    ada = shop.people["ada"]
    (first,) = await enrolments.of_people([ada])
    ending = replace(
        first, id=UUID(int=8), registered=BEGAN + timedelta(days=100), ended=BEGAN + timedelta(days=200)
    )
    older = replace(ending, id=UUID(int=9), registered=BEGAN + timedelta(days=150), ended=None, frameworks=())
    async with transaction():
        await enrolments.add([ending, older])
    kept = await kept_of(list(shop.people.values()))

    def members(days: int) -> dict[tuple[UUID, ...], set[UUID]]:
        found = kept.members("machinist", BEGAN + timedelta(days=days))
        return {versions: set(identifiers(own.people)) for versions, own in found.items()}

    pinned = (first.program, *sorted(first.frameworks))
    ben = shop.people["ben"]
    assert members(-1) == {}
    assert members(0) == members(100) == {pinned: {ada, ben}}
    assert members(150) == members(900) == {(first.program,): {ada}, pinned: {ben}}
    assert kept.members("nothing", BEGAN) == {}


async def test_whose_latest_registration_has_ended_is_no_longer_in_the_program(shop: Shop) -> None:
    ada = shop.people["ada"]
    await rows("UPDATE enrolment SET ended = registered + 10 WHERE person = $1", ada)
    await rebuild()
    kept = await kept_of([ada])
    assert [len(kept.members("machinist", BEGAN + timedelta(days=days))) for days in (9, 10)] == [1, 0]
