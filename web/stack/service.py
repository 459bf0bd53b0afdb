"""One process of the stack: how it starts, how it stops, and what happens when it dies by itself."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from web.stack.children import stop_child
from web.stack.logbook import Logbook

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0

Starter = Callable[[int], "subprocess.Popen[bytes]"]


@dataclass
class Service:
    """A process that is kept alive.

    Args:
        name: what the log calls it.
        starter: starts it with its output going to an open file number.
        stop_signal: asks it to stop in order.
        patience: seconds until it is killed instead.
        is_vital: whether its end ends the stack; others are started again after a pause that doubles.
        tidy: clears up after its last stop.
        longest_pause: seconds that the pause does not grow beyond.
    """

    name: str
    starter: Starter
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    is_vital: bool = False
    tidy: Callable[[], None] | None = None
    longest_pause: float = LONGEST_PAUSE
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    pause: float = field(default=FIRST_PAUSE, init=False)
    started: float = field(default=0.0, init=False)
    due: float | None = field(default=None, init=False)

    def start(self, log: Logbook) -> None:
        output = log.listen(self.name)
        try:
            self.process = self.starter(output)
        finally:
            os.close(output)
        self.started = time.monotonic()
        self.due = None

    @property
    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> float:
        """Set when to start again and return the pause in seconds; it grows while the process keeps dying."""
        if time.monotonic() - self.started > STEADY_SECONDS:
            self.pause = FIRST_PAUSE
        pause = self.pause
        self.due = time.monotonic() + pause
        self.pause = min(self.pause * 2, self.longest_pause)
        return pause

    def stop(self, hurry: Callable[[], bool]) -> None:
        """Stop the process in order, or at once when hurry says so."""
        if self.process is not None:
            stop_child(self.process, self.stop_signal, self.patience, hurry)
        self.process = None
        self.due = None
        if self.tidy is not None:
            self.tidy()
