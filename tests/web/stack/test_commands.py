import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from apprenticeship.credit.services import credit_of
from apprenticeship.credit_decisions.services import ask_credit
from apprenticeship.differences.services import accept
from apprenticeship.store import open_store
from tests.apprenticeship.acting import acting, award
from tests.web.shop import NOW, Shop
from web.stack.folder import DataFolder, running_addresses

BARE = {"PATH": os.environ["PATH"]}


def journeymark(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "web.cli", *words]
    return subprocess.run(command, env={**BARE, **environment}, capture_output=True, text=True, check=False)


def execute(url: str, *statements: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    asyncio.run(run())


def fetch(url: str, query: str) -> list[tuple[object, ...]]:
    async def run() -> list[tuple[object, ...]]:
        connection = await asyncpg.connect(url)
        rows = await connection.fetch(query)
        await connection.close()
        return [tuple(row) for row in rows]

    return asyncio.run(run())


def findings(answer: subprocess.CompletedProcess[str]) -> dict[str, bool]:
    return {finding["check"]: finding["well"] for finding in json.loads(answer.stdout)["checks"]}


def test_help_comes_at_once() -> None:
    """Beside a bare interpreter, so that a busy machine slows both: a quarter of a second where that takes 0.03 s."""

    def seconds(*words: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *words], env=BARE, capture_output=True, check=True)
        return time.perf_counter() - began

    pairs = [(seconds("-P", "-m", "web.cli", "--help"), seconds("-c", "")) for _ in range(7)]
    assert min(help_ for help_, _ in pairs) <= 8 * min(bare for _, bare in pairs)


@pytest.mark.parametrize(
    "command", ["up", "migrate", "demo", "rebuild", "doctor", "replay", "serve", "worker", "beat"]
)
def test_each_command_says_what_it_does(command: str) -> None:
    assert command in journeymark("--help").stdout
    assert journeymark(command, "--help").stdout.startswith(f"usage: journeymark {command}")


@pytest.mark.parametrize("command", ["up", "migrate", "demo", "rebuild", "doctor", "serve", "worker", "beat"])
def test_a_bad_setting_is_refused_in_one_sentence(command: str, tmp_path: Path) -> None:
    answer = journeymark(command, JOURNEYMARK_DATA=str(tmp_path), JOURNEYMARK_PORT="eighty")
    assert answer.returncode == 2
    assert answer.stderr == "JOURNEYMARK_PORT cannot be used: it should be a whole number from 1 to 65535.\n"


def test_an_option_wins_over_the_variable(tmp_path: Path) -> None:
    answer = journeymark("up", "--port", "none", JOURNEYMARK_DATA=str(tmp_path), JOURNEYMARK_PORT="8000")
    assert answer.stderr.startswith("JOURNEYMARK_PORT cannot be used")


@pytest.mark.parametrize("command", ["serve", "worker", "beat"])
def test_a_process_without_a_stack_says_what_it_needs(command: str, tmp_path: Path) -> None:
    answer = journeymark(command, JOURNEYMARK_DATA=str(tmp_path))
    assert answer.returncode == 2
    assert answer.stderr == (
        f"No stack runs on the data folder {tmp_path}; start `journeymark up` first, or set DATABASE_URL and "
        "BROKER_URL.\n"
    )


@pytest.mark.stack
def test_migrating_twice_changes_nothing_more(database_url: str) -> None:
    assert journeymark("migrate", DATABASE_URL=database_url).stdout.startswith("Applied migration first.")
    assert journeymark("migrate", DATABASE_URL=database_url).stdout == "The database is up to date.\n"


@pytest.mark.stack
def test_a_database_of_a_later_release_is_left_alone(database_url: str) -> None:
    journeymark("migrate", DATABASE_URL=database_url)
    execute(database_url, "INSERT INTO schema_version (number, name, sha256) VALUES (9999, 'later', 'x')")
    answer = journeymark("migrate", DATABASE_URL=database_url)
    assert answer.returncode == 2
    assert "The database has migration 9999 (later), which this release does not know" in answer.stderr
    assert findings(journeymark("doctor", "--json", DATABASE_URL=database_url))["schema"] is False


@pytest.mark.stack
def test_the_embedded_database_is_started_for_a_migration_and_a_check_up(open_folder: Path) -> None:
    data = {"JOURNEYMARK_DATA": str(open_folder / "data")}
    assert journeymark("migrate", **data).returncode == 0
    answer = journeymark("doctor", "--json", **data)
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["well"] is True
    assert not (open_folder / "data" / "postgres" / "postmaster.pid").exists()


