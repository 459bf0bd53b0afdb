"""Where the files of the embedded database lie, and how they are made."""

import os
import shutil
import tempfile
from pathlib import Path

from web.stack.accounts import Account, can_reach
from web.stack.binaries import shared_home
from web.stack.children import start_child
from web.stack.folder import make_folder, replace_text
from web.stack.refusals import StackRefused

FIRST_STATEMENTS = b"CREATE ROLE journeymark LOGIN;\nCREATE DATABASE journeymark OWNER journeymark;\n"


def server_environment() -> dict[str, str]:
    """Give the server a bare environment: PGDATA, PGOPTIONS and the like are not meant for it."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def cluster_home(folder: Path, account: Account) -> Path:
    """Give the folder that holds the cluster: the data folder, or one that the account can reach."""
    elsewhere = folder / "postgres.path"
    if elsewhere.is_file():
        return Path(elsewhere.read_text().strip())
    if can_reach(account, folder):
        return folder
    home = Path(tempfile.mkdtemp(dir=shared_home(), prefix="data-"))
    home.chmod(0o711)  # made a line above; the server's account passes through to its own folder
    replace_text(elsewhere, f"{home}\n", 0o600)
    return home


def create_cluster(binaries: Path, home: Path, account: Account, *, synced: bool) -> None:
    """Make the cluster with its role and database, whole or not at all."""
    if (home / "postgres").is_dir():
        return
    make_folder(home)
    for left in home.glob(".creating-*"):
        shutil.rmtree(left)
    fresh = Path(tempfile.mkdtemp(dir=home, prefix=".creating-"))
    if account.is_other:
        os.chown(fresh, account.uid, account.gid)
    options = (
        "--auth=reject --auth-local=peer --username=postgres --encoding=UTF8 --locale=C --data-checksums"
    )
    provider = "--locale-provider=builtin --builtin-locale=C.UTF-8 --no-instructions"
    sync = [] if synced else ["--no-sync"]
    initdb = [str(binaries / "initdb"), "-D", str(fresh), *options.split(), *provider.split(), *sync]
    _run(initdb, account, b"")
    single = [
        str(binaries / "postgres"),
        "--single",
        "-D",
        str(fresh),
        "-c",
        "log_checkpoints=off",
        "postgres",
    ]
    _run(single, account, FIRST_STATEMENTS)
    fresh.rename(home / "postgres")


def _run(command: list[str], account: Account, text: bytes) -> None:
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        told.write(text)
        told.seek(0)
        child = start_child(
            command,
            environment=server_environment(),
            account=account,
            source=told.fileno(),
            output=said.fileno(),
            folder=Path("/"),
        )
        if child.wait() != 0 or text:
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
            troubles = [line for line in words if "ERROR" in line or "FATAL" in line or "error:" in line]
            if child.returncode or troubles:
                raise StackRefused(
                    f"The database could not be made ({(troubles or words or ['no word'])[-1]}); "
                    "set JOURNEYMARK_DATA to a folder on a disk with room, or DATABASE_URL."
                )
