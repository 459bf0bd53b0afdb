"""Run a command so that it cannot outlive the process that started it.

Run as a script of its own, with the standard library alone: ``guard.py PARENT SIGNAL UID GID COMMAND...``.
It becomes the account UID:GID (``-1`` stays as it is), asks the kernel to send SIGNAL when PARENT dies, and
turns into COMMAND.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def become(uid: int, gid: int) -> None:
    """Drop to the account, all groups included; -1 keeps the present one."""
    if uid < 0:
        return
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def die_with_parent(parent: int, death_signal: int) -> None:
    """Ask for death_signal when the parent dies; leave at once when it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def main(arguments: list[str]) -> None:
    parent, death_signal, uid, gid = (int(argument) for argument in arguments[:4])
    # a parent that ignores or blocks signals must not hand that down: the command is to be stopped by them
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    become(uid, gid)
    die_with_parent(parent, death_signal)  # after become: a change of account clears the request
    os.execv(arguments[4], arguments[4:])  # noqa: S606 (no shell is wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
