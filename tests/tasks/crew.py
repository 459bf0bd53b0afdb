"""Worker and relay as real processes over one database and broker, each in a process group of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 30.0
SMALL_WORK = "tests.tasks.small_work"


class Crew:
    """Starts, kills and stops the processes; what they said stands in a file for a failed test.

    Args:
        database_url: migrated.
        broker_url: of an empty broker.
        folder: for the log.
        lease: seconds.
    """

    def __init__(self, database_url: str, broker_url: str, folder: Path, lease: float = 1.0) -> None:
        self._arguments = [database_url, broker_url, str(lease)]
        self.log = folder / "crew.log"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in list(self.processes):
            self.kill(name)

    def start(self, *roles: str) -> None:
        """Start processes by their role; `worker-2` is a second worker."""
        for role in roles:
            with self.log.open("ab") as log:
                self.processes[role] = subprocess.Popen(
                    [sys.executable, "-m", SMALL_WORK, role.partition("-")[0], *self._arguments],
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def kill(self, role: str) -> None:
        """Kill a process and all its children at once, whatever they are doing."""
        process = self.processes.pop(role)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)

    def stop(self, role: str) -> int:
        """Ask a process to end, wait until it has, and give its exit code."""
        process = self.processes.pop(role)
        process.terminate()
        return process.wait(PATIENCE)

    def said(self) -> str:
        return self.log.read_text()
