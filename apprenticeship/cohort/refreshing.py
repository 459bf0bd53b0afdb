"""Keeping stored results true: who was written about, and for whom time has changed something, is looked at again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from apprenticeship.cohort import repo
from apprenticeship.cohort.counting import Counts, count
from apprenticeship.cohort.looks import services as looks
from apprenticeship.cohort.model import Run, RunState
from apprenticeship.cohort.runs import ask_to_drop, store_results, together
from apprenticeship.outbox import repo as outbox
from apprenticeship.outbox.model import Errand
from apprenticeship.outbox.services import ask
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.store import transaction

REFRESH = "cohort.refresh"
REMEMBERED = timedelta(days=1)
AT_ONCE = 5_000
"""People looked at again in one errand, of each program."""


async def ask_when_due(*, now: datetime) -> bool:
    """Ask for a refresh where there is anything to look at again and none is asked for; the schedule's part.

    Nothing is looked at while a whole run is going on: the changes wait for it, and then count for the new results.
    """
    async with transaction():
        runs = await repo.latest_runs()
        if not runs:
            await repo.forget_changes_of_nobody()
            return False
        going = {run.program_key for run in runs if run.state is RunState.RUNNING}
        due = await snapshots.is_changed() or any(run.as_of < now.date() for run in runs)
        if going or not due or await outbox.is_open(REFRESH):
            return False
        await ask(REFRESH, now.isoformat(), {}, now=now)
    return True


async def tidy(*, now: datetime) -> None:
    """Ask for what is left over to be dropped, and forget errands of long ago; the schedule's part, once an hour."""
    async with transaction():
        await ask_to_drop(now)
        await looks.forget_old(now=now)
        for topics in ("cohort.", "look."):
            await outbox.forget_done(topics, now - REMEMBERED)


async def refresh(_errand: Errand, now: datetime) -> None:
    """Look again at some of the people whose results may be out of date, in every run in force."""
    changes = await repo.changes(AT_ONCE)
    if changes is None:
        return  # a whole run is going on
    changed = sorted({person for _, person in changes})
    in_force = [run for run in await repo.latest_runs() if run.state is RunState.CURRENT]
    for run in in_force:
        held = await repo.hold_run(run.id)
        if held.state is RunState.CURRENT:
            await _refresh_run(held, changed, now.date())
    await repo.forget_changes([number for number, _ in changes])


async def _refresh_run(run: Run, changed: Sequence[UUID], today: date) -> None:
    day = max(run.as_of, today)
    turned = await repo.turned_by(run.id, day, AT_ONCE)
    begun = await repo.begun_between(run.program_key, run.as_of, day)
    people = sorted({*changed, *turned, *begun})
    counts = await _looked_at_again(run, people, day)
    # the day is reached when nobody is left for whom anything turned on the way
    caught_up = len(turned) < AT_ONCE
    total = sum(own.people for own in counts.values())
    await repo.set_counts(run.id, counts, total, day if caught_up else run.as_of)


async def _looked_at_again(run: Run, people: Sequence[UUID], day: date) -> Mapping[int, Counts]:
    """Evaluate people anew and put the results in the place of the old ones; return what all of the run add up to."""
    known = await repo.standards_of(run.id)
    counts = await repo.counts_of(run.id, known)
    for own in known.values():
        old = await repo.results_of(own, people)
        counts = together(counts, {own.id: count(own.layout, old)}, -1)
    await repo.remove_results(run.id, people)
    return together(counts, await store_results(run, await snapshots.among(people), day))
