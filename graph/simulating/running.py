"""People going through a program, a quarter of a month after the other.

Everybody works on the first thing of their plan that they may begin, tries it when its learning is done, and tries
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
from graph.simulating.agenda import BITS, Agenda, People, bits
from graph.simulating.assumptions import TICKS_A_MONTH, Assumptions
from graph.simulating.earning import Shop
from graph.simulating.holdings import Holdings, Words
from graph.simulating.hours import Timesheet
from graph.simulating.inputs import Flags, Truths, Wiring, wire
from graph.simulating.intentions import Plans
from graph.simulating.learning import NEVER, Draws
from graph.simulating.obstacles import Obstacles

NOBODY = np.zeros((2, 0), np.intp)
EVERY_WORD = slice(None)


@dataclass(frozen=True, eq=False)
class Course:
    """What became of some people, as if nobody left and everybody went on until every goal is reached.

    Who leaves when stands beside it. Ticks count from registration; ``NEVER`` is not within the time simulated.

    Attributes:
        reached: a row for each goal, a column a person.
        left: the tick at whose end each person leaves.
        passes: (tick, number of the thing, person) of every pass, in order of time, where it was asked for.
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


@dataclass(frozen=True, eq=False)
class Track:
    """What all people of a program have in common: its rules, plans and hours, what is assumed, and for how long.

    ``wiring`` tells everything that is asked at the end of a tick, ``readiness`` only who may begin what.
    """

    shop: Shop
    assumptions: Assumptions
    plans: Plans
    wiring: Wiring
    readiness: Wiring
    sheet: Timesheet
    ticks: int


def lay_out(shop: Shop, assumptions: Assumptions, plans: Plans, ticks: int) -> Track:
    """The track of a program, for so many ticks."""
    ready = shop.ready_nodes(shop.gates)
    nodes = [*shop.goal_nodes(shop.gates), *ready, *Obstacles.of(shop).nodes]
    return Track(
        shop,
        assumptions,
        plans,
        wire(shop, shop.gates, nodes),
        wire(shop, shop.gates, ready),
        Timesheet(shop.world.programs[shop.program], assumptions, ticks),
        ticks,
    )


def run(track: Track, draws: Draws, first: int, *, traced: bool = False) -> Course:
    """Simulate some people.

    Args:
        track: what they go through.
        draws: their chance.
        first: the number of the first of them, which gives each a plan.
        traced: whether to keep every pass.
    """
    crew = _Crew(track, draws, first, traced=traced)
    crew.settle(0)
    for tick in range(1, track.ticks + 1):
        if not crew.at_work.any():
            break
        crew.work(tick)
        crew.settle(tick)
    return crew.course()


