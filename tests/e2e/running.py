"""The real stack with the demo, as `make run` starts it, in a folder and on a port of the tests' own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.processes import free_port

PROJECT = Path(__file__).parents[2]
READY = "Journeymark is ready at "
PATIENCE = 120.0


@contextmanager
def running_stack() -> Iterator[str]:
    """Start everything, give the address of the pages, and stop with Ctrl-C's signal."""
    folder = Path(tempfile.mkdtemp(prefix="jm-e2e-"))
    folder.chmod(0o711)  # the database runs as another account and passes through
    port = str(free_port())
    command = [
        sys.executable,
        "-m",
        "web.cli",
        "up",
        "--demo",
        "--port",
        port,
        "--data",
        str(folder / "data"),
    ]
    bare = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    log = folder / "log"
    with log.open("wb") as written:
        stack = subprocess.Popen(command, cwd=PROJECT, env=bare, stdout=written, stderr=subprocess.STDOUT)
    try:
        yield _address(stack, log)
    finally:
        stack.send_signal(signal.SIGINT)
        code = stack.wait(PATIENCE)
        said = log.read_text()
        shutil.rmtree(folder)
    assert code == 0, said[-4000:]


def _address(stack: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while READY not in log.read_text():
        assert stack.poll() is None, f"the stack ended before it was ready: {log.read_text()[-4000:]}"
        assert time.monotonic() < deadline, f"the stack is not ready: {log.read_text()[-4000:]}"
        time.sleep(0.1)
    return log.read_text().rpartition(READY)[2].split()[0]
