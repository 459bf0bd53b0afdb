"""Importing a roster into the real database: dry run, good rows or none, the same file twice, progress."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from apprenticeship.evidence import repo as evidence
from apprenticeship.outbox.services import hand_out, run
from apprenticeship.people import repo as people
from apprenticeship.people.services import visible_learners
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.roster import services
from apprenticeship.roster.model import ImportJob, JobState, Keep
from apprenticeship.roster.services import (
    CHUNK,
    abandon_chunk,
    findings_of,
    job_of,
    jobs_of,
    prepare,
    start,
    summary_of,
)
from apprenticeship.standing.services import standing_of
from tasks.jobs import TOPICS
from tests.apprenticeship.acting import acting, rows, value
from tests.apprenticeship.rosters import csv_file, row, xlsx_file
from tests.web.shop import NOW, Shop

HOURS = {"hours": "7.5", "work_process": "milling", "date": "2026-05-12"}
PASS = {"credential": "mms", "date": "2026-04-01"}
ENROLS = {"program": "machinist", "registered": "2026-01-05"}
LIN = {"number": "L-1", "name": "Lin Wu"}
GOOD = [row(**LIN, **ENROLS), row(**LIN, **PASS), row(**LIN, **HOURS)]
BAD = row(**LIN, **{**HOURS, "hours": "-1"})
COUNTS = ("person", "enrolment", "evidence", "employment", "role_held", "college_roster", "person_number")


async def dry_run(actor: Actor, place: UUID, data: bytes, name: str = "crew.csv") -> ImportJob:
    return await prepare(actor, place, file_name=name, data=data, now=NOW)


async def work_off() -> None:
    while waiting := await hand_out(now=NOW):
        for errand in waiting:
            await run(errand.id, TOPICS[errand.topic], now=NOW)


async def imported(actor: Actor, place: UUID, data: bytes, keep: Keep = Keep.GOOD) -> ImportJob:
    job = await dry_run(actor, place, data)
    await start(actor, job.id, keep, now=NOW)
    await work_off()
    return await job_of(actor, job.id, now=NOW)


async def counts() -> dict[str, int]:
    return {table: await value(f"SELECT count(*) FROM {table}") for table in COUNTS}  # noqa: S608 - names of this test


@pytest.mark.parametrize("write", [csv_file, xlsx_file], ids=["csv", "xlsx"])
async def test_a_dry_run_says_what_would_be_and_changes_nothing(shop: Shop, write: Any) -> None:
    employer = await acting(shop, "employer")
    before = await counts()
    job = await dry_run(employer, shop.employer, write([*GOOD, BAD]))
    assert (job.state, job.keep, job.rows_total, job.rows_refused) == (JobState.PLANNED, None, 4, 1)
    summary = await summary_of(employer, job.id, now=NOW)
    assert (summary.people, summary.enrolments, summary.credentials, summary.minutes) == (1, 1, 1, 450)
    (finding,) = await findings_of(employer, job.id, now=NOW)
    assert (finding.row, finding.column) == (5, "hours")
    assert await counts() == before
    assert await hand_out(now=NOW) == ()


async def test_good_rows_become_people_enrolments_and_evidence_that_counts(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    job = await imported(employer, shop.employer, csv_file([*GOOD, BAD]))
    assert (job.state, job.rows_done, job.rows_changed, job.rows_refused) == (JobState.DONE, 4, 3, 1)
    assert job.finished_at == NOW
    lin = (await people.people_by_number(shop.employer, ["L-1"]))["L-1"]
    assert lin in {one.id for one in await visible_learners(employer, Action.AWARD_STEP, now=NOW)}
    standing = await standing_of(employer, lin, as_of=NOW.date(), now=NOW)
    assert standing is not None
    assert (standing.person.name, standing.enrolment.registered) == ("Lin Wu", date(2026, 1, 5))
    assert standing.evaluation.credentials["nims-machining-1:mms"].state == "held"
    found = await evidence.current([lin])
    assert {(one.fact.kind, one.status, one.fact.attested_by) for one in found} == {
        ("credential", "verified", "Keystone Precision"),
        ("hours", "verified", "Keystone Precision"),
    }
    assert {one.recorded_by for one in found} == {employer.person}


async def test_the_same_file_twice_changes_nothing(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    await imported(employer, shop.employer, csv_file(GOOD))
    before = await counts()
    again = await imported(employer, shop.employer, xlsx_file(GOOD))
    assert (again.state, again.rows_changed, again.rows_unchanged, again.rows_refused) == (
        JobState.DONE,
        0,
        3,
        0,
    )
    assert await counts() == before
    one_more = row(**LIN, **{**HOURS, "date": "2026-05-13"})
    grown = await imported(employer, shop.employer, csv_file([*GOOD, one_more]))
    assert (grown.rows_changed, grown.rows_unchanged) == (1, 3)
    assert await counts() == {**before, "evidence": before["evidence"] + 1}


async def test_two_imports_of_one_file_at_once_count_once(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    jobs = [await dry_run(employer, shop.employer, csv_file(GOOD)) for _ in range(2)]
    for job in jobs:
        await start(employer, job.id, Keep.GOOD, now=NOW)
    await work_off()
    found = [await job_of(employer, job.id, now=NOW) for job in jobs]
    assert [(one.state, one.rows_changed, one.rows_unchanged) for one in found] == [
        (JobState.DONE, 3, 0),
        (JobState.DONE, 0, 3),
    ]


async def test_all_or_none_takes_no_file_with_a_bad_row(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    bad = await dry_run(employer, shop.employer, csv_file([*GOOD, BAD]))
    with pytest.raises(Invalid, match="Some rows are bad"):
        await start(employer, bad.id, Keep.ALL, now=NOW)
    whole = await imported(employer, shop.employer, csv_file(GOOD), Keep.ALL)
    assert (whole.state, whole.rows_changed) == (JobState.DONE, 3)


async def test_all_or_none_takes_none_when_a_row_goes_bad_after_the_dry_run(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    other = row(**LIN, **{**HOURS, "hours": "20", "work_process": "turning"})
    first = await dry_run(employer, shop.employer, csv_file(GOOD))
    second = await dry_run(employer, shop.employer, csv_file([row(**LIN, **PASS), other]))
    for job in (first, second):
        await start(employer, job.id, Keep.ALL, now=NOW)
    await work_off()
    late = await job_of(employer, second.id, now=NOW)
    assert (late.state, late.rows_changed, late.rows_refused) == (JobState.REFUSED, 0, 1)
    (finding,) = await findings_of(employer, second.id, now=NOW)
    assert (finding.row, finding.column) == (3, "hours")
    assert finding.what == "27.5 hours on 2026-05-12 with what stands"
    assert (await job_of(employer, first.id, now=NOW)).state is JobState.DONE


async def test_what_contradicts_the_database_is_found_in_the_dry_run(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    await imported(employer, shop.employer, csv_file(GOOD))
    told = []
    for changed in (
        row(number="L-1", name="Ben Okafor", **PASS),
        row(**LIN, **{**HOURS, "hours": "8"}),
        row(**LIN, **{**HOURS, "hours": "17", "work_process": "turning"}),
        row(**LIN, **PASS, result="fail"),
        row(number="L-1", name="lin  WU", **{**HOURS, "date": "2026-05-14"}),
    ):
        job = await dry_run(employer, shop.employer, csv_file([changed]))
        told += [(one.column, one.what) for one in await findings_of(employer, job.id, now=NOW)]
    assert told == [
        ("name", "L-1 is 'Lin Wu' here"),
        ("hours", "7.5 hours were imported for this day and work process"),
        ("hours", "24.5 hours on 2026-05-12 with what stands"),
        ("result", "pass was imported"),
    ]


async def test_progress_counts_chunk_by_chunk(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    many = [row(number=f"M-{number}", name=f"Person {number}") for number in range(2 * CHUNK + 10)]
    job = await dry_run(employer, shop.employer, csv_file(many))
    await start(employer, job.id, Keep.GOOD, now=NOW)
    seen = []
    for errand in await hand_out(now=NOW):
        await run(errand.id, TOPICS[errand.topic], now=NOW)
        told = await job_of(employer, job.id, now=NOW)
        seen.append((told.state, told.rows_done, told.rows_total))
    total = 2 * CHUNK + 10
    assert seen == [
        (JobState.RUNNING, CHUNK, total),
        (JobState.RUNNING, 2 * CHUNK, total),
        (JobState.DONE, total, total),
    ]


async def test_an_import_begins_once(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    job = await dry_run(employer, shop.employer, csv_file(GOOD))
    await start(employer, job.id, Keep.GOOD, now=NOW)
    with pytest.raises(AlreadyDecided):
        await start(employer, job.id, Keep.GOOD, now=NOW)
    nothing = await dry_run(employer, shop.employer, csv_file([BAD]))
    with pytest.raises(Invalid, match="No row of this file"):
        await start(employer, nothing.id, Keep.GOOD, now=NOW)


@pytest.mark.parametrize("keep", Keep)
async def test_what_cannot_be_done_at_all_ends_the_import_in_words(shop: Shop, keep: Keep) -> None:
    employer = await acting(shop, "employer")
    job = await dry_run(employer, shop.employer, csv_file(GOOD))
    await start(employer, job.id, keep, now=NOW)
    (errand,) = await hand_out(now=NOW)
    await abandon_chunk(errand, NOW)
    ended = await job_of(employer, job.id, now=NOW)
    assert ended.state is (JobState.DONE if keep is Keep.GOOD else JobState.REFUSED)
    assert (ended.rows_changed, ended.rows_refused, ended.finished_at) == (0, 3, NOW)
    assert {one.what for one in await findings_of(employer, job.id, now=NOW)} == {
        "could not be imported; the fault is ours"
    }


async def test_a_college_puts_learners_on_its_roster(shop: Shop) -> None:
    registrar = await acting(shop, "registrar")
    cells = row(**LIN, hours="48", work_process="rti", date="2026-05-12")
    refused = await dry_run(registrar, shop.college, csv_file([cells]))
    assert [one.column for one in await findings_of(registrar, refused.id, now=NOW)] == ["hours"]
    await imported(registrar, shop.college, csv_file([row(**LIN, **PASS)]))
    listed = await visible_learners(registrar, Action.READ_CREDIT, now=NOW)
    assert [one.name for one in listed] == ["Ada Tran", "Lee Whitfield", "Lin Wu"]
    employer = await acting(shop, "employer")
    assert "Lin Wu" not in {one.name for one in await visible_learners(employer, Action.READ_RECORD, now=NOW)}


async def test_nobody_imports_for_another_organisation_or_sees_its_imports(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    job = await dry_run(employer, shop.employer, csv_file(GOOD))
    for name in ("ada", "mentor", "registrar", "stranger"):
        actor = await acting(shop, name)
        for ask in (
            lambda actor=actor: dry_run(actor, shop.employer, csv_file(GOOD)),
            lambda actor=actor: start(actor, job.id, Keep.GOOD, now=NOW),
            lambda actor=actor: job_of(actor, job.id, now=NOW),
            lambda actor=actor: findings_of(actor, job.id, now=NOW),
            lambda actor=actor: summary_of(actor, job.id, now=NOW),
            lambda actor=actor: jobs_of(actor, shop.employer, now=NOW),
        ):
            with pytest.raises(Missing):
                await ask()
    assert await jobs_of(employer, shop.employer, now=NOW) == (job,)
    with pytest.raises(Missing):
        await dry_run(employer, UUID(int=7), csv_file(GOOD))


async def test_nobody_imports_their_own_record(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    await rows(
        "INSERT INTO person_number (organisation, number, person) VALUES ($1, 'BOSS', $2)",
        shop.employer,
        employer.person,
    )
    job = await dry_run(employer, shop.employer, csv_file([row(number="BOSS", name="Rosa Novak", **PASS)]))
    (finding,) = await findings_of(employer, job.id, now=NOW)
    assert (finding.column, finding.what) == ("number", "your own record")


async def test_what_a_file_is_called_does_not_matter(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    job = await dry_run(employer, shop.employer, csv_file(GOOD), name="cr\0ew\ud800" + "x" * 300)
    assert job.file_name == "crew" + "x" * 196


async def test_many_people_are_imported_in_one_piece_when_asked_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standards.storage.database.MOST_ARGUMENTS", 60)
    monkeypatch.setattr("apprenticeship.enrolments.repo.AT_ONCE", 7)
    employer = await acting(shop, "employer")
    many = [row(number=f"M-{number}", name=f"Person {number}", **ENROLS) for number in range(100)]
    job = await imported(employer, shop.employer, csv_file(many), Keep.ALL)
    assert (job.state, job.rows_changed) == (JobState.DONE, 100)
    assert await value("SELECT count(*) FROM enrolment WHERE created_at = $1", NOW) >= 100


async def test_imports_are_listed_newest_first(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    first = await dry_run(employer, shop.employer, csv_file(GOOD))
    second = await prepare(
        employer,
        shop.employer,
        file_name="later.csv",
        data=csv_file(GOOD),
        now=NOW + timedelta(hours=1),
    )
    assert await jobs_of(employer, shop.employer, now=NOW) == (second, first)
    assert services.SHOWN >= 500


async def test_nobody_imports_for_somebody_who_has_left(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    await imported(employer, shop.employer, csv_file(GOOD))
    (person,) = await rows("SELECT id FROM person WHERE name = 'Lin Wu'")
    await rows(
        "UPDATE employment SET until = $2 WHERE person = $1 RETURNING person", person["id"], NOW.date()
    )
    before = await counts()
    job = await dry_run(employer, shop.employer, csv_file([row(**LIN, **{**HOURS, "date": "2026-05-15"})]))
    assert [one.what for one in await findings_of(employer, job.id, now=NOW)] == [
        "L-1 is somebody who is not here today"
    ]
    assert await counts() == before
