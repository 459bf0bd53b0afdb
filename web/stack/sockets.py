"""Private folders for sockets: fresh for each start, open to one account alone, with a short path."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from web.stack.accounts import Account
from web.stack.folder import replace_text

PREFIX = "jm-"
LONGEST_PATH = 80  # the kernel takes 107 bytes for folder and socket name together
PLAIN_PLACE = Path("/tmp")  # noqa: S108 (only the parent of a folder that mkdtemp makes fresh, mode 0700)


def fresh_socket_folder(trail: Path, account: Account) -> Path:
    """Make the folder and leave its name in trail, so that the next start clears up after a killed one.

    The caller holds the lock of the data folder: nobody listens any more where the trail leads.
    """
    uid = account.uid if account.is_other else os.geteuid()
    with suppress(OSError):
        _remove(Path(trail.read_text()), uid)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_place(account)))
    if account.is_other:
        os.chown(folder, account.uid, account.gid)
    replace_text(trail, str(folder), 0o600)
    return folder


def _place(account: Account) -> Path:
    usual = tempfile.gettempdir()
    is_plain = len(os.fsencode(usual)) <= LONGEST_PATH and not set(usual) & set("\"', ")
    return Path(usual) if is_plain and not account.is_other else PLAIN_PLACE


def _remove(folder: Path, uid: int) -> None:
    """Remove a folder of ours; a folder of somebody else that took its name stays."""
    if folder.name.startswith(PREFIX) and folder.lstat().st_uid == uid:
        shutil.rmtree(folder)
