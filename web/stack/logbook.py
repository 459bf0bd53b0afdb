"""One log for all processes of a stack: a line each, with the time and who said it."""

import os
import sys
import threading
from datetime import datetime
from typing import TextIO

from web.stack.wording import reworded

WIDTH = 8
COLOURS = {"web": 34, "worker": 35, "beat": 36, "postgres": 33, "broker": 32, "stack": 1}


class Logbook:
    """Writes the lines of several processes to one place, never two at once.

    Args:
        target: where the lines go; coloured only when it is a terminal and NO_COLOR is not set.
    """

    def __init__(self, target: TextIO | None = None) -> None:
        self.target = target or sys.stdout
        self.is_coloured = self.target.isatty() and "NO_COLOR" not in os.environ
        self.writing = threading.Lock()
        self.readers: list[threading.Thread] = []

    def write(self, speaker: str, line: str) -> None:
        """Write one line; without a speaker it stands alone."""
        if speaker:
            prefix = f"{datetime.now().astimezone():%H:%M:%S} {speaker:<{WIDTH}} | "
            line = self._coloured(prefix, speaker) + line
        with self.writing:
            try:
                print(line, file=self.target, flush=True)
            except BrokenPipeError:  # nobody reads on; the stack must still stop in order
                silence = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silence, self.target.fileno())
                os.close(silence)

    def listen(self, speaker: str) -> int:
        """Open a line to the log for a process; close the returned number once the process has it."""
        source, target = os.pipe()
        reader = threading.Thread(target=self._copy, args=(speaker, source), name=f"log of {speaker}")
        reader.daemon = True
        reader.start()
        self.readers = [*(known for known in self.readers if known.is_alive()), reader]
        return target

    def finish(self) -> None:
        """Wait for the last words of processes that have ended."""
        for reader in self.readers:
            reader.join(1)

    def _copy(self, speaker: str, source: int) -> None:
        with os.fdopen(source, "rb") as lines:
            for line in lines:
                text = reworded(speaker, line.decode("utf-8", "replace").rstrip())
                if text:
                    self.write(speaker, text)

    def _coloured(self, prefix: str, speaker: str) -> str:
        return f"\x1b[{COLOURS.get(speaker, 37)}m{prefix}\x1b[0m" if self.is_coloured else prefix
