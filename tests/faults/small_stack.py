"""The real supervisor over small processes of the tests' own: `small_stack.py up DATA PORT`.

The web server is the real one with a one-page application; worker and beat only wait.
"""

import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server
from litestar import Litestar, get

from web.cli.service import REFUSED
from web.settings import Settings
from web.stack.guard import die_with_parent
from web.stack.logbook import Logbook
from web.stack.refusals import StackFailed, StackRefused
from web.stack.supervisor import Stack


@get("/healthz")
async def healthz() -> str:
    return os.environ["DATABASE_URL"]


def application() -> Litestar:
    parent = multiprocessing.parent_process()
    assert parent is not None
    assert parent.pid is not None
    die_with_parent(parent.pid, signal.SIGKILL)
    return Litestar([healthz], openapi_config=None)


def command_for(name: str) -> list[str]:
    return [sys.executable, str(Path(__file__)), name]


def up(folder: str, port: str) -> int:
    settings = Settings.from_environment({**os.environ, "JOURNEYMARK_DATA": folder, "JOURNEYMARK_PORT": port})
    try:
        Stack(settings, Logbook(), command_for=command_for).run()
    except StackRefused as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return REFUSED
    except StackFailed as failure:
        print(failure, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def main(role: str, *arguments: str) -> int:
    if role == "up":
        return up(*arguments)
    if role == "serve":
        port = int(os.environ["JOURNEYMARK_PORT"])
        Server(
            "tests.faults.small_stack:application", port=port, interface=Interfaces.ASGI, factory=True
        ).serve()
    elif role in ("worker", "beat"):
        print("waiting")  # noqa: T201
        time.sleep(600)
    return 0


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[2])
    sys.exit(main(*sys.argv[1:]))