@pytest.mark.stack
def test_a_healthy_database_and_broker_pass_every_check(database_url: str, broker_url: str) -> None:
    journeymark("migrate", DATABASE_URL=database_url)
    answer = journeymark("doctor", "--json", DATABASE_URL=database_url, BROKER_URL=broker_url)
    assert answer.returncode == 0
    found = findings(answer)
    assert {"database", "broker", "schema", "outbox"} <= found.keys()
    assert all(found.values())


@pytest.mark.stack
def test_a_database_without_its_tables_is_broken(database_url: str) -> None:
    answer = journeymark("doctor", DATABASE_URL=database_url)
    assert answer.returncode == 1
    assert "BROKEN  schema: " in answer.stdout
    assert "Run `journeymark migrate`." in answer.stdout


@pytest.mark.stack
def test_work_that_nobody_does_is_broken(database_url: str) -> None:
    journeymark("migrate", DATABASE_URL=database_url)
    row = (
        "INSERT INTO outbox (topic, key, payload, state, created_at) "
        "VALUES ('import', '{0}', '{{}}', 'waiting', {1})"
    )
    execute(database_url, row.format("young", "now() - interval '4 minutes'"))
    assert findings(journeymark("doctor", "--json", DATABASE_URL=database_url))["outbox"] is True
    execute(database_url, row.format("old", "now() - interval '6 minutes'"))
    answer = journeymark("doctor", "--json", DATABASE_URL=database_url)
    assert answer.returncode == 1
    assert findings(answer)["outbox"] is False


@pytest.mark.stack
def test_an_unreachable_broker_is_broken_and_the_other_checks_are_still_made(
    database_url: str, tmp_path: Path
) -> None:
    journeymark("migrate", DATABASE_URL=database_url)
    gone = f"redis+socket://{tmp_path}/none.sock"
    found = findings(journeymark("doctor", "--json", DATABASE_URL=database_url, BROKER_URL=gone))
    assert {check for check, well in found.items() if not well} == {"broker"}
    assert found["schema"] is True


def test_an_unreachable_database_is_broken() -> None:
    answer = journeymark("doctor", "--json", DATABASE_URL="postgresql://me:hidden@127.0.0.1:1/shop")
    assert answer.returncode == 1
    assert findings(answer)["database"] is False
    assert "hidden" not in answer.stdout


def test_a_folder_without_a_database_is_broken_and_stays_as_it_is(tmp_path: Path) -> None:
    answer = journeymark("doctor", JOURNEYMARK_DATA=str(tmp_path / "data"))
    assert answer.returncode == 1
    assert "Start `journeymark up`, or set DATABASE_URL." in answer.stdout
    assert not (tmp_path / "data").exists()


def test_the_addresses_of_a_stack_count_only_while_it_runs(tmp_path: Path) -> None:
    with DataFolder(tmp_path) as folder:
        folder.write_addresses({"DATABASE_URL": "postgresql://here"})
        assert running_addresses(tmp_path)["DATABASE_URL"] == "postgresql://here"
    assert running_addresses(tmp_path) == {}


@pytest.mark.stack
def test_the_demo_is_filled_in_once_and_prints_its_people_each_time(database_url: str) -> None:
    count = "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM evidence)"
    first = journeymark("demo", DATABASE_URL=database_url)
    before = fetch(database_url, count)
    second = journeymark("demo", DATABASE_URL=database_url)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "The demo is new." in first.stdout
    assert "The demo is there already; what was done in it stays." in second.stdout
    assert fetch(database_url, count) == before
    for said in (first.stdout, second.stdout):
        assert "  college registrars: lee, priya\n" in said
        assert "  everybody's password: measure twice cut once\n" in said
        assert max(len(line) for line in said.splitlines()) <= 100
    assert json.loads(journeymark("doctor", "--json", DATABASE_URL=database_url).stdout)["well"] is True


@pytest.mark.stack
def test_a_rebuild_puts_right_what_the_check_up_found(database_url: str) -> None:
    journeymark("demo", DATABASE_URL=database_url)
    execute(database_url, "UPDATE evidence_snapshot SET facts = ''")
    broken = journeymark("doctor", "--json", DATABASE_URL=database_url)
    assert [check for check, well in findings(broken).items() if not well] == ["snapshots"]
    answer = journeymark("rebuild", DATABASE_URL=database_url)
    assert answer.stdout.endswith("Made the snapshots of 40 people anew.\n")
    assert json.loads(journeymark("doctor", "--json", DATABASE_URL=database_url).stdout)["well"] is True