class _Crew:
    """The people as they are at the end of a tick; rows are things, columns people."""

    def __init__(self, track: Track, draws: Draws, first: int, *, traced: bool) -> None:
        shop, size = track.shop, draws.size
        self.track, self.shop, self.size, self.traced = track, shop, size, traced
        self.patience = draws.patience
        self.goals, self.ready_nodes = shop.goal_nodes(shop.gates), shop.ready_nodes(shop.gates)
        self.agenda = Agenda(track.plans, np.arange(first, first + size))
        self.wanted = self.agenda.todo.sum(axis=1)
        self.hazards = learning.hazards(shop, track.assumptions)
        self.lifetimes = _lifetimes(shop)
        self.remaining = learning.minutes(shop, track.assumptions, draws)
        self.again = {thing: self.remaining[thing].copy() for thing in self.lifetimes}
        lasting = (thing for _, _, given in track.wiring.lasting for thing in given)
        self.holdings = Holdings(len(shop.things), size, {*self.lifetimes, *lasting})
        self.at_work: Flags = np.ones(size, bool)
        self.enrolled: Flags = np.ones(size, bool)
        self.chosen = np.full(size, -1, np.intp)
        self.restless: Flags = np.ones(size, bool)
        self.borne = np.zeros(size)
        self.left = np.full(size, NEVER, np.int32)
        self.since = {node: np.full(size, NEVER, np.int32) for node in self.goals}
        self.reached = np.full((len(self.goals), size), NEVER, np.int32)
        self.ready: Planes = np.zeros((len(shop.things), words_of(size)), np.uint64)
        self.minutes = np.zeros(len(shop.things), np.int64)
        self.idle = 0
        self.today: list[People] = []
        self.passes: list[NDArray[np.int32]] = []
        self.obstacles = Obstacles.of(shop)
        self.truths = self._worked_out(track.wiring, 0)

    def work(self, tick: int) -> None:
        """Everybody who is still in it learns for a tick, one thing after the other."""
        self._expire(tick)
        self._look_around()
        people = np.flatnonzero(self.at_work)
        time = np.full(self.size, self.track.assumptions.learning_minutes, np.int64)
        self._bear(tick, people)
        while len(people):
            unsure = []
            while len(people):
                busy = self.chosen[people] >= 0
                idle = people[~busy]
                self.idle += int((time[idle] * self.enrolled[idle]).sum())
                people = self._learn(time, people[busy])
                self._pass(tick, people)
                people, others = self._go_on(people)
                unsure.append(others)
            people = np.concatenate(unsure)
            self._look_up(tick, people)

    def settle(self, tick: int) -> None:
        """See what holds at the end of a tick."""
        before, self.truths = self.truths, self._worked_out(self.track.wiring, tick)
        passed = np.concatenate(self.today, axis=1) if self.today else NOBODY
        turned = partial(_turned, before if tick else None, self.truths)
        for goal, node in enumerate(self.goals):
            plane = self.truths.plane(node)
            if tick and np.array_equal(plane, before.plane(node)):
                continue
            holds = unpacked(plane, self.size)
            self.since[node] = np.where(holds, np.minimum(self.since[node], tick), NEVER).astype(np.int32)
            fresh = holds & self.at_work & (self.reached[goal] == NEVER)
            self.reached[goal, fresh] = tick
            if tick:
                self.obstacles.note(goal, fresh, passed, turned)
        self._keep(tick, passed)
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
            self.wanted,
        )

    # what somebody does next

    def _look_around(self) -> None:
        """Choose anew for those who may begin something else than a tick before."""
        ready = self.truths.stack(self.ready_nodes)
        changed = np.bitwise_or.reduce(ready ^ self.ready, axis=0)
        people = np.flatnonzero((unpacked(changed, self.size) | self.restless) & self.at_work)
        self.ready = ready
        self.restless[:] = False
        self.chosen[people] = self.agenda.next(people, ready, people >> BITS)

    def _go_on(self, people: People) -> tuple[People, People]:
        """Those who passed something choose what comes next, if they may: what they might begin before, they still may.

        Who has to look whether they may come apart.
        """
        things = self.agenda.first(people)
        known = (things < 0) | bits(self.ready, things, people, people >> BITS)
        self.chosen[people] = things
        return people[known], people[~known]

    def _look_up(self, tick: int, people: People) -> None:
        """Choose for some people by what they have passed within the tick."""
        if len(people):
            words, columns = np.unique(people >> BITS, return_inverse=True)
            truths = self._worked_out(self.track.readiness, tick - 1, words)
            self.chosen[people] = self.agenda.next(people, truths.stack(self.ready_nodes), columns)

    def _bear(self, tick: int, people: People) -> None:
        """Some have had enough; `hazards` ends with that of who has nothing to do."""
        self.borne[people] += self.hazards[self.chosen[people]]
        gone = self.borne > self.patience
        self.left[gone] = np.minimum(self.left[gone], tick)

    def _learn(self, time: NDArray[np.int64], people: People) -> People:
        """Spend what time there is; give those who are through with what they do."""
        things = self.chosen[people]
        cells, remaining = things * self.size + people, self.remaining.reshape(-1)
        needed, given = remaining.take(cells), time.take(people)
        spent = np.minimum(needed, given)
        remaining[cells] = needed - spent
        time[people] = given - spent
        counted = spent * self.enrolled[people]
        self.minutes += np.bincount(things, counted, len(self.minutes)).astype(np.int64)
        through: People = people[spent == needed]
        return through

    def _pass(self, tick: int, people: People) -> None:
        things = self.chosen[people]
        self.holdings.add(things, people, tick)
        self.agenda.finish(things, people)
        self.today.append(np.stack([things, people]))

    def _keep(self, tick: int, passed: People) -> None:
        if self.traced and passed.size:
            self.passes.append(np.insert(passed, 0, tick, axis=0).astype(np.int32))
        self.today = []

    def _expire(self, tick: int) -> None:
        """What no longer lasts at the end of the tick before is to be learned and passed again."""
        for thing, months in self.lifetimes.items():
            if tick <= months * TICKS_A_MONTH:
                continue
            over = self.holdings.older(thing, months, tick - 1) & ~self.agenda.todo[thing]
            if over.any():
                self.agenda.reopen(thing, over)
                self.restless |= over
                self.remaining[thing, over] = self.again[thing][over]

    # the gates

    def _worked_out(self, wiring: Wiring, tick: int, words: Words = EVERY_WORD) -> Truths:
        """The nodes of a wiring at the end of a tick, for the people of some words."""

        def time(asked: Reached) -> Plane | bool:
            held = self._held(tick, asked)
            return held if isinstance(held, bool) else held[words]

        def lasting(thing: int, months: int) -> Plane | bool:
            return tick < months * TICKS_A_MONTH or self.holdings.lasting(thing, months, tick, words)

        return wiring.work_out(np.ascontiguousarray(self.holdings.planes[:, words]), time, lasting)

    def _held(self, tick: int, asked: Reached) -> Plane | bool:
        """Who has an amount at the end of a tick."""
        amount = asked.amount
        if isinstance(amount, Minutes):
            return bool(self.track.sheet.counted(amount)[tick] >= asked.needed)
        if amount.program != self.shop.program:
            return False
        if amount.step is None:
            return tick // TICKS_A_MONTH >= asked.needed
        if amount.step not in self.since:
            return False
        since = self.since[amount.step]
        return packed((since < NEVER) & ((tick - since) // TICKS_A_MONTH >= asked.needed))


def _turned(before: Truths | None, now: Truths, node: int) -> Plane:
    return now.plane(node) if before is None else now.plane(node) & ~before.plane(node)


def _lifetimes(shop: Shop) -> dict[int, int]:
    """For each thing that expires how many months it lasts."""
    found = {}
    for number, thing in enumerate(shop.items):
        life = shop.world.credentials[thing.key].valid_for if thing.kind == "credential" else None
        if life is not None:
            found[number] = life.in_months
    return found
