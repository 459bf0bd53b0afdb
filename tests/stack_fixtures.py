"""Fixtures that give a test a real PostgreSQL and a real broker, started once in each test process."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import redis

from web.stack.binaries import package_folder
from web.stack.broker import EmbeddedBroker
from web.stack.folder import DataFolder
from web.stack.postgres import EmbeddedPostgres


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every account of this machine can pass through, as pytest's own cannot."""
    folder = Path(tempfile.mkdtemp(prefix="jm-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def embedded_postgres() -> Iterator[EmbeddedPostgres]:
    """Give one server for the whole run; what it holds is thrown away, so it need not survive a power cut."""
    folder = Path(tempfile.mkdtemp(prefix="jm-test-"))
    folder.chmod(0o711)
    with DataFolder(folder) as data, EmbeddedPostgres(data, durable=False) as server:
        yield server
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_url(embedded_postgres: EmbeddedPostgres) -> str:
    """Give the address of the server's first database, for its owner; shared, so leave it as it was found."""
    return embedded_postgres.url()


@pytest.fixture(scope="session")
def administer(embedded_postgres: EmbeddedPostgres) -> Callable[[str], str]:
    """Give a function that runs one statement as the server's administrator and returns what it printed."""
    psql = package_folder("embedded_postgres") / "pginstall" / "bin" / "psql"
    address = embedded_postgres.url("postgres", "postgres")

    def run(statement: str) -> str:
        command = [str(psql), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    return run


@pytest.fixture(scope="session")
def fresh_database(
    embedded_postgres: EmbeddedPostgres, administer: Callable[[str], str]
) -> Callable[[str], str]:
    """Give a function that copies a template (``template1`` is empty) and returns the copy's address.

    The template may hold no connection while it is copied.
    """
    numbers = count(1)

    def create(template: str) -> str:
        name = f"test_{next(numbers)}"
        administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER journeymark')
        return embedded_postgres.url(name)

    return create


@pytest.fixture
def database_url(fresh_database: Callable[[str], str], administer: Callable[[str], str]) -> Iterator[str]:
    """Give the address of an empty database of the test's own."""
    address = fresh_database("template1")
    yield address
    administer(f'DROP DATABASE "{database_name(address)}" WITH (FORCE)')


def database_name(address: str) -> str:
    return address.split("?", 1)[0].rsplit("/", 1)[1]


@pytest.fixture(scope="session")
def embedded_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBroker]:
    """Give one broker for the whole run."""
    with DataFolder(tmp_path_factory.mktemp("broker")) as data, EmbeddedBroker(data) as broker:
        yield broker


@pytest.fixture
def broker_url(embedded_broker: EmbeddedBroker) -> Iterator[str]:
    """Give the address of an empty broker."""
    valkey = redis.Redis(unix_socket_path=str(embedded_broker.socket_path))
    valkey.flushall()
    yield embedded_broker.url
    valkey.close()
