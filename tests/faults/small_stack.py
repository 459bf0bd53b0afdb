"""The real supervisor over small processes of the tests' own: `small_stack.py DATA PORT`."""

import os
import sys

from web.cli.service import FAILED, REFUSED
from web.settings import Settings
from web.stack.logbook import Logbook
from web.stack.refusals import StackFailed, StackRefused
from web.stack.supervisor import Stack

WAITING = "import time; print('{0} waits'); time.sleep(600)"
SCRIPTS = {"worker": WAITING.format("worker"), "beat": WAITING.format("beat"), "migrate": ""}


def command_for(name: str) -> list[str]:
    if name == "serve":
        return [sys.executable, "-m", "tests.faults.small_web"]
    if name == "migrate" and "SLOW_MIGRATION" in os.environ:
        return [sys.executable, "-c", WAITING.format(name)]
    return [sys.executable, "-c", SCRIPTS[name]]


def main(folder: str, port: str) -> int:
    settings = Settings.from_environment({**os.environ, "JOURNEYMARK_DATA": folder, "JOURNEYMARK_PORT": port})
    try:
        Stack(settings, Logbook(), command_for=command_for).run()
    except StackRefused as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return REFUSED
    except StackFailed as failure:
        print(failure, file=sys.stderr)  # noqa: T201
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
