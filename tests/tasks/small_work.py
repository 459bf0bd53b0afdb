"""The real worker or relay with errands of the tests' own: `small_work.py worker|relay DATABASE BROKER LEASE`.

Topics: `tally` writes one row, `fail` raises, `poison` kills its process, `hopeless` fails at giving up too.
"""

import asyncio
import os
import signal
import sys
from datetime import datetime, timedelta

from apprenticeship.audit.services import record
from apprenticeship.outbox.model import Errand, Work
from tasks.app import configure
from tasks.jobs import TOPICS
from tasks.processes import run_worker
from tasks.relay import run_relay


async def tally(errand: Errand, now: datetime) -> None:
    await record(None, "tally", errand.topic, errand.key, now=now, detail={"attempts": errand.attempts})
    await asyncio.sleep(errand.payload.get("seconds", 0))


async def fail(errand: Errand, now: datetime) -> None:
    await record(None, "never kept", errand.topic, errand.key, now=now, detail={})
    raise ValueError(f"{errand.key} cannot\0be done")


async def die(_errand: Errand, _now: datetime) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def give_up(errand: Errand, now: datetime) -> None:
    await record(None, "given up", errand.topic, errand.key, now=now, detail={"attempts": errand.attempts})


TOPICS["tally"] = Work(do=tally, give_up=give_up)
TOPICS["fail"] = Work(do=fail, give_up=give_up)
TOPICS["poison"] = Work(do=die, give_up=give_up)
TOPICS["hopeless"] = Work(do=fail, give_up=fail)


def main(role: str, database_url: str, broker_url: str, lease: str) -> None:
    if role == "worker":
        run_worker(database_url, broker_url)
        return
    configure(database_url, broker_url)
    asyncio.run(run_relay(database_url, lease=timedelta(seconds=float(lease))))


if __name__ == "__main__":
    main(*sys.argv[1:])
