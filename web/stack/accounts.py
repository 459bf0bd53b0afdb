"""Which account of this machine runs the embedded PostgreSQL, and what that account can reach."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from web.stack.refusals import StackRefused

ROOT = 0


@dataclass(frozen=True)
class Account:
    """An account of the operating system; numbers of -1 stand for the one we already are."""

    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid >= 0


def own_name() -> str:
    """Name the account we run as: peer authentication knows people by name."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise StackRefused(
            f"The embedded database needs an account with a name, and uid {os.geteuid()} has none in the "
            "password file; run as a named account or set DATABASE_URL to a PostgreSQL of your own."
        ) from None


def server_account(cluster: Path) -> Account:
    """Choose who runs the server: ourselves, or, as root, the owner of the files or else ``nobody``."""
    owner = _owner(cluster)
    if os.geteuid() != ROOT:
        if owner not in (None, os.geteuid()):
            raise StackRefused(
                f"The database in {cluster.parent} belongs to another account (uid {owner}); start as that "
                "account, or set JOURNEYMARK_DATA to a folder of your own."
            )
        return Account(own_name(), -1, -1)
    if owner in (None, ROOT):
        owner = _owner(cluster.parent)
    try:
        entry = pwd.getpwnam("nobody") if owner in (None, ROOT) else pwd.getpwuid(owner or ROOT)
    except KeyError:
        raise StackRefused(
            "PostgreSQL does not run as root and this machine has no account `nobody` to run it as; start as "
            "an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _owner(path: Path) -> int | None:
    try:
        return path.stat().st_uid
    except (FileNotFoundError, PermissionError):
        return None


def can_reach(account: Account, path: Path) -> bool:
    """Ask the kernel, as that account, whether it may pass through (a folder) or run (a file) this path."""
    if not account.is_other:
        return os.access(path, os.X_OK)
    asked = subprocess.run(  # noqa: S603 (a fixed program with a path of ours)
        ["/usr/bin/test", "-x", str(path)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return asked.returncode == 0
