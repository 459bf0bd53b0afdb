"""The real server in a process of its own, over a shop, at the shop's own time."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from granian.constants import Interfaces
from granian.server import Server
from litestar import Litestar

from tests.web.shop import NOW
from web.app import create_app
from web.settings import Settings
from web.stack.guard import die_with_parent

ROOT = Path(__file__).parents[3]
SECONDS = 30.0


def application() -> Litestar:
    parent = multiprocessing.parent_process()
    assert parent is not None
    assert parent.pid is not None
    die_with_parent(parent.pid, signal.SIGKILL)
    return create_app(Settings.from_environment(os.environ), clock=lambda: NOW)


@contextmanager
def serving(database_url: str, log: Path, *, processes: int = 1) -> Iterator[str]:
    """Serve a database; gives the address, and writes what the server says to `log`."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    own = {
        "DATABASE_URL": database_url,
        "JOURNEYMARK_PORT": str(port),
        "JOURNEYMARK_WEB_PROCESSES": str(processes),
    }
    environment = {**os.environ, **own}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.api.live"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
        try:
            yield _ready(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.terminate()
            process.wait(SECONDS)


def _ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> str:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{address}/api/v1/health", timeout=SECONDS):  # noqa: S310 - our own server
                return address
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not come up: {log.read_text(errors='replace')}")


if __name__ == "__main__":
    chosen = Settings.from_environment(os.environ)
    Server(
        "tests.web.api.live:application",
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=chosen.web_processes,
        factory=True,
    ).serve()
