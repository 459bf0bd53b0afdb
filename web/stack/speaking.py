"""How our own processes speak: one line each, without a stamp; the log of the stack adds time and name."""

import logging
from typing import Any

import structlog

from web.settings import Settings

WORTH_NAMING = frozenset({"warning", "error", "critical"})


def speak_plainly(settings: Settings) -> None:
    """Set up logging for this process."""
    # plain tracebacks: the usual ones show local variables, and those hold passwords and people's records
    last = structlog.dev.ConsoleRenderer(
        colors=False, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(
        processors=[_name_troubles, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(settings.log_level.upper())),
    )


def _name_troubles(_: Any, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Say of what went wrong that it did."""
    if method in WORTH_NAMING:
        event["event"] = f"{method}: {event['event']}"
    return event
