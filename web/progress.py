"""Telling a page how far some work has come, until it is over."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from litestar.response import ServerSentEvent

PAUSE = 0.5
LONGEST_WATCH = 600

WorkT = TypeVar("WorkT")


@dataclass(frozen=True, kw_only=True)
class Line:
    """How far it is: what the bar shows, and what stands above it."""

    over: bool
    done: int
    total: int
    said: str


def told(found: Callable[[], Awaitable[WorkT]], line: Callable[[WorkT], Line]) -> ServerSentEvent:
    """Tell a page again and again how far some work is; it loads itself anew when it hears that it is over."""

    async def events() -> AsyncIterator[dict[str, str]]:
        for _ in range(int(LONGEST_WATCH / PAUSE)):
            now = line(await found())
            state = "done" if now.over else "running"
            data = {"state": state, "done": now.done, "total": now.total, "said": now.said}
            yield {"event": "progress", "data": json.dumps(data)}
            if now.over:
                return
            await asyncio.sleep(PAUSE)

    return ServerSentEvent(events())
