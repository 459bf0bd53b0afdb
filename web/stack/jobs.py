"""The processes of Celery: the worker that runs jobs and the beat that hands out due work."""

import os
import signal
from functools import partial
from typing import Any

import structlog
from celery.signals import worker_process_init, worker_ready

from tasks.mail import Mail
from tasks.processes import run_beat, run_worker
from web.settings import Settings
from web.stack.guard import die_with_parent
from web.stack.speaking import speak_plainly


def work(settings: Settings) -> None:
    """Run jobs until told to stop."""
    speak_plainly(settings)
    worker_ready.connect(partial(_say_ready, settings.worker_processes), weak=False)
    worker_process_init.connect(partial(_die_with_worker, os.getpid()), weak=False)
    run_worker(*_addresses(settings), mail=_mail(settings), children=settings.worker_processes)


def hand_out_due_work(settings: Settings) -> None:
    """Hand out due work until told to stop."""
    speak_plainly(settings)
    structlog.get_logger().info("hands out due work")
    run_beat(*_addresses(settings))


def _say_ready(children: int, **_: Any) -> None:
    structlog.get_logger().info("waits for jobs", at_once=children)


def _die_with_worker(worker: int, **_: Any) -> None:
    die_with_parent(worker, signal.SIGKILL)


def _addresses(settings: Settings) -> tuple[str, str]:
    return settings.database_url or "", settings.broker_url or ""


def _mail(settings: Settings) -> Mail | None:
    """Give how letters are sent; None where the installation sends none."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return Mail(settings.smtp_url, settings.mail_from, settings.address)
