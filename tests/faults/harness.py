"""Kill the processes of a real stack at random while clients send commands, and look what is left.

`python -m tests.faults.harness --seeds 3 --kills 100 --signoffs 1500`; with `--empty-broker` the broker is emptied in
the middle as well. Everything runs on this machine, in a folder of its own that is removed.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.faults.clients import Clients
from tests.faults.crowd import Claim, Crowd, claims, gather
from tests.faults.killing import ROOT, Killer, Victim
from tests.faults.ledger import compare, outbox, without_rule
from tests.faults.processes import free_port

APPRENTICES = 30
CLIENTS = 6
BETWEEN = (0.0, 1.0)  # seconds from a kill to the next requests
INTO = (0.0, 0.3)  # seconds into their handling until the next kill
LOAD_WITHIN = 1.5
CAUGHT_UP_WITHIN = 8.0
DRAINED_WITHIN = 60.0
LONGEST = 900.0  # of a whole run


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one run does."""

    seed: int
    kills: int
    signoffs: int
    empties_broker: bool = False

    @property
    def apprentices(self) -> int:
        return min(APPRENTICES, -(-self.signoffs // 20))


@dataclass(kw_only=True)
class Outcome:
    """What one run came to."""

    plan: Plan
    killed: dict[str, int] = field(default_factory=dict)
    under_load: int = 0
    stack_starts: int = 0
    acknowledged: dict[str, int] = field(default_factory=dict)
    met: dict[str, int] = field(default_factory=dict)
    nudges_lost: int = 0
    errands: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    drained_in: float = 0.0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    without_rule: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        late = [f"drained only after {self.drained_in:.0f} s"] if self.drained_in > DRAINED_WITHIN else []
        open_or_dead = {state: often for state, often in self.errands.items() if state != "done"}
        left = [f"errands are left: {open_or_dead}"] if open_or_dead else []
        return [*self.wrong, *self.lost, *self.doubled, *self.without_rule, *self.broken, *late, *left]

    def words(self) -> str:
        """Say it in one line."""
        kills = (
            f"{sum(self.killed.values())} kills {self.killed}, {self.under_load} with requests on their way"
        )
        found = {
            "lost": self.lost,
            "doubled": self.doubled,
            "answered wrongly": self.wrong,
            "without their rule": self.without_rule,
            "broken promises": self.broken,
        }
        return (
            f"seed {self.plan.seed}: {kills}; {self.stack_starts} starts of the stack; {self.nudges_lost} nudges "
            f"lost; acknowledged {self.acknowledged}; met {self.met}; errands {self.errands}; "
            + ", ".join(f"{name} {len(those)}" for name, those in found.items())
            + f"; drained {self.drained_in:.1f} s after the last kill, {self.seconds:.0f} s in all"
        )


async def run(plan: Plan) -> Outcome:
    """Do one run in a new folder, and leave nothing running."""
    folder = _open_folder()
    victim = Victim(folder / "data", free_port())
    began = time.monotonic()
    try:
        async with asyncio.timeout(LONGEST):
            await asyncio.to_thread(victim.start)
            outcome = await _disturbed(plan, victim)
        await asyncio.to_thread(victim.clear_up)
        outcome.said = victim.said[-80:]
        outcome.seconds = time.monotonic() - began
        return outcome
    finally:
        await asyncio.to_thread(victim.clear_up)
        shutil.rmtree(folder, ignore_errors=True)


def _open_folder() -> Path:
    """Make a folder that the database's account can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="jm-kills-"))
    folder.chmod(0o711)
    return folder


async def _disturbed(plan: Plan, victim: Victim) -> Outcome:
    crowd = await gather(victim.url, plan.apprentices, now=datetime.now(UTC))
    clients = Clients(f"http://127.0.0.1:{victim.port}", crowd, random.Random(plan.seed))
    killer = Killer(victim, random.Random(plan.seed))
    enough = asyncio.Event()
    async with clients.http, asyncio.TaskGroup() as group:
        workers = [group.create_task(clients.work_off(part)) for part in _shares(plan, crowd)]
        boss = group.create_task(clients.give_raises(enough))
        await _kill(plan, killer, clients)
        last = time.monotonic()
        keeper = group.create_task(_keep_up(victim))
        await asyncio.wait(workers)
        enough.set()
        await asyncio.wait([boss])
        errands = await _drained(victim, last + DRAINED_WITHIN)
        drained = time.monotonic() - last
        keeper.cancel()
    history = clients.history
    found = await compare(victim.url, history, plan.signoffs)
    broken = await asyncio.to_thread(_doctor, victim.folder)
    return Outcome(
        plan=plan,
        killed=dict(sorted(killer.killed.items())),
        under_load=killer.under_load,
        stack_starts=victim.starts,
        acknowledged={kind: len(history.of(kind)) for kind in ("hand in", "sign off", "raise")},
        met=dict(history.met.most_common()),
        nudges_lost=killer.nudges_lost,
        errands=errands,
        drained_in=drained,
        wrong=history.wrong,
        lost=found["lost"],
        doubled=found["doubled"],
        without_rule=await without_rule(victim.url, crowd),
        broken=broken,
    )


def _shares(plan: Plan, crowd: Crowd) -> list[list[tuple[UUID, int, Claim]]]:
    """Share the sign-offs out among the clients; each does an apprentice's in their order."""
    each, more = divmod(plan.signoffs, len(crowd.apprentices))
    today = datetime.now(UTC).date()
    shares: list[list[tuple[UUID, int, Claim]]] = [[] for _ in range(CLIENTS)]
    for place, person in enumerate(crowd.apprentices):
        mine = claims(each + (place < more), today)
        shares[place % CLIENTS] += [(person, number, claim) for number, claim in enumerate(mine)]
    # the first of everybody, then the second: what is signed off about one person lies far apart
    return [sorted(share, key=lambda planned: planned[1]) for share in shares]


async def _kill(plan: Plan, killer: Killer, clients: Clients) -> None:
    """Kill one after another, and with each let the clients begin their next sign-offs, so that none comes in peace."""
    begun = 0
    for number in range(1, plan.kills + 1):
        await asyncio.sleep(killer.chance.uniform(*BETWEEN))
        due = plan.signoffs * number // plan.kills
        await _caught_up(clients, due - begun)
        for _ in range(due - begun):
            clients.free.release()
            clients.waiting += 1
        begun = due
        if plan.empties_broker and number == plan.kills // 2:
            await asyncio.to_thread(killer.empty_broker)
        killer.under_load += await _under_load(clients)
        await asyncio.sleep(killer.chance.uniform(*INTO))
        await killer.kill()


async def _caught_up(clients: Clients, behind: int) -> None:
    """Wait a while for clients that are further behind than this: kills come under load, and load comes under kills."""
    deadline = time.monotonic() + CAUGHT_UP_WITHIN
    while clients.waiting > behind and time.monotonic() < deadline:  # noqa: ASYNC110 - it comes and goes
        await asyncio.sleep(0.05)


async def _under_load(clients: Clients) -> bool:
    """Wait a moment until a request is on its way; False when none is, because the web server is away."""
    deadline = time.monotonic() + LOAD_WITHIN
    while not clients.flying and time.monotonic() < deadline:  # noqa: ASYNC110 - it comes and goes
        await asyncio.sleep(0.005)
    return clients.flying > 0


async def _keep_up(victim: Victim) -> None:
    while True:
        await asyncio.to_thread(victim.keep_up)
        await asyncio.sleep(0.2)


async def _drained(victim: Victim, deadline: float) -> dict[str, int]:
    """Wait until no errand is open, and count them by state."""
    while True:
        try:
            counts = dict(await outbox(victim.url))
        except (OSError, KeyError):
            counts = {}
        if counts and not counts.keys() & {"waiting", "leased"}:
            return counts
        if time.monotonic() > deadline:
            return counts
        await asyncio.sleep(0.2)


def _doctor(folder: Path) -> list[str]:
    """Let the product itself look whether its promises hold."""
    command = [sys.executable, "-P", "-m", "web.cli", "doctor", "--json"]
    surroundings = {**os.environ, "JOURNEYMARK_DATA": str(folder)}
    said = subprocess.run(command, env=surroundings, cwd=ROOT, capture_output=True, check=False, timeout=120)
    findings: dict[str, Any] = json.loads(said.stdout)
    return [f"{one['check']}: {one['words']}" for one in findings["checks"] if not one["well"]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the runs one after another, and say what they came to."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.harness", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how many runs")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=100, help="in each run")
    parser.add_argument("--signoffs", type=int, default=1500, help="in each run")
    parser.add_argument("--empty-broker", action="store_true", help="empty the broker in the middle")
    chosen = parser.parse_args(arguments)
    faults = 0
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        plan = Plan(
            seed=seed, kills=chosen.kills, signoffs=chosen.signoffs, empties_broker=chosen.empty_broker
        )
        outcome = asyncio.run(run(plan))
        print(outcome.words(), flush=True)  # noqa: T201
        for fault in outcome.faults[:20]:
            print(f"  FAULT {fault}", flush=True)  # noqa: T201
        faults += len(outcome.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
