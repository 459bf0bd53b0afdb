"""Find the database and the broker of a stack, for commands that run beside it or without it."""

from collections.abc import Iterator
from contextlib import contextmanager

from web.settings import Settings
from web.stack.folder import DataFolder, running_addresses
from web.stack.postgres import EmbeddedPostgres
from web.stack.refusals import StackRefused


def with_addresses(settings: Settings) -> Settings:
    """Complete the settings of a process with the addresses of the stack that runs on the data folder.

    Raises:
        StackRefused: neither the settings nor a running stack name a database and a broker.
    """
    running = running_addresses(settings.data)
    database = settings.database_url or running.get("DATABASE_URL")
    broker = settings.broker_url or running.get("BROKER_URL")
    if not database or not broker:
        raise StackRefused(
            f"No stack runs on the data folder {settings.data.absolute()}; start `journeymark up` first, or "
            "set DATABASE_URL and BROKER_URL."
        )
    return settings.model_copy(update={"database_url": database, "broker_url": broker})


@contextmanager
def database_address(settings: Settings) -> Iterator[str]:
    """Give the address of the database; the embedded one is started meanwhile when no stack runs."""
    known = settings.database_url or running_addresses(settings.data).get("DATABASE_URL")
    if known:
        yield known
        return
    with DataFolder(settings.data) as folder, EmbeddedPostgres(folder) as postgres:
        yield postgres.url()


def has_cluster(settings: Settings) -> bool:
    """Tell whether the data folder holds an embedded database."""
    return any((settings.data / name).exists() for name in ("postgres", "postgres.path"))


def read_only(url: str) -> str:
    """Give the address of the same database for a connection that can change nothing, by the server's word."""
    return f"{url}{'&' if '?' in url else '?'}default_transaction_read_only=on"
