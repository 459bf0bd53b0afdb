"""An embedded broker: Valkey on a private socket, in memory alone.

It keeps nothing on disk: the database is the queue of record and what is lost here is only a nudge.
"""

import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from web.stack.binaries import valkey_binary
from web.stack.children import OURSELVES, start_child, stop_child
from web.stack.folder import DataFolder
from web.stack.refusals import StackFailed
from web.stack.sockets import fresh_socket_folder

START_SECONDS = 20.0
STOP_SECONDS = 10.0


class EmbeddedBroker:
    """One Valkey server of our own.

    Args:
        folder: the data folder, held open for as long as the broker runs.
    """

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self.sockets = Path()

    @property
    def socket_path(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """Give the address in the form that Celery takes."""
        return f"redis+socket://{self.socket_path}?virtual_host=0"

    def start(self, output: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start the server, on its old socket when it had one; returns before it is ready."""
        if self.sockets == Path():
            self.sockets = fresh_socket_folder(self.folder.path / "broker.sockets", OURSELVES)
        settings = {
            "--port": "0",
            "--unixsocket": str(self.socket_path),
            "--unixsocketperm": "700",
            "--save": "",
            "--appendonly": "no",
            "--dir": str(self.sockets),
            "--daemonize": "no",
            "--loglevel": "warning",
        }
        command = [str(valkey_binary()), *(part for pair in settings.items() for part in pair)]
        self.process = start_child(command, output=output, folder=self.sockets)
        return self.process

    def wait_until_ready(self) -> None:
        """Wait until the server answers.

        Raises:
            StackFailed: it ended, or did not answer in time.
        """
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self.process is None or self.process.poll() is not None:
                raise StackFailed("The broker ended while it was starting.")
            if time.monotonic() > deadline:
                raise StackFailed(f"The broker was not ready after {START_SECONDS:.0f} seconds.")
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process is not None:
            stop_child(self.process, signal.SIGTERM, STOP_SECONDS)
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

    def is_ready(self) -> bool:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(self.socket_path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False
