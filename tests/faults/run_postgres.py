"""Run the embedded PostgreSQL on a data folder until SIGTERM, and print its address."""

import signal
import sys
from pathlib import Path

from web.stack.folder import DataFolder
from web.stack.postgres import EmbeddedPostgres
from web.stack.refusals import StackRefused

if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        with DataFolder(Path(sys.argv[1])) as data, EmbeddedPostgres(data) as server:
            print(server.url(), flush=True)  # noqa: T201
            signal.sigwait([signal.SIGTERM])
    except StackRefused as refusal:
        print(refusal)  # noqa: T201
        sys.exit(2)
