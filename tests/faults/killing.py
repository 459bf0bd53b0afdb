"""A stack of real processes, and the hand that kills them with signal 9 at random moments."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import redis

from tests.faults.processes import Watched, command_line, descendants, kill_all, named, soon
from web.stack.folder import running_addresses

ROOT = Path(__file__).parents[2]
READY = 90.0
TARGETS = {
    "web": "web.cli serve",
    "worker": "web.cli worker",
    "relay": "web.cli beat",
    "broker": "valkey-server",
    "database": "postgres",
}
POSTMASTER = "/postgres -D "
WHOLE_DATABASE = 0.25  # of the kills of the database hit all of it, the others one of its processes
QUEUE = "errands"
KEPT_LINES = 40
PILED_WITHIN = 8.0
PILE = 5  # nudges in the broker when it is emptied


class Victim:
    """The real stack in a folder, started again when its end comes with the end of its database.

    Args:
        folder: that the database's account can reach.
        port: of the web server.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.starts = 0
        self.said: list[str] = []
        self.stack: Watched | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.faults.kill_stack", str(self.folder), str(self.port)]
        self.stack = Watched(command, {**os.environ, "PYTHONUNBUFFERED": "1"}, cwd=ROOT)
        self.starts += 1
        self.stack.wait_for("Journeymark is ready at", READY)

    def keep_up(self) -> None:
        """Start again where the stack has ended, as the machine's own supervisor does."""
        if self.stack is not None and self.stack.process.poll() is not None:
            self.clear_up()
            self.start()

    def clear_up(self) -> None:
        """Leave nothing of it running, and keep the last that it said."""
        if self.stack is not None:
            has_ended = self.stack.process.poll() is not None
            self.stack.clear_up()
            if has_ended:
                self.stack.ended()
            self.said += self.stack.seen[-KEPT_LINES:]
            self.stack = None

    @property
    def url(self) -> str:
        return running_addresses(self.folder)["DATABASE_URL"]

    def family(self) -> set[tuple[int, str]]:
        return descendants(self.stack.process.pid) if self.stack is not None else set()

    def broker(self) -> redis.Redis:
        place = running_addresses(self.folder)["BROKER_URL"].removeprefix("redis+socket://").partition("?")[0]
        return redis.Redis(unix_socket_path=place, socket_timeout=5)


class Killer:
    """Kills one process after another.

    Args:
        victim: the stack.
        chance: whom and when.
    """

    def __init__(self, victim: Victim, chance: random.Random) -> None:
        self.victim = victim
        self.chance = chance
        self.killed: Counter[str] = Counter()
        self.under_load = 0
        self.nudges_lost = 0

    async def kill(self) -> str:
        """Kill somebody who is alive, and tell whom."""
        while True:
            await asyncio.to_thread(self.victim.keep_up)
            target = self.chance.choice(sorted(TARGETS))
            found = self._candidates(target)
            if found:
                kill_all([self.chance.choice(found)])
                self.killed[target] += 1
                return target
            await asyncio.sleep(0.05)

    def _candidates(self, target: str) -> list[int]:
        family = self.victim.family()
        if target != "database":
            return sorted(named(family, TARGETS[target]))
        whole = named(family, POSTMASTER)
        if self.chance.random() < WHOLE_DATABASE:
            return whole
        return sorted(number for number in _servers(family) if number not in whole)

    def empty_broker(self) -> None:
        """Let nudges pile up while nobody takes them, and take the whole broker's contents away."""
        stopped: set[int] = set()

        def piled_up() -> bool:
            stopped.update(named(self.victim.family(), TARGETS["worker"]))
            for number in stopped:
                _signal(number, signal.SIGSTOP)
            return self._nudges() >= PILE

        try:
            soon(piled_up, PILED_WITHIN)
            self.nudges_lost += self._nudges()
            with suppress(redis.RedisError), self.victim.broker() as broker:
                broker.flushall()
        finally:
            for number in stopped:
                _signal(number, signal.SIGCONT)

    def _nudges(self) -> int:
        with suppress(redis.RedisError), self.victim.broker() as broker:
            return int(str(broker.llen(QUEUE)))
        return 0


def _servers(family: set[tuple[int, str]]) -> list[int]:
    return [number for number, _ in family if command_line(number).startswith("postgres: ")]


def _signal(number: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, what)
