"""Watch real processes through /proc: who descends from whom, and who is still there."""

import os
import queue
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PATIENCE = 30.0


class Watched:
    """A started command whose output can be waited for and whose descendants are remembered."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], **options: object) -> None:
        self.seen: list[str] = []
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(  # type: ignore[call-overload]
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=dict(environment),
            **options,
        )
        self.family: set[tuple[int, str]] = set()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def wait_for(self, words: str, seconds: float = PATIENCE) -> str:
        """Wait until a line holds the words."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no word of {words!r} in {self.seen}") from None
            if line is None:
                self.lines.put(None)  # the end stays to be seen
            assert line is not None, f"ended before {words!r}: {self.seen}"
            self.seen.append(line)
            if words in line:
                self.family |= descendants(self.process.pid)
                return line

    def remember(self) -> None:
        """Note who descends from the process now."""
        self.family |= descendants(self.process.pid)

    def send(self, number: signal.Signals) -> None:
        self.remember()
        self.process.send_signal(number)

    def ended(self) -> int:
        """Wait for the end and return the exit code."""
        code: int = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        while (line := self.lines.get(timeout=PATIENCE)) is not None:
            self.seen.append(line)
        self.process.stdout.close()
        return code

    def survivors(self) -> set[tuple[int, str]]:
        return {person for person in self.family if start_time(person[0]) == person[1]}

    def clear_up(self) -> None:
        """Kill whatever a failed test would leave behind."""
        self.family |= descendants(self.process.pid)
        if self.process.poll() is None:
            self.process.kill()
            self.ended()
        kill_all(number for number, _ in self.survivors())


def kill_all(numbers: Iterable[int]) -> None:
    """Kill processes; some go by themselves once the first is gone, and are as dead."""
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def start_time(process: int) -> str | None:
    """Tell when a living process began: a number used again has another one."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else fields[19]


def descendants(process: int) -> set[tuple[int, str]]:
    """List the living descendants of a process with their start times."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found: set[tuple[int, str]] = set()
    waiting = [process]
    while waiting:
        for child in parents.get(waiting.pop(), []):
            began = start_time(child)
            if began is not None:
                found.add((child, began))
                waiting.append(child)
    return found


def named(family: set[tuple[int, str]], words: str) -> list[int]:
    """Pick the processes whose command line holds the words."""
    return [number for number, _ in family if words in command_line(number)]


def command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def soon(is_so: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Tell whether something becomes true within some seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
