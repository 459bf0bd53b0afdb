"""Whose people somebody may look at, and what is known of everybody in a program without looking anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apprenticeship.cohort import repo
from apprenticeship.cohort.looks.seeing import Seen, together
from apprenticeship.cohort.model import Run, RunState
from apprenticeship.cohort.tally import tally_of, titles_of
from apprenticeship.people.model import OrganisationKind
from apprenticeship.policy import Action, Actor
from apprenticeship.views_people import organisations_for


@dataclass(frozen=True)
class Reach:
    """Whose people an actor may look at: those of some employers, by name, and everybody, as counts."""

    employers: frozenset[UUID]
    everybody: bool


async def reach_of(actor: Actor, *, now: datetime) -> Reach:
    """Return whose people an actor may look at."""
    places = await organisations_for(actor, Action.READ_COHORT, now=now)
    employers = frozenset(one.id for one in places if one.kind is OrganisationKind.EMPLOYER)
    return Reach(employers, bool(await organisations_for(actor, Action.LOOK_AT_EVERYBODY, now=now)))


@dataclass(frozen=True)
class Stored:
    """What is kept of everybody in a program.

    Attributes:
        going: the run that is going on, if any; how far it is.
        current: the run in force, if any, with what its results add up to.
    """

    going: Run | None
    current: Run | None
    seen: Seen


async def stored_of(program: str) -> Stored:
    """Return what is kept of everybody in a program."""
    runs = await repo.latest_runs(program)
    going, current = (_first(runs, state) for state in (RunState.RUNNING, RunState.CURRENT))
    return Stored(going, current, Seen() if current is None else await _seen(current))


def _first(runs: Sequence[Run], state: RunState) -> Run | None:
    return next((run for run in runs if run.state is state), None)


async def _seen(run: Run) -> Seen:
    known = await repo.standards_of(run.id)
    counts = await repo.counts_of(run.id, known)
    layouts = {number: known[number].layout for number in counts}
    return together(
        Seen(tally_of(layouts[number], own), titles=titles_of(layouts[number]))
        for number, own in counts.items()
    )
