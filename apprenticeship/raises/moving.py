"""What would move most: the few sign-offs that would bring a crew the most raises and completions."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.people.services import visible_learners
from apprenticeship.policy import Action, Actor
from apprenticeship.raises.glance import Glance, glances
from apprenticeship.shelves import Shelves
from apprenticeship.standing.kept import Basis
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import answers_of
from graph.bottleneck import MOST, Best, Option, in_sessions, one_by_one, options_of, within
from graph.demand import Aim, Demand, demand
from graph.requirement import StepLeaf

RAISE, COMPLETION = "raise", "completion"
SECONDS = 15.0
"""How long is looked for the best sessions; then the answer says what is not proven."""


@dataclass(frozen=True)
class Signing:
    """What sign-offs could bring one person, without what takes more than `MOST`; and the smallest sets that do."""

    person: UUID
    demand: Demand
    options: tuple[Option, ...]


SIGNINGS: Shelves[Basis, Signing] = Shelves(5_000, lambda _: 1)


class VeryOnes(tuple[Demand, ...]):
    """Some demands as they were worked out: the same only as themselves, so that comparing them takes no time."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, VeryOnes)
            and len(self) == len(other)
            and all(one is another for one, another in zip(self, other, strict=True))
        )


IN_SESSIONS: Shelves[VeryOnes, tuple[Best, ...]] = Shelves(20, lambda _: 1)


@dataclass(frozen=True, kw_only=True)
class Moves:
    """The best for 1, 2, … sign-offs or sessions.

    Attributes:
        people: by name; the places in `best` are places here.
        sessions: one sign-off is a session of one competency or credential for everybody; else it is one person's.
        best: one for each number.
        wanted: how many raises and completions sign-offs alone could bring with at most `MOST` for one person.
    """

    people: tuple[Glance, ...]
    sessions: bool
    best: tuple[Best, ...]
    wanted: int


async def what_moves_most(actor: Actor, *, sessions: bool, as_of: date, now: datetime) -> Moves:
    """Return the few sign-offs that bring most for everybody whose wages the actor may know."""
    people = {one.person.id: one for one in await glances(actor, as_of=as_of, now=now)}
    listed = await visible_learners(actor, Action.READ_WAGES, now=now)
    found = await answers_of([one.id for one in listed], as_of=as_of, shelf=SIGNINGS, work=signing_of)
    wanted = [one for one in found if one.person in people]
    best = await _in_sessions(wanted) if sessions else one_by_one([one.options for one in wanted])
    return Moves(
        people=tuple(people[one.person] for one in wanted),
        sessions=sessions,
        best=best,
        wanted=sum(len(one.demand.goals) for one in wanted),
    )


async def _in_sessions(wanted: Sequence[Signing]) -> tuple[Best, ...]:
    demands = VeryOnes(one.demand for one in wanted)
    best = IN_SESSIONS.kept(demands)
    if best is None:
        best = await asyncio.to_thread(in_sessions, demands, MOST, SECONDS)
        IN_SESSIONS.keep(demands, best)
    return best


def signing_of(standing: Standing) -> Signing:
    """Work out what sign-offs could bring somebody."""
    asked = demand(standing.evaluation, aims_of(standing))
    options = options_of(asked)
    return Signing(standing.person.id, within(asked, options), options)


def aims_of(standing: Standing) -> Sequence[Aim]:
    """Return the next wage step and completion, as far as they are still to be reached."""
    evaluation, wage = standing.evaluation, standing.wage
    found = []
    if wage is not None and wage.next is not None:
        found.append(Aim(RAISE, StepLeaf(wage.next), evaluation.scope))
    if standing.program.completion is not None and not evaluation.complete:
        found.append(Aim(COMPLETION, standing.program.completion, evaluation.scope))
    return found
