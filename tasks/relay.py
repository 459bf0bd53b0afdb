"""The relay: every half second it hands open errands of the outbox to the worker, until it is stopped."""

import asyncio
import signal
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from kombu.exceptions import OperationalError

from apprenticeship.accounts.services import forget_old
from apprenticeship.cohort import refreshing as cohorts
from apprenticeship.forecasts import keeping as forecasts
from apprenticeship.notices.services import ask_for_letters
from apprenticeship.outbox.services import LEASE, hand_out
from apprenticeship.proposals import asking as proposals
from apprenticeship.store import open_store
from standards.storage.database import DRIVER
from tasks.jobs import run_errand

log = structlog.get_logger()

PAUSE = 0.5
LOOK_EVERY = timedelta(seconds=5)
TIDY_EVERY = timedelta(hours=1)
CONNECTIONS = 1
AWAY = (OperationalError, OSError, *DRIVER)


async def relay(stop: asyncio.Event, *, lease: timedelta = LEASE) -> None:
    """Hand out until told to stop, and see every few seconds what is due by date.

    Once an hour what is old is deleted and letters that are due are asked for. A broker or database that is away is
    waited for.
    """
    tidied = looked = datetime.min.replace(tzinfo=UTC)
    while not stop.is_set():
        try:
            if datetime.now(UTC) - looked > LOOK_EVERY:
                looked = datetime.now(UTC)
                await cohorts.ask_when_due(now=looked)
                await proposals.ask_when_due(now=looked)
            await _round(lease)
            if datetime.now(UTC) - tidied > TIDY_EVERY:
                tidied = datetime.now(UTC)
                await forget_old(now=tidied)
                await cohorts.tidy(now=tidied)
                await proposals.tidy(now=tidied)
                await ask_for_letters(now=tidied)
                await forecasts.ask_when_due(now=tidied)
        except AWAY as error:
            log.warning("relay waits", reason=str(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)


async def _round(lease: timedelta) -> None:
    for errand in await hand_out(now=datetime.now(UTC), lease=lease):
        await asyncio.to_thread(_send, errand.id, lease)


def _send(errand: int, lease: timedelta) -> None:
    """A nudge that nobody took within its lease is worth nothing: the next round sends another."""
    run_errand.apply_async((errand,), expires=lease.total_seconds(), retry=False)


async def run_relay(database_url: str, *, lease: timedelta = LEASE) -> None:
    """Relay until SIGTERM or SIGINT; `tasks.app.configure` comes first."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with open_store(database_url, connections=CONNECTIONS):
        await relay(stop, lease=lease)