@pytest.mark.stack
def test_the_demo_leaves_a_database_alone_that_holds_something_else(database_url: str) -> None:
    journeymark("migrate", DATABASE_URL=database_url)
    execute(database_url, "INSERT INTO person VALUES (gen_random_uuid(), 'Somebody', now())")
    answer = journeymark("demo", DATABASE_URL=database_url)
    assert answer.returncode == 2
    assert answer.stderr == (
        "The database holds people already; the demo goes into an empty one only: set JOURNEYMARK_DATA to a "
        "new folder, or DATABASE_URL to an empty database.\n"
    )
    assert fetch(database_url, "SELECT count(*) FROM person") == [(1,)]


@pytest.mark.stack
def test_a_broken_promise_is_told_with_what_to_do(database_url: str) -> None:
    journeymark("migrate", DATABASE_URL=database_url)
    execute(database_url, "ALTER TABLE evidence DISABLE TRIGGER evidence_kept")
    answer = journeymark("doctor", DATABASE_URL=database_url)
    assert answer.returncode == 1
    assert (
        "BROKEN  guards: a rule of evidence is switched off; rows of evidence can be changed\n"
        in answer.stdout
    )
    assert "        Switch the trigger or constraint on again" in answer.stdout
    (guards,) = [
        finding
        for finding in json.loads(journeymark("doctor", "--json", DATABASE_URL=database_url).stdout)["checks"]
        if finding["check"] == "guards"
    ]
    assert guards["repair"]


@pytest.mark.stack
def test_replay_lists_what_comes_out_differently_and_names_nobody(
    shop_url: str, shop_template: tuple[str, Shop]
) -> None:
    shop = shop_template[1]

    async def give() -> None:
        async with open_store(shop_url):
            boss = await acting(shop, "employer")
            whole = {"program": "machinist", "step": "machinist:s2", "effective_on": NOW.date(), "now": NOW}
            await award(boss, shop.people["ada"], **whole)  # type: ignore[arg-type]  # one each of its arguments
            ada = await acting(shop, "ada")
            credit = await credit_of(ada, shop.people["ada"], now=NOW, partners_only=True)
            earned = next(one for one in credit.colleges if one.answer.best.given)
            await ask_credit(ada, earned.standard.id, now=NOW)

    asyncio.run(give())
    answer = journeymark("replay", "--all", DATABASE_URL=shop_url)
    assert answer.returncode == 0
    assert answer.stdout.splitlines() == [
        "Decisions made again: 1; come out differently: 0.",
        "Requests for credit: 1; come out differently: 0.",
    ]
    execute(
        shop_url,
        "ALTER TABLE raise_decision DISABLE TRIGGER raise_decision_kept",
        "UPDATE raise_decision SET cents_after = cents_after + 100",
    )
    answer = journeymark("replay", "--all", DATABASE_URL=shop_url)
    assert answer.returncode == 1
    assert "machinist:s2 of enrolment " in answer.stdout
    assert "the pay before or after it comes out differently" in answer.stdout
    told = json.loads(journeymark("replay", "--all", "--format", "json", DATABASE_URL=shop_url).stdout)
    assert (told["decisions"], told["open"], len(told["differences"])) == (1, 1, 1)
    assert told == json.loads(journeymark("replay", "--all", "--json", DATABASE_URL=shop_url).stdout)
    assert str(shop.people["ada"]) not in answer.stdout + str(told)
    assert "Ada" not in answer.stdout + str(told)

    async def let_it_stand() -> None:
        async with open_store(shop_url):
            (found,) = told["differences"]
            whole = {"difference": found["sha256"], "reason": "Paid so.", "release": "0.1.0", "now": NOW}
            await accept(await acting(shop, "employer"), shop.people["ada"], found["decision"], **whole)

    asyncio.run(let_it_stand())
    answer = journeymark("replay", "--all", DATABASE_URL=shop_url)
    assert answer.returncode == 0
    assert "Decisions made again: 1; come out differently: 1 (1 of them accepted).\n" in answer.stdout
    execute(
        shop_url,
        "ALTER TABLE credit_request DISABLE TRIGGER credit_request_kept",
        "UPDATE credit_request SET answer_sha256 = 'another'",
    )
    answer = journeymark("replay", "--all", DATABASE_URL=shop_url)
    assert answer.returncode == 1
    assert "request 1: the answer that it froze comes out differently\n" in answer.stdout


def test_replay_without_a_database_says_what_it_needs(tmp_path: Path) -> None:
    assert journeymark("replay", JOURNEYMARK_DATA=str(tmp_path)).returncode == 2
    answer = journeymark("replay", "--all", JOURNEYMARK_DATA=str(tmp_path))
    assert answer.returncode == 2
    assert answer.stderr == "There is no database yet. Start `journeymark up`, or set DATABASE_URL.\n"
