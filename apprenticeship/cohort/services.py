"""Whose people somebody may look at, and what is known of everybody in a program without looking anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apprenticeship.cohort import repo
from apprenticeship.cohort.looks.seeing import Seen, together
from apprenticeship.cohort.model import Run, RunState
from apprenticeship.cohort.tally import tally_of, titles_of
from apprenticeship.people.model import Organisation, OrganisationKind
from apprenticeship.policy import Action, Actor, OrganisationResource, can


@dataclass(frozen=True)
class Reach:
    """Whose people an actor may look at: those of some employers, by name, and everybody, as counts."""

    employers: frozenset[UUID]
    everybody: bool


def reach_of(actor: Actor, organisations: Iterable[Organisation], *, now: datetime) -> Reach:
    """Say whose people an actor may look at, by the organisations in which they hold a role."""

    def allowed(action: Action) -> list[OrganisationResource]:
        return [place for place in places if can(actor, action, place, now).allowed]

    places = [OrganisationResource(one.id, one.kind) for one in organisations]
    own = (one for one in allowed(Action.READ_COHORT) if one.kind is OrganisationKind.EMPLOYER)
    return Reach(frozenset(one.organisation for one in own), bool(allowed(Action.LOOK_AT_EVERYBODY)))


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


async def going_on(program: str) -> Run | None:
    """Return the run of a program that is going on, if any."""
    return _first(await repo.latest_runs(program), RunState.RUNNING)


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
