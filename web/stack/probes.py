"""Find out whether database and broker can be reached; a refusal is one sentence without secrets."""

import asyncio
from urllib.parse import urlsplit

import asyncpg
from kombu import Connection
from kombu.exceptions import KombuError

from standards.storage.database import DRIVER
from web.stack.refusals import StackRefused

SECONDS = 5.0
OLDEST_POSTGRES = 15


def refuse_unreachable_database(url: str) -> None:
    """Refuse a database that does not answer, or is too old."""
    try:
        major = asyncio.run(_postgres_version(url))
    except (OSError, ValueError, TimeoutError, *DRIVER) as error:
        reason = _words(error)
        raise StackRefused(
            f"The database at {without_secrets(url)} cannot be reached ({reason}); start it, or correct "
            "DATABASE_URL, or unset it to use the embedded one."
        ) from None
    if major < OLDEST_POSTGRES:
        raise StackRefused(
            f"The database at {without_secrets(url)} is PostgreSQL {major}; point DATABASE_URL at "
            f"{OLDEST_POSTGRES} or newer."
        )


async def _postgres_version(url: str) -> int:
    connection = await asyncpg.connect(url, timeout=SECONDS)
    try:
        return int(connection.get_server_version().major)
    finally:
        await connection.close(timeout=SECONDS)


def refuse_unreachable_broker(url: str) -> None:
    """Refuse a broker that does not answer."""
    options = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS, "max_retries": 1}
    try:
        with Connection(url, connect_timeout=SECONDS, transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=SECONDS)
            connection.channel().close()
    except (*_broker_errors(url), KombuError, OSError, ValueError, KeyError) as error:
        reason = _words(error)
        raise StackRefused(
            f"The broker at {without_secrets(url)} cannot be reached ({reason}); start it, or correct "
            "BROKER_URL, or unset it to use the embedded one."
        ) from None


def _broker_errors(url: str) -> tuple[type[BaseException], ...]:
    with Connection(url) as connection:
        return (*connection.connection_errors, *connection.channel_errors)


def _words(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def without_secrets(url: str) -> str:
    """Give an address as it may be shown: neither user, password nor options."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "the given address"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
