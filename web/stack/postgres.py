"""An embedded PostgreSQL: a cluster on the data folder, reached over one private socket by us alone."""

import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import quote

from web.stack.accounts import own_name, server_account
from web.stack.binaries import postgres_binaries
from web.stack.children import start_child, stop_child
from web.stack.cluster import cluster_home, create_cluster, server_environment
from web.stack.folder import DataFolder, replace_text
from web.stack.refusals import StackFailed
from web.stack.sockets import fresh_socket_folder

START_SECONDS = 60.0
STOP_SECONDS = 30.0
DATABASE = "journeymark"
OWNER = "journeymark"
ADMINISTRATOR = "postgres"
STATUS_LINE = 7


class EmbeddedPostgres:
    """One PostgreSQL server of our own.

    Args:
        folder: the data folder, held open (and so locked) for as long as the server runs.
        durable: whether a power cut may lose nothing; tests that throw their cluster away say no.
    """

    def __init__(self, folder: DataFolder, *, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self.sockets = Path()

    def start(self, output: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start the server, making its cluster first when there is none; returns before it is ready."""
        account = server_account(self.folder.path / "postgres")
        home = cluster_home(self.folder.path, account)
        account = server_account(home / "postgres") if home != self.folder.path else account
        binaries = postgres_binaries(account)
        create_cluster(binaries, home, account, synced=self.durable)
        _remove_stale_pid(home / "postgres")
        self._write_access(home)
        self.sockets = fresh_socket_folder(self.folder.path / "postgres.sockets", account)
        self.process = start_child(
            [str(binaries / "postgres"), "-D", str(home / "postgres"), *self._settings(home)],
            environment=server_environment(),
            account=account,
            death_signal=signal.SIGINT,  # a fast shutdown: clients are cut off, nothing is left behind
            output=output,
            folder=Path("/"),
            keep=[self.folder.lock],
        )
        self._pid_file = home / "postgres" / "postmaster.pid"
        return self.process

    def wait_until_ready(self) -> None:
        """Wait until the server takes connections.

        Raises:
            StackFailed: it ended, or was not ready within a minute.
        """
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self.process is None or self.process.poll() is not None:
                raise StackFailed("PostgreSQL ended while it was starting.")
            if time.monotonic() > deadline:
                raise StackFailed(f"PostgreSQL was not ready after {START_SECONDS:.0f} seconds.")
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process is not None:
            stop_child(self.process, signal.SIGINT, STOP_SECONDS)
            self.process = None
        self.tidy()

    def tidy(self) -> None:
        """Remove the socket folder once the server is gone."""
        if self.sockets != Path():
            shutil.rmtree(self.sockets, ignore_errors=True)
            self.sockets = Path()

    def __enter__(self) -> Self:
        try:
            self.start()
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, database: str = DATABASE, role: str = OWNER) -> str:
        """Give the address of a database, for a role that our account may take."""
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(self.sockets))}"

    def is_ready(self) -> bool:
        try:
            lines = self._pid_file.read_text().splitlines()
        except (FileNotFoundError, PermissionError):
            return False
        own = self.process is not None and lines[:1] == [str(self.process.pid)]
        return own and [line.strip() for line in lines[STATUS_LINE:]] == ["ready"]

    def _settings(self, home: Path) -> list[str]:
        settings = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "hba_file": str(home / "pg_hba.conf"),
            "ident_file": str(home / "pg_ident.conf"),
            "cluster_name": "journeymark",
            "logging_collector": "off",
            "log_line_prefix": "",
            "log_checkpoints": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _write_access(self, home: Path) -> None:
        """Let our account in, as the owner or the administrator, and nobody else."""
        name = own_name()
        entries = [f'journeymark "{name}" {role}' for role in (OWNER, ADMINISTRATOR)]
        replace_text(home / "pg_ident.conf", "\n".join(entries) + "\n", 0o644)
        replace_text(home / "pg_hba.conf", "local all all peer map=journeymark\n", 0o644)


def _remove_stale_pid(cluster: Path) -> None:
    """Remove a pid file whose server is gone: its number may belong to any other program by now."""
    pid_file = cluster / "postmaster.pid"
    try:
        process = pid_file.read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return
    with suppress(OSError):
        if process.isdigit() and Path(f"/proc/{process}/cwd").samefile(cluster):
            return  # a server started by other means; PostgreSQL itself will refuse with its own words
    pid_file.unlink()
