"""The processes of Celery: the worker that runs jobs and the beat that hands out due work."""

import os
import signal
from functools import partial
from typing import Any

from celery.signals import worker_process_init

from tasks.processes import run_beat, run_worker
from web.settings import Settings
from web.stack.guard import die_with_parent


def work(settings: Settings) -> None:
    """Run jobs until told to stop."""
    worker_process_init.connect(partial(_die_with_worker, os.getpid()), weak=False)
    run_worker(*_addresses(settings), children=settings.worker_processes)


def hand_out_due_work(settings: Settings) -> None:
    """Hand out due work until told to stop."""
    run_beat(*_addresses(settings))


def _die_with_worker(worker: int, **_: Any) -> None:
    die_with_parent(worker, signal.SIGKILL)


def _addresses(settings: Settings) -> tuple[str, str]:
    return settings.database_url or "", settings.broker_url or ""
