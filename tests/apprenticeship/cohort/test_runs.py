"""Everybody evaluated in ranges comes to what each of them comes to alone, and is swapped in as a whole."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import asyncpg
import pytest

from apprenticeship.cohort import refreshing, repo, runs
from apprenticeship.cohort.model import RunState
from apprenticeship.migrations import migrate
from apprenticeship.outbox.services import ATTEMPTS
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.standing.services import standings_of
from apprenticeship.store import open_store, transaction
from graph.evaluating import Evaluation
from tests.apprenticeship.acting import rows, value
from tests.apprenticeship.cohort.conftest import NOW
from tests.apprenticeship.cohort.running import (
    Told,
    counted,
    do_errands,
    kept_counts,
    partitions,
    run_all,
    run_machinists,
    stored,
)

TODAY = NOW.date()


def told(one: Evaluation) -> Told:
    assert one.wage is not None
    assert one.program is not None
    steps = [step.key for step in one.program.steps]
    states = {("competency", key): answer.state for key, answer in one.competencies.items()}
    states |= {("credential", key): answer.state for key, answer in one.credentials.items()}
    return {
        "complete": one.complete,
        "reached": 0 if one.wage.step is None else steps.index(one.wage.step) + 1,
        "progress": one.progress,
        "states": states,
    }


async def alone(program: str, as_of: date) -> dict[UUID, Told]:
    """Evaluate everybody in a program one by one."""
    people = [row["id"] for row in await rows("SELECT id FROM person")]
    standings = await standings_of(people, as_of=as_of, program=program)
    return {
        one.person.id: told(one.evaluation)
        for one in standings
        if one.enrolment.ended is None or one.enrolment.ended > as_of
    }


@pytest.mark.parametrize("days", [0, 400])
async def test_everybody_comes_to_what_each_comes_to_alone(days: int, demo: str) -> None:
    assert demo
    as_of = TODAY - timedelta(days=days)
    for program, run in (await run_all(as_of, NOW)).items():
        found = await stored(run.id)
        expected = await alone(program, as_of)
        assert found.keys() == expected.keys()
        for person, own in expected.items():
            assert {name: found[person][name] for name in own} == own
        assert run.people == len(expected)
        assert run.state is RunState.CURRENT
        assert run.ranges_done == run.ranges_total
        assert await kept_counts(run.id) == await counted(run.id)


async def test_it_makes_no_difference_into_how_many_ranges_people_are_split(demo: str) -> None:
    assert demo
    found = []
    for size in (1, 5, 1_000):
        run = await run_machinists(TODAY, NOW, size)
        found.append((await stored(run.id), await kept_counts(run.id)))
        assert run.ranges_total == -(-await registered("machinist") // size)
    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) > 10


async def registered(program: str) -> int:
    sql = "SELECT count(DISTINCT person) FROM enrolment WHERE program_key = $1"
    return int(await value(sql, program))


async def test_a_run_changes_nothing_in_force_until_its_last_range_is_done(demo: str) -> None:
    assert demo
    first = await run_machinists(TODAY - timedelta(days=30), NOW)
    await runs.start(None, "machinist", as_of=TODAY, now=NOW, people=7)
    with pytest.raises(AlreadyDecided):
        await runs.start(None, "machinist", as_of=TODAY, now=NOW)
    assert await do_errands(NOW, most=1) == 1
    (running,) = [one for one in await repo.latest_runs("machinist") if one.state is RunState.RUNNING]
    assert running.ranges_total == 3
    while running.ranges_done < 2:
        assert first.id in {one.id for one in await repo.latest_runs("machinist")}
        assert len(await stored(first.id)) == first.people
        (errand,) = await rows(
            "SELECT id FROM outbox WHERE topic = $1 AND state <> 'done' ORDER BY id LIMIT 1", runs.RANGE
        )
        await do_one(errand["id"])
        running = next(one for one in await repo.latest_runs("machinist") if one.id == running.id)
    await do_errands(NOW)
    (current,) = await repo.latest_runs("machinist")
    assert (current.id, current.state) == (running.id, RunState.CURRENT)


async def do_one(errand: int) -> None:
    from apprenticeship.outbox.services import run  # noqa: PLC0415 - a name that is used for runs above
    from tasks.jobs import TOPICS  # noqa: PLC0415 - as above

    assert await run(errand, TOPICS[runs.RANGE], now=NOW)


async def test_what_was_replaced_is_dropped(demo: str) -> None:
    assert demo
    first, second = await run_machinists(TODAY, NOW), await run_machinists(TODAY, NOW)
    assert first.id != second.id
    assert await partitions() == 1
    states = await rows("SELECT state, count(*) FROM cohort_run GROUP BY state ORDER BY state")
    assert [tuple(row) for row in states] == [("current", 1), ("dropped", 1)]


async def test_a_partition_that_is_being_read_is_dropped_later(demo: str) -> None:
    first = await run_machinists(TODAY, NOW)
    reader = await asyncpg.connect(demo)
    transaction_ = reader.transaction()
    await transaction_.start()
    await reader.fetch("SELECT * FROM cohort_result WHERE run = $1", first.id)
    with pytest.raises(asyncpg.LockNotAvailableError):
        await run_machinists(TODAY, NOW)
    await transaction_.rollback()
    await reader.close()
    await do_errands(NOW + timedelta(minutes=1))
    await refreshing.tidy(now=NOW + timedelta(hours=2))
    await do_errands(NOW + timedelta(hours=2))
    assert await partitions() == 1


async def test_a_run_of_which_a_range_cannot_be_done_fails_and_leaves_what_was_in_force(demo: str) -> None:
    assert demo
    first = await run_machinists(TODAY, NOW)
    await runs.start(None, "machinist", as_of=TODAY, now=NOW, people=7)
    await do_errands(NOW, most=1)
    await rows("UPDATE outbox SET attempts = $1 WHERE topic = $2 AND state <> 'done'", ATTEMPTS, runs.RANGE)
    await do_errands(NOW)
    (current,) = await repo.latest_runs("machinist")
    assert current == first
    assert await value("SELECT count(*) FROM cohort_run WHERE state = 'failed'") == 1
    await refreshing.tidy(now=NOW + timedelta(hours=1))
    await do_errands(NOW + timedelta(hours=1))
    assert await partitions() == 1


async def test_a_program_that_nobody_published_is_refused(demo: str) -> None:
    assert demo
    with pytest.raises(Invalid, match="There is no published program 'nothing'"):
        await runs.start(None, "nothing", as_of=TODAY, now=NOW)


async def test_a_program_that_nobody_is_in_has_a_run_of_nobody(demo: str) -> None:
    assert demo
    as_of = date(2001, 1, 1)
    await runs.start(None, "machinist", as_of=as_of, now=NOW)
    await do_errands(NOW)
    (run,) = await repo.latest_runs("machinist")
    assert (run.state, run.people, run.ranges_total) == (RunState.CURRENT, 0, 1)


async def test_one_range_is_done_once_however_often_it_is_asked_for(demo: str) -> None:
    assert demo
    await runs.start(None, "machinist", as_of=TODAY, now=NOW, people=7)
    await do_errands(NOW, most=1)
    run = (await repo.latest_runs("machinist"))[0]
    one = await repo.range_of(run.id, 0)

    async def again() -> None:
        async with transaction():
            await repo.add_ranges([replace(one, until_person=None)])

    with pytest.raises(asyncpg.UniqueViolationError):
        await again()


async def test_results_of_an_earlier_release_are_given_up_and_worked_out_again(demo_url: str) -> None:
    async with open_store(demo_url):
        before = await run_machinists(TODAY, NOW)
        found = await stored(before.id)
        await rows("DROP TABLE cohort_look_range, cohort_look")
        await rows("ALTER TABLE cohort_result DROP began")
        await rows("DELETE FROM schema_version WHERE name = 'looks'")
    assert await migrate(demo_url) == ("looks",)
    async with open_store(demo_url):
        assert await repo.latest_runs() == ()
        again = await run_machinists(TODAY, NOW + timedelta(hours=1))
        assert await stored(again.id) == found
        await refreshing.tidy(now=NOW + timedelta(hours=2))
        await do_errands(NOW + timedelta(hours=2))
        assert await partitions() == 1
