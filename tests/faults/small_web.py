"""A web server with one page: the real server process over an application of the tests' own."""

import multiprocessing
import os
import signal

from granian.constants import Interfaces
from granian.server import Server
from litestar import Litestar, get

from web.stack.guard import die_with_parent


@get("/healthz")
async def healthz() -> str:
    return os.environ["DATABASE_URL"]


def application() -> Litestar:
    parent = multiprocessing.parent_process()
    assert parent is not None
    assert parent.pid is not None
    die_with_parent(parent.pid, signal.SIGKILL)
    return Litestar([healthz], openapi_config=None)


if __name__ == "__main__":
    port = int(os.environ["JOURNEYMARK_PORT"])
    Server("tests.faults.small_web:application", port=port, interface=Interfaces.ASGI, factory=True).serve()
