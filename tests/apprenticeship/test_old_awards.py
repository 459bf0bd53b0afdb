"""A database of the release before: what was awarded there comes along as approvals, and stands every test."""

import json

import asyncpg
import pytest

from apprenticeship import migrations as steps
from apprenticeship.invariants.services import examine_rows
from apprenticeship.migrations import migrate, migrations
from apprenticeship.proposals.asking import ask_when_due
from apprenticeship.raises.model import Kind
from apprenticeship.raises.replay import replay_all
from apprenticeship.raises.services import decide, undo
from apprenticeship.refusals import AlreadyDecided
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import open_store
from tests.apprenticeship.acting import acting, value
from tests.apprenticeship.proposals.working import GIVEN, S2, TODAY, of_ada, work
from tests.stack_fixtures import database_name
from tests.web.shop import NOW, Shop
from web.stack.postgres import EmbeddedPostgres

pytestmark = pytest.mark.stack
BEFORE = 7
TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'schema_version'
"""


MOVE_ON = """
SELECT setval(pg_get_serial_sequence('"{0}"', 'id'), (SELECT max(id) FROM "{0}"))
WHERE pg_get_serial_sequence('"{0}"', 'id') IS NOT NULL
"""


async def _as_it_was(
    embedded_postgres: EmbeddedPostgres, shop_url: str, old_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copy the shop, row by row, into a database of the release before."""
    with monkeypatch.context() as before:
        old = tuple(one for one in migrations() if one.number <= BEFORE)
        before.setattr(steps, "migrations", lambda: old)
        await migrate(old_url)
    source = await asyncpg.connect(shop_url)
    target = await asyncpg.connect(embedded_postgres.url(database_name(old_url), "postgres"))
    try:
        await target.execute("SET session_replication_role = replica")
        there = {row["table_name"] for row in await source.fetch(TABLES)}
        for table in sorted(row["table_name"] for row in await target.fetch(TABLES)):
            rows = await source.fetch(f'SELECT * FROM "{table}"') if table in there else []  # noqa: S608
            rows = [row for row in rows if row.get("kind") != "degree"]  # there were none in those days
            if rows:
                records = [tuple(row.values()) for row in rows]
                await target.copy_records_to_table(table, records=records, columns=list(rows[0].keys()))
                if isinstance(rows[0].get("id"), int):
                    await target.execute(MOVE_ON.format(table))
    finally:
        await source.close()
        await target.close()


async def _award(url: str, standing: Standing, boss: object) -> None:
    """Write an award as the release before did."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "INSERT INTO wage_award (enrolment, step, effective_on, decided_at, decided_by, standards_sha256, because) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            standing.enrolment.id,
            S2,
            TODAY,
            NOW,
            boss,
            standing.standards_sha256,
            json.dumps(standing.rests_on(S2)),
        )
    finally:
        await connection.close()


async def test_awards_of_the_release_before_come_along_and_replay_without_a_difference(
    embedded_postgres: EmbeddedPostgres,
    shop_template: tuple[str, Shop],
    shop_url: str,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = shop_template[1]
    async with open_store(shop_url):
        (standing,) = await standings_of([shop.people["ada"]], as_of=TODAY)
    await _as_it_was(embedded_postgres, shop_url, database_url, monkeypatch)
    await _award(database_url, standing, shop.people["employer"])
    later = tuple(one.name for one in migrations() if one.number > BEFORE)
    assert await migrate(database_url) == later
    async with open_store(database_url):
        after, flow = await of_ada(shop)
        (award,) = after.decisions
        assert (award.kind, award.step, award.effective_on) == (Kind.APPROVED, S2, TODAY)
        assert (award.decided_by, award.because) == (shop.people["employer"], standing.rests_on(S2))
        assert after.awarded == (award,)
        assert (await replay_all()).differences == ()
        assert [finding.words for finding in await examine_rows() if not finding.well] == []
        assert flow.proposals == ()
        assert await ask_when_due(now=NOW) == 3, "everybody who is registered is looked at once"
        await work()
        assert await value("SELECT count(*) FROM raise_proposal") == 0, "what is given is not proposed"
        boss = await acting(shop, "employer")
        with pytest.raises(AlreadyDecided, match="given already by Rosa Novak"):
            await decide(boss, shop.people["ada"], program="machinist", step=S2, verdict=GIVEN, now=NOW)
        await undo(boss, shop.people["ada"], award.id, reason="A slip.", now=NOW)
        await work()
        assert [one.turn for one in (await of_ada(shop))[1].open_raises] == [1]
        assert (await replay_all()).differences == ()
