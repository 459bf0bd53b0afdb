"""What would move most: the few sign-offs that would bring a crew the most raises and completions."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from apprenticeship.policy import Actor
from apprenticeship.raises.services import CrewMember, crew
from apprenticeship.shelves import Shelves
from apprenticeship.standing.model import Standing
from graph.bottleneck import MOST, Best, Option, in_sessions, one_by_one, options_of, within
from graph.demand import Aim, Demand, demand
from graph.requirement import StepLeaf

RAISE, COMPLETION = "raise", "completion"
SECONDS = 15.0
"""How long is looked for the best sessions; then the answer says what is not proven."""


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

    people: tuple[Standing, ...]
    sessions: bool
    best: tuple[Best, ...]
    wanted: int


async def what_moves_most(actor: Actor, *, sessions: bool, as_of: date, now: datetime) -> Moves:
    """Return the few sign-offs that bring most for everybody whose wages the actor may know."""
    members = await crew(actor, as_of=as_of, now=now)
    people, wanted = await asyncio.to_thread(_asked, members)
    alone = one_by_one([options for _, options in wanted])
    return Moves(
        people=people,
        sessions=sessions,
        best=await _sessions(VeryOnes(asked for asked, _ in wanted)) if sessions else alone,
        wanted=sum(len(asked.goals) for asked, _ in wanted),
    )


async def _sessions(demands: VeryOnes) -> tuple[Best, ...]:
    best = IN_SESSIONS.kept(demands)
    if best is None:
        best = await asyncio.to_thread(in_sessions, demands, MOST, SECONDS)
        IN_SESSIONS.keep(demands, best)
    return best


def _asked(
    members: Iterable[CrewMember],
) -> tuple[tuple[Standing, ...], list[tuple[Demand, tuple[Option, ...]]]]:
    ordered = sorted(
        (one.standing for one in members), key=lambda one: (one.person.name, one.person.id.bytes)
    )
    return tuple(ordered), [asked_of(standing) for standing in ordered]


def asked_of(standing: Standing) -> tuple[Demand, tuple[Option, ...]]:
    """Return what sign-offs could bring somebody, and the smallest sets that do; kept with the standing."""
    if "signing" not in standing.beside:
        asked = demand(standing.evaluation, aims_of(standing))
        options = options_of(asked)
        standing.beside["signing"] = (within(asked, options), options)
    found: tuple[Demand, tuple[Option, ...]] = standing.beside["signing"]
    return found


def aims_of(standing: Standing) -> Sequence[Aim]:
    """Return the next wage step and completion, as far as they are still to be reached."""
    evaluation, wage = standing.evaluation, standing.evaluation.wage
    found = []
    if wage is not None and wage.next is not None:
        found.append(Aim(RAISE, StepLeaf(wage.next), evaluation.scope))
    if standing.program.completion is not None and not evaluation.complete:
        found.append(Aim(COMPLETION, standing.program.completion, evaluation.scope))
    return found
