"""Evidence is only ever added: corrections supersede, and what was known when stays answerable."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from apprenticeship.evidence import repo
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status, entry_of
from apprenticeship.evidence.services import (
    append,
    correct,
    entry_history,
    hand_in,
    history_of,
    log_hours,
    record_of,
)
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.signoff.model import Verdict
from apprenticeship.signoff.services import sign_off
from apprenticeship.standing.services import standing_of
from apprenticeship.store import transaction
from tests.apprenticeship.acting import CHUCKING, DAY, LATER, acting, award, competency, rows, value, waiting
from tests.web.shop import NOW, Shop


async def test_a_correction_supersedes_and_both_stay(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    first = await hand_in(ada, competency("nims-machining-1:layout", rating=2), note="First try.", now=NOW)
    other_day = competency("nims-machining-1:layout", rating=3, happened_on=DAY - timedelta(days=1))
    second = await correct(ada, first.entry, other_day, note="It was a day earlier.", now=LATER)
    assert (second.entry, second.supersedes, second.key) == (first.entry, first.id, first.key)
    assert entry_of(second.key) == first.entry
    assert await entry_history(ada, first.entry, now=LATER) == (first, second)
    assert second in await record_of(ada, ada.person, now=LATER)
    assert first not in await record_of(ada, ada.person, now=LATER)
    assert first in await record_of(ada, ada.person, now=LATER, known_at=NOW)
    assert second not in await record_of(ada, ada.person, now=LATER, known_at=NOW)
    assert first in await history_of(ada, ada.person, now=LATER)


async def test_as_of_asks_what_was_true_and_known_at_what_was_known(shop: Shop) -> None:
    ada, mentor = await acting(shop, "ada"), await acting(shop, "mentor")
    row = await waiting(shop, "ada")  # of 17 November, handed in on the 21st at three o'clock
    await sign_off(mentor, [Verdict(row=row.id)], note=None, now=LATER)
    asked = {
        ("before the day", "all is known"): (date(2026, 11, 16), None),
        ("on the day", "all is known"): (date(2026, 11, 17), None),
        ("on the day", "known before it was handed in"): (date(2026, 11, 17), NOW - timedelta(seconds=1)),
        ("on the day", "known before it was signed off"): (date(2026, 11, 17), LATER - timedelta(seconds=1)),
        ("on the day", "known when it was signed off"): (date(2026, 11, 17), LATER),
    }
    states = {}
    for question, (as_of, known_at) in asked.items():
        standing = await standing_of(ada, ada.person, as_of=as_of, known_at=known_at, now=LATER)
        assert standing is not None
        states[question] = str(standing.evaluation.competencies[CHUCKING].state)
    assert states[("on the day", "all is known")] == "met"
    assert states[("before the day", "all is known")] not in ("met", "pending")
    assert states[("on the day", "known before it was handed in")] not in ("met", "pending")
    assert states[("on the day", "known before it was signed off")] == "pending"
    assert states[("on the day", "known when it was signed off")] == "met"


async def test_a_clock_set_back_does_not_make_a_decision_older_than_what_it_decides(shop: Shop) -> None:
    mentor = await acting(shop, "mentor")
    row = await waiting(shop, "ada")
    (done,) = await sign_off(mentor, [Verdict(row=row.id)], note=None, now=NOW - timedelta(hours=5))
    assert done.recorded == row.recorded
    known = await repo.current([shop.people["ada"]], known_at=NOW - timedelta(minutes=1))
    assert all(one.entry != row.entry for one in known)


KEPT = ("evidence", "raise_decision", "audit_entry", "published_standard", "enrolment_framework")
CHANGES = ("UPDATE {} SET id = id", "DELETE FROM {}")


async def test_the_database_refuses_to_change_what_was_recorded(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    await award(
        boss,
        shop.people["ada"],
        program="machinist",
        step="machinist:s2",
        effective_on=NOW.date(),
        now=NOW,
    )
    for table in KEPT:
        before = await value(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of this test
        assert before > 0
        for change in CHANGES:
            with pytest.raises(asyncpg.RestrictViolationError, match="never changed"):
                await rows(change.format(table))
        with pytest.raises(asyncpg.RestrictViolationError):
            await rows(f"TRUNCATE {table} CASCADE")
        assert await value(f"SELECT count(*) FROM {table}") == before  # noqa: S608 - as above
    assert shop.people


async def test_people_with_a_history_cannot_be_deleted(shop: Shop) -> None:
    for table in ("person", "organisation", "enrolment", "evidence"):
        with pytest.raises((asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError)):
            await rows(f"DELETE FROM {table}")  # noqa: S608 - names of this test
    assert await value("SELECT count(*) FROM person") == len(shop.people)


async def test_notes_can_be_erased_and_the_facts_stay(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    added = await hand_in(ada, competency(), note="With Maria, at the big lathe.", now=NOW)
    await rows("DELETE FROM evidence_note WHERE evidence = $1", added.id)
    (again,) = await repo.entry(added.entry)
    assert (again.note, again.fact) == (None, added.fact)


async def test_what_is_signed_off_is_not_the_apprentices_to_change(shop: Shop) -> None:
    ada, mentor = await acting(shop, "ada"), await acting(shop, "mentor")
    row = await waiting(shop, "ada")
    await sign_off(mentor, [Verdict(row=row.id)], note=None, now=NOW)
    with pytest.raises(AlreadyDecided, match="signed off"):
        await correct(ada, row.entry, competency(), note=None, now=LATER)


async def test_nobody_corrects_for_another(shop: Shop) -> None:
    row = await waiting(shop, "ada")
    for name in ("ben", "mentor", "employer", "stranger"):
        with pytest.raises(Missing):
            await correct(await acting(shop, name), row.entry, competency(), note=None, now=NOW)
    with pytest.raises(Missing):
        await correct(await acting(shop, "ada"), 2**70, competency(), note=None, now=NOW)


async def test_who_may_read_a_record_is_asked_each_time(shop: Shop) -> None:
    ada = shop.people["ada"]
    row = await waiting(shop, "ada")
    for name in ("ada", "mentor", "employer", "registrar", "admin"):
        actor = await acting(shop, name)
        assert await record_of(actor, ada, now=NOW)
        assert await entry_history(actor, row.entry, now=NOW) == (row,)
    for name in ("ben", "cho", "stranger"):
        actor = await acting(shop, name)
        for ask in (
            lambda actor=actor: record_of(actor, ada, now=NOW),
            lambda actor=actor: history_of(actor, ada, now=NOW),
            lambda actor=actor: entry_history(actor, row.entry, now=NOW),
            lambda actor=actor: standing_of(actor, ada, as_of=DAY, now=NOW),
        ):
            with pytest.raises(Missing):
                await ask()


async def test_a_correction_stays_of_its_kind_and_person(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    row = await waiting(shop, "ada")
    hours = Fact(kind=EvidenceKind.HOURS, happened_on=DAY, minutes=60, work_process="milling")
    with pytest.raises(Invalid, match="same kind"):
        await correct(ada, row.entry, hours, note=None, now=NOW)
    forged = Addition(
        person=shop.people["ben"],
        fact=competency(),
        status=Status.SUBMITTED,
        recorded=NOW,
        recorded_by=ada.person,
        supersedes=row.id,
    )
    with pytest.raises(asyncpg.CheckViolationError):
        await _append(forged)


async def test_a_revocation_names_the_first_row_of_an_entry_of_the_same_person(shop: Shop) -> None:
    row = (await repo.current([shop.people["ada"]]))[0]

    def revoking(person: str, target: int) -> Addition:
        fact = Fact(kind=EvidenceKind.REVOCATION, happened_on=DAY, revokes=target)
        by = shop.people["employer"]
        return Addition(person=shop.people[person], fact=fact, status=None, recorded=NOW, recorded_by=by)

    await _append(revoking("ada", row.entry))
    with pytest.raises(asyncpg.CheckViolationError):
        await _append(revoking("ben", row.entry))


async def _append(addition: Addition) -> None:
    async with transaction():
        await append([addition])


async def test_a_day_has_24_hours_however_many_try_at_once(shop: Shop) -> None:
    ada = await acting(shop, "ada")

    async def log() -> bool:
        try:
            await log_hours(ada, happened_on=DAY, work_process="milling", minutes=5 * 60, note=None, now=NOW)
        except Invalid as refusal:
            assert "would have 25 hours; a day has 24" in str(refusal)  # noqa: PT017 - some are refused
            return False
        return True

    outcomes = await asyncio.gather(*(log() for _ in range(10)))
    assert sorted(outcomes) == [False] * 6 + [True] * 4
    day = await repo.minutes_by_day([ada.person], [DAY])
    assert day == {(ada.person, DAY): 20 * 60}


async def test_hours_count_only_when_they_are_approved(shop: Shop) -> None:
    ada, mentor = await acting(shop, "ada"), await acting(shop, "mentor")
    cho = await acting(shop, "cho")
    done = []
    logged = await log_hours(ada, happened_on=DAY, work_process="milling", minutes=90, note=None, now=NOW)
    for step in ("logged", "approved"):
        if step == "approved":
            await sign_off(mentor, [Verdict(row=logged.id)], note=None, now=NOW)
        minutes = sum(
            one.fact.minutes or 0
            for one in await repo.current([ada.person])
            if one.status is Status.VERIFIED and one.fact.kind is EvidenceKind.HOURS
        )
        done.append(minutes)
    assert done == [480, 570]
    with pytest.raises(Invalid, match="no work process 'sewing'"):
        await log_hours(cho, happened_on=DAY, work_process="sewing", minutes=60, note=None, now=NOW)


async def test_a_claim_names_only_what_the_standards_know(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    before = await value("SELECT count(*) FROM evidence")
    for changes, where, words in (
        ({"subject": "nims-machining-1:sewing"}, "subject", "There is no competency"),
        ({"rating": 50}, "rating", "not on the scale"),
        (
            {"kind": EvidenceKind.CREDENTIAL, "subject": "nims-machining-1:mms", "part": "essay"},
            "part",
            "has no part 'essay'",
        ),
        ({"subject": ""}, "subject", "needs this"),
    ):
        with pytest.raises(Invalid, match=words) as refusal:
            await hand_in(ada, competency(**changes), note=None, now=NOW)
        assert refusal.value.where == where
    with pytest.raises(Invalid, match="4,001 characters"):
        await hand_in(ada, competency(), note="a" * 4_001, now=NOW)
    assert await value("SELECT count(*) FROM evidence") == before


async def test_a_source_key_belongs_to_files_only(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    added = await hand_in(ada, competency(source_key="hours milling 2026-05-09"), note=None, now=NOW)
    assert added.fact.source_key is None


async def test_times_are_kept_with_their_zone(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    added = await hand_in(ada, competency(), note=None, now=datetime(2026, 11, 21, 15, 0, 1, 7, tzinfo=UTC))
    assert added.recorded == datetime(2026, 11, 21, 15, 0, 1, 7, tzinfo=UTC)
