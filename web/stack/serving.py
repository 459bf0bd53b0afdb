"""The web server's own process."""

import multiprocessing
import os
import signal
from typing import TYPE_CHECKING

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from web.settings import Settings
from web.stack.guard import die_with_parent

if TYPE_CHECKING:
    from litestar import Litestar

GOODBYE_SECONDS = 5


def serve(settings: Settings) -> None:
    """Answer web requests until told to stop."""
    Server(
        "web.stack.serving:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.web_processes,
        factory=True,
        log_level=LogLevels[settings.log_level],
        workers_kill_timeout=GOODBYE_SECONDS,
    ).serve()


def application() -> "Litestar":
    """Make the application in a process of the web server, which dies with the process that started it."""
    from web.app import create_app  # noqa: PLC0415 (only the processes that answer need it)
    from web.stack.speaking import speak_plainly  # noqa: PLC0415 (as above)

    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        die_with_parent(parent.pid, signal.SIGKILL)
    settings = Settings.from_environment(os.environ)
    speak_plainly(settings)
    return create_app(settings)
