"""What the worker does: one task that runs an errand of the outbox, whatever its topic."""

import os
from datetime import UTC, datetime
from typing import Any

import structlog
from celery.signals import worker_process_init, worker_process_shutdown

from apprenticeship.cohort import refreshing, runs
from apprenticeship.cohort.looks import services as looks
from apprenticeship.credit_rosters import services as credit_rosters
from apprenticeship.forecasts import keeping as forecasts
from apprenticeship.notices import services as notices
from apprenticeship.outbox import services as outbox
from apprenticeship.outbox.model import Errand, Work
from apprenticeship.proposals import asking, looking
from apprenticeship.roster import services as roster
from apprenticeship.training import services as training
from tasks import letters
from tasks.app import app
from tasks.child import Child

log = structlog.get_logger()

TOPICS = {
    roster.TOPIC: Work(do=roster.import_chunk, give_up=roster.abandon_chunk),
    runs.SPLIT: Work(do=runs.split, give_up=runs.abandon),
    runs.RANGE: Work(do=runs.work_range, give_up=runs.abandon),
    refreshing.REFRESH: Work(do=refreshing.refresh, give_up=runs.leave),
    looks.SPLIT: Work(do=looks.split, give_up=looks.abandon),
    looks.RANGE: Work(do=looks.work_range, give_up=looks.abandon),
    asking.LOOK: Work(do=looking.look, give_up=looking.look_again_tomorrow),
    forecasts.KEEP: Work(do=forecasts.keep_asked, give_up=forecasts.leave),
    credit_rosters.WORK: Work(do=credit_rosters.work, give_up=credit_rosters.abandon),
    training.WORK: Work(do=training.work, give_up=training.abandon),
    runs.DROP: Work(do=runs.drop, give_up=runs.leave),
    notices.LETTER: Work(do=letters.send_digest, give_up=runs.leave),
    notices.QUESTION: Work(do=letters.send_question, give_up=runs.leave),
}

_children: dict[int, Child] = {}


def _run(errand: int) -> None:
    """Run an errand by its number; one that is done or held elsewhere is left alone."""
    done = _child().run(outbox.run(errand, Work(do=_do, give_up=_give_up), now=datetime.now(UTC)))
    log.info("errand", errand=errand, done=done)


run_errand: Any = app.task(name="journeymark.errand")(_run)


async def _do(errand: Errand, now: datetime) -> None:
    await TOPICS[errand.topic].do(errand, now)


async def _give_up(errand: Errand, now: datetime) -> None:
    log.error("errand given up", errand=errand.id, topic=errand.topic, attempts=errand.attempts)
    await TOPICS[errand.topic].give_up(errand, now)


def _child() -> Child:
    """Return this process's child; a forked copy of another's is never used."""
    return _children.setdefault(os.getpid(), Child(app.conf.journeymark_database_url))


def _forget_the_parent(**_: Any) -> None:
    _children.clear()


def _close(**_: Any) -> None:
    child = _children.pop(os.getpid(), None)
    if child is not None:
        child.close()


worker_process_init.connect(_forget_the_parent)
worker_process_shutdown.connect(_close)
