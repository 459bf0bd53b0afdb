"""The real stack, whose supervisor starts again at once whatever dies: `kill_stack.py DATA PORT`.

What keeps dying is otherwise started after a pause that doubles; here it dies because it is killed.
"""

import os
import sys

from web.cli.service import FAILED
from web.settings import Settings
from web.stack.logbook import Logbook
from web.stack.refusals import StackFailed
from web.stack.supervisor import Stack

PAUSE = 0.5


def main(folder: str, port: str) -> int:
    own = {
        "JOURNEYMARK_DATA": folder,
        "JOURNEYMARK_PORT": port,
        "JOURNEYMARK_WEB_PROCESSES": "2",
        "JOURNEYMARK_LOG_LEVEL": "warning",
    }
    os.environ.update(own)
    try:
        Stack(Settings.from_environment(os.environ), Logbook(), longest_pause=PAUSE).run()
    except StackFailed as failure:
        print(failure, flush=True)  # noqa: T201
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
