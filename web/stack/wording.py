"""What other people's servers say, put so that one log can hold it: their stamps go, and so does what says nothing."""

import re

STAMPS = {
    "postgres": re.compile(r"^(?:LOG|HINT|DETAIL|STATEMENT|NOTICE):\s+"),
    "broker": re.compile(r"^\d+:\S+ (?:\d+ \w{3} \d{4} [\d:.]+ [.*#-] )?(?:\(\d+\) )?"),
    "web": re.compile(r"^\[INFO\] "),
    "worker": re.compile(r"^\[[\d: ,-]+: \w+/[\w-]+\] "),
}
# what every start and stop says, whatever happens; nothing here ever tells of a trouble
IDLE = {
    "postgres": (
        "starting PostgreSQL",
        "listening on Unix socket",
        "database system was shut down at",
        "received fast shutdown request",
        "aborting any active transactions",
        "background worker ",
        "shutting down",
    ),
    # the broker keeps nothing on disk, so it never needs the memory that it warns about
    "broker": ("WARNING Memory overcommit must be enabled", "Received SIGTERM scheduling"),
    "web": ("Spawning worker-", "Stopping worker-", "Stopped worker-"),
}


def reworded(speaker: str, line: str) -> str:
    """Return a line without its own stamp; empty when it says nothing that matters."""
    stamp = STAMPS.get(speaker)
    text = stamp.sub("", line) if stamp else line
    return "" if text.startswith(IDLE.get(speaker, ())) else text
