"""The data folder of a stack: made once, used by one stack at a time, with word where that one listens."""

import fcntl
import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from web.stack.accounts import ROOT
from web.stack.refusals import StackRefused

LINGER_SECONDS = 15.0


class DataFolder:
    """A data folder that is ours alone while the object is open.

    The lock is handed down to the database server, so that it holds until the last of its processes is gone,
    also when the process that started it was killed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.lock = -1

    def open(self) -> Self:
        """Make the folder when there is none and lock it; refuse when another stack has it."""
        make_folder(self.path)
        try:
            self.lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise StackRefused(
                f"The data folder {self.path} cannot be written ({error.strerror}); "
                "set JOURNEYMARK_DATA to a folder of your own."
            ) from None
        try:
            self._wait_for_lock()
        except StackRefused:
            os.close(self.lock)
            raise
        os.ftruncate(self.lock, 0)
        os.pwrite(self.lock, f"{os.getpid()}\n".encode(), 0)
        return self

    def close(self) -> None:
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wait_for_lock(self) -> None:
        deadline = time.monotonic() + LINGER_SECONDS
        while not _try_lock(self.lock):
            holder = _holder(self.lock)
            if _is_alive(holder) or time.monotonic() > deadline:
                raise StackRefused(
                    f"The data folder {self.path} is in use by process {holder}; stop that one first "
                    "(Ctrl-C), or set JOURNEYMARK_DATA to another folder."
                )
            time.sleep(0.05)  # its owner was killed and its database server is still writing out

    def write_addresses(self, addresses: Mapping[str, str]) -> None:
        """Leave word for commands in other terminals where this stack listens."""
        replace_text(self.path / "stack.json", json.dumps({"process": os.getpid(), **addresses}), 0o600)

    def forget_addresses(self) -> None:
        (self.path / "stack.json").unlink(missing_ok=True)


def running_addresses(path: Path) -> dict[str, str]:
    """Tell where the stack that runs on this data folder listens; empty when none runs."""
    try:
        found: dict[str, str] = json.loads((path / "stack.json").read_text())
        lock = os.open(path / "lock", os.O_RDWR)
    except (OSError, ValueError):
        return {}
    try:
        return {} if _try_lock(lock) or not _is_alive(_holder(lock)) else found
    finally:
        os.close(lock)


def make_folder(path: Path) -> None:
    """Make the folder with modes of ours; one that exists keeps its own."""
    if path.is_dir():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700)
        if os.geteuid() == ROOT:
            path.chmod(0o711)  # the server's account passes through to its own folder, and lists nothing
    except FileExistsError:
        if not path.is_dir():
            raise StackRefused(
                f"The data folder {path} is not a folder; set JOURNEYMARK_DATA to another one."
            ) from None
    except OSError as error:
        raise StackRefused(
            f"The data folder {path} cannot be made ({error.strerror}); set JOURNEYMARK_DATA to another one."
        ) from None


def replace_text(path: Path, text: str, mode: int) -> None:
    """Write a whole file or leave the old one, never following a link that stands in its place."""
    number, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text)
        os.fchmod(number, mode)
    Path(name).replace(path)


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(lock: int) -> int:
    try:
        return int(os.pread(lock, 32, 0))
    except ValueError:
        return 0


def _is_alive(process: int) -> bool:
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
