"""One event loop and one pool for each child of the worker, made in the child: neither survives a fork."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

from apprenticeship.store import open_store

CONNECTIONS = 2
LIMIT = 240.0  # seconds


class Child:
    """The event loop of this process, with the database open in it.

    Args:
        database_url: the database to open at the first use.
    """

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._open = False

    def run(self, work: Coroutine[Any, Any, bool]) -> bool:
        """Run one piece of work to its end, or cancel it in order when it takes too long.

        Celery's own soft limit would raise wherever the event loop is, and leave the work hanging in it.

        Raises:
            TimeoutError: it took too long; its transaction was rolled back.
        """
        if not self._open:
            self._runner.run(self._start())
        return self._runner.run(_limited(work))

    async def _start(self) -> None:
        await self._stack.enter_async_context(open_store(self._database_url, connections=CONNECTIONS))
        self._open = True

    def close(self) -> None:
        """Give the connections back and end the loop."""
        if self._open:
            self._runner.run(self._stack.aclose())
        self._runner.close()


async def _limited(work: Coroutine[Any, Any, bool]) -> bool:
    async with asyncio.timeout(LIMIT):
        return await work
