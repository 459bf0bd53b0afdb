"""Start processes that cannot outlive us, and stop them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from web.stack.accounts import Account

GUARD = Path(__file__).with_name("guard.py")
OURSELVES = Account("", -1, -1)


def start_child(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    account: Account = OURSELVES,
    death_signal: signal.Signals = signal.SIGKILL,
    source: int = subprocess.DEVNULL,
    output: int = subprocess.DEVNULL,
    folder: Path | None = None,
    keep: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a command as a child that gets death_signal when we die, in a session of its own.

    Call it from a thread that lives as long as the child should: the kernel counts the thread as the parent.

    Args:
        command: program (absolute path) and arguments.
        environment: the child's whole environment; None hands ours down.
        account: whom the child runs as.
        death_signal: sent by the kernel when we die.
        source: what the child reads.
        output: where both of the child's outputs go.
        folder: its working folder.
        keep: open file numbers that the child inherits.
    """
    guard = [sys.executable, "-I", "-S", str(GUARD)]
    numbers = [str(number) for number in (os.getpid(), int(death_signal), account.uid, account.gid)]
    return subprocess.Popen(  # noqa: S603 (commands are lists of our own making, no shell)
        [*guard, *numbers, *command],
        stdin=source,
        stdout=output,
        stderr=subprocess.STDOUT if output != subprocess.DEVNULL else subprocess.DEVNULL,
        env=None if environment is None else dict(environment),
        cwd=folder,
        pass_fds=tuple(keep),
        start_new_session=True,
    )


def stop_child(
    child: subprocess.Popen[bytes],
    with_signal: signal.Signals,
    patience: float,
    hurry: Callable[[], bool] = lambda: False,
) -> None:
    """Ask a child to stop, wait for it, and kill what is left of its process group.

    Args:
        child: the process.
        with_signal: how it is asked.
        patience: seconds until it is killed.
        hurry: asked again and again; once true the child is killed at once.
    """
    with suppress(ProcessLookupError):
        child.send_signal(with_signal)
    deadline = time.monotonic() + patience
    while child.poll() is None:
        if time.monotonic() > deadline or hurry():
            child.kill()
            child.wait()
        time.sleep(0.01)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
