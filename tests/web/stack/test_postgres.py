import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from web.stack.folder import DataFolder
from web.stack.postgres import EmbeddedPostgres

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def durable_url() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="jm-test-"))
    folder.chmod(0o711)
    with DataFolder(folder) as data, EmbeddedPostgres(data) as server:
        yield server.url()
    shutil.rmtree(folder)


def ask(url: str, question: str) -> object:
    async def run() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(run())


def test_the_application_is_the_owner_and_not_an_administrator(database_url: str) -> None:
    assert ask(database_url, "SELECT current_user") == "journeymark"
    assert (
        ask(database_url, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        is False
    )


def test_each_test_gets_an_empty_database_of_its_own(database_url: str, postgres_url: str) -> None:
    assert ask(database_url, "SELECT current_database()") != ask(postgres_url, "SELECT current_database()")
    assert ask(database_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


@pytest.mark.parametrize("setting", ["fsync", "data_checksums", "full_page_writes", "synchronous_commit"])
def test_nothing_acknowledged_is_lost_in_a_power_cut(setting: str, durable_url: str) -> None:
    assert ask(durable_url, f"SHOW {setting}") == "on"


def test_the_server_listens_on_no_network_address(durable_url: str) -> None:
    assert ask(durable_url, "SHOW listen_addresses") == ""


def test_text_sorts_and_folds_the_same_on_every_machine(durable_url: str) -> None:
    assert ask(durable_url, "SELECT lower('ÄRGER') || upper('é')") == "ärgerÉ"
    assert ask(durable_url, "SHOW server_encoding") == "UTF8"


@pytest.mark.parametrize("extension", ["btree_gist", "citext", "pg_trgm"])
def test_the_owner_may_use_the_extensions_that_constraints_need(extension: str, database_url: str) -> None:
    ask(database_url, f"CREATE EXTENSION {extension}")
    assert ask(database_url, "SELECT max(extname) FROM pg_extension WHERE extname <> 'plpgsql'") == extension


def test_data_outlives_the_server(open_folder: Path) -> None:
    with DataFolder(open_folder / "data") as data:
        with EmbeddedPostgres(data) as server:
            ask(server.url(), "CREATE TABLE kept AS SELECT 1 AS n")
        with EmbeddedPostgres(data) as server:
            assert ask(server.url(), "SELECT n FROM kept") == 1
