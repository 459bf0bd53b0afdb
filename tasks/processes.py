"""The two processes of this layer, each until it is told to stop."""

import asyncio
import warnings

from celery.platforms import SecurityWarning

from tasks.app import configure
from tasks.mail import Mail
from tasks.relay import run_relay


def run_worker(database_url: str, broker_url: str, *, mail: Mail | None = None, children: int = 2) -> None:
    """Do errands in a few children until SIGTERM; what is begun is finished first."""
    celery = configure(database_url, broker_url, mail)
    # of pickled messages, which only root would have to fear: ours are JSON and carry a number
    warnings.filterwarnings("ignore", category=SecurityWarning)
    celery.worker_main(
        [
            "--quiet",
            "worker",
            "--pool=prefork",
            f"--concurrency={children}",
            "--loglevel=WARNING",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    )


def run_beat(database_url: str, broker_url: str) -> None:
    """Hand out due errands until SIGTERM or SIGINT."""
    configure(database_url, broker_url)
    asyncio.run(run_relay(database_url))
