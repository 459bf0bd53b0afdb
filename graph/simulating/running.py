"""People going through a program, a quarter of a month after the other.

Everybody works on the first thing of their order that they may begin, tries it when its learning is done, and tries
again until it is passed; whoever has time left in a tick goes on with the next. What is passed within a tick counts
from its end.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from graph.gates.code import Planes
from graph.gates.packing import Plane, packed, unpacked, words_of
from graph.gates.program import Minutes, Reached
from graph.simulating import learning
from graph.simulating.assumptions import TICKS_A_MONTH, Assumptions
from graph.simulating.earning import Shop
from graph.simulating.hours import Timesheet
from graph.simulating.inputs import Flags, Truths, wire
from graph.simulating.intentions import UNWANTED, Draws, Ranks
from graph.simulating.learning import NEVER
from graph.simulating.obstacles import Obstacles

People = NDArray[np.intp]
Numbers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Course:
    """What became of some people, as if nobody left and everybody went on until every goal is reached.

    Who leaves when stands beside it. Ticks count from registration; ``NEVER`` is not within the time simulated.

    Attributes:
        reached: a row for each goal, a column a person.
        left: the tick at whose end each person leaves.
        passes: (tick, number of the thing, person) of every pass, in order of time.
        minutes: spent on each thing until completion, by everybody together.
        idle: minutes until completion in which somebody had nothing to begin, of everybody together.
        obstacles: for each goal what came true with it.
        wanted: for each thing how many set out to earn it.
    """

    reached: NDArray[np.int32]
    left: NDArray[np.int32]
    passes: NDArray[np.int32]
    minutes: NDArray[np.int64]
    idle: int
    obstacles: Obstacles
    wanted: NDArray[np.int64]


def run(shop: Shop, assumptions: Assumptions, ranks: Ranks, draws: Draws, ticks: int) -> Course:
    """Simulate some people for so many ticks."""
    crew = _Crew(shop, assumptions, ranks, draws, ticks)
    crew.settle(0)
    for tick in range(1, ticks + 1):
        if not crew.at_work.any():
            break
        crew.work(tick)
        crew.settle(tick)
    return crew.course()


class _Crew:
    """The people as they are at the end of a tick; rows are things, columns people."""

    def __init__(self, shop: Shop, assumptions: Assumptions, ranks: Ranks, draws: Draws, ticks: int) -> None:
        self.shop, self.assumptions, self.ranks, self.draws = shop, assumptions, ranks, draws
        self.size = draws.size
        self.sheet = Timesheet(shop.world.programs[shop.program], assumptions, ticks)
        self.goals = shop.goal_nodes(shop.gates)
        self.learning = learning.minutes(shop, assumptions, draws)
        self.hazards = learning.hazards(shop, assumptions)
        self.lifetimes = _lifetimes(shop)
        self.remaining = self.learning.copy()
        self.todo: Flags = ranks != UNWANTED
        self.earned: Flags = np.zeros(ranks.shape, bool)
        self.earned_at = np.full(ranks.shape, NEVER, np.int32)
        self.at_work: Flags = np.ones(self.size, bool)
        self.enrolled: Flags = np.ones(self.size, bool)
        self.chosen = np.full(self.size, -1, np.intp)
        self.restless: Flags = np.ones(self.size, bool)
        self.borne = np.zeros(self.size)
        self.left = np.full(self.size, NEVER, np.int32)
        self.since = {node: np.full(self.size, NEVER, np.int32) for node in self.goals}
        self.reached = np.full((len(self.goals), self.size), NEVER, np.int32)
        self.ready: Planes = np.zeros((len(shop.things), words_of(self.size)), np.uint64)
        self.minutes = np.zeros(len(shop.things), np.int64)
        self.idle = 0
        self.passes: list[NDArray[np.int32]] = []
        self.obstacles = Obstacles.of(shop)
        self.ready_nodes = shop.ready_nodes(shop.gates)
        self.wiring = wire(shop, shop.gates, [*self.goals, *self.ready_nodes, *self.obstacles.nodes])
        self.truths: Truths | None = None

    def work(self, tick: int) -> None:
        """Everybody who is still in it learns for a tick, one thing after the other."""
        self._expire(tick)
        self._look_around(self.truths or self._worked_out(tick - 1, None))
        people = np.flatnonzero(self.at_work)
        time = np.full(self.size, self.assumptions.learning_minutes, np.int64)
        self._bear(tick, people)
        while len(people):
            busy = self.chosen[people] >= 0
            self.idle += int((time * self.enrolled)[people[~busy]].sum())
            people = self._learn(time, people[busy])
            self._pass(tick, people)
            if len(people):
                ready = self._worked_out(tick - 1, people).rows(self.ready_nodes)
                self.chosen[people] = self._first(ready, people)

    def settle(self, tick: int) -> None:
        """See what holds at the end of a tick."""
        before, now = self.truths, self._worked_out(tick, None)
        self.truths = now
        earned = self.earned_at == tick
        for goal, node in enumerate(self.goals):
            if before is not None and np.array_equal(now.plane(node), before.plane(node)):
                continue
            holds = unpacked(now.plane(node), self.size)
            self.since[node] = np.where(holds, np.minimum(self.since[node], tick), NEVER).astype(np.int32)
            fresh = np.flatnonzero(holds & self.at_work & (self.reached[goal] == NEVER))
            self.reached[goal, fresh] = tick
            if before is not None:
                self.obstacles.note(goal, fresh, earned, partial(_turned, before, now))
        if self.shop.gates.completion is not None:
            self.at_work = (self.reached == NEVER).any(axis=0)
            self.enrolled = self.reached[-1] == NEVER

    def course(self) -> Course:
        """What became of everybody."""
        passes = np.concatenate(self.passes, axis=1) if self.passes else np.zeros((3, 0), np.int32)
        return Course(
            self.reached,
            self.left,
            passes,
            self.minutes,
            self.idle,
            self.obstacles,
            (self.ranks != UNWANTED).sum(axis=1),
        )

    # what somebody does next

    def _look_around(self, truths: Truths) -> None:
        """Choose anew for those who may begin something else than a tick before."""
        ready = truths.stack(self.ready_nodes)
        changed = np.bitwise_or.reduce(ready ^ self.ready, axis=0)
        people = np.flatnonzero((unpacked(changed, self.size) | self.restless) & self.at_work)
        self.ready = ready
        self.restless[:] = False
        if len(people):
            self.chosen[people] = self._first(unpacked(ready, self.size).take(people, axis=1), people)

    def _first(self, ready: Flags, people: People) -> Numbers:
        """For some people the first thing of their order that they may begin; -1 for nothing."""
        best = np.full(len(people), UNWANTED, np.uint16)
        chosen = np.full(len(people), -1, np.intp)
        for thing, may_begin in enumerate(ready):
            rank = np.where(may_begin & self.todo[thing, people], self.ranks[thing, people], UNWANTED)
            better = rank < best
            best[better] = rank[better]
            chosen[better] = thing
        return chosen

    def _bear(self, tick: int, people: People) -> None:
        """Some have had enough; `hazards` ends with that of who has nothing to do."""
        self.borne[people] += self.hazards[self.chosen[people]]
        gone = self.borne > self.draws.patience
        self.left[gone] = np.minimum(self.left[gone], tick)

    def _learn(self, time: NDArray[np.int64], people: People) -> People:
        """Spend what time there is; give those who are through with what they do."""
        things = self.chosen[people]
        needed = self.remaining[things, people]
        spent = np.minimum(needed, time[people])
        self.remaining[things, people] = needed - spent
        time[people] -= spent
        counted = spent * self.enrolled[people]
        self.minutes += np.bincount(things, counted, len(self.minutes)).astype(np.int64)
        through: People = people[spent == needed]
        return through

    def _pass(self, tick: int, people: People) -> None:
        things = self.chosen[people]
        self.earned[things, people] = True
        self.earned_at[things, people] = tick
        self.todo[things, people] = False
        self.passes.append(np.stack([np.full(len(people), tick), things, people]).astype(np.int32))

    def _expire(self, tick: int) -> None:
        """What no longer lasts at the end of the tick before is to be learned and passed again."""
        for thing, ticks in self.lifetimes.items():
            over = self.earned[thing] & ~self.todo[thing] & (self.earned_at[thing] <= tick - 1 - ticks)
            self.todo[thing] |= over
            self.restless |= over
            self.remaining[thing, over] = self.learning[thing, over]

    # the gates

    def _worked_out(self, tick: int, people: People | None) -> Truths:
        """Every node at the end of a tick, for some people or for all."""
        some = slice(None) if people is None else people
        earned = self.earned if people is None else self.earned.take(people, axis=1)
        return self.wiring.work_out(earned, partial(self._held, tick, some), partial(self._lasts, tick, some))

    def _held(self, tick: int, some: People | slice, asked: Reached) -> Plane | bool:
        """Who has an amount at the end of a tick."""
        amount = asked.amount
        if isinstance(amount, Minutes):
            return bool(self.sheet.counted(amount)[tick] >= asked.needed)
        if amount.program != self.shop.program:
            return False
        if amount.step is None:
            return tick // TICKS_A_MONTH >= asked.needed
        if amount.step not in self.since:
            return False
        since = self.since[amount.step][some]
        return packed((since < NEVER) & ((tick - since) // TICKS_A_MONTH >= asked.needed))

    def _lasts(self, tick: int, some: People | slice, thing: int, months: int) -> Flags:
        return np.asarray(tick - self.earned_at[thing, some] < months * TICKS_A_MONTH)


def _turned(before: Truths, now: Truths, node: int) -> Plane:
    return now.plane(node) & ~before.plane(node)


def _lifetimes(shop: Shop) -> dict[int, int]:
    """For each thing that expires how many ticks it lasts."""
    found = {}
    for number, thing in enumerate(shop.items):
        life = shop.world.credentials[thing.key].valid_for if thing.kind == "credential" else None
        if life is not None:
            found[number] = life.in_months * TICKS_A_MONTH
    return found
