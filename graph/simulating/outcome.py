"""A simulated cohort: when raises and completion come, who is left, and what holds people up."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.gates.program import Reached
from graph.simulating.assumptions import MONTHS_A_YEAR, TICKS_A_MONTH, TICKS_A_YEAR, Assumptions, Thing
from graph.simulating.earning import Shop, open_shop
from graph.simulating.intentions import draw_tastes, intend
from graph.simulating.learning import NEVER, draw
from graph.simulating.obstacles import Obstacles
from graph.simulating.running import Course, lay_out, run
from graph.world import World

QUANTILES = (10, 50, 90)
"""In percent: two bounds and the middle."""

CELLS = 1 << 26
"""People at once times things: what is kept of them stays in memory."""

EVERY = MONTHS_A_YEAR // 2
"""Months between two looks at who is left."""


@dataclass(frozen=True)
class Milestone:
    """A wage step or (``key`` of the program) completion.

    Attributes:
        share: of everybody who registered, those who reach it within the time simulated before they leave.
        months: for each of ``QUANTILES`` the months from registration for people who stay; None: not within the time.
        last: what came true with it, and for which part of those who reach it if they stay; the most frequent first.
    """

    key: str
    share: Fraction
    months: tuple[Fraction | None, ...]
    last: tuple[tuple[Thing | Reached, Fraction], ...]


@dataclass(frozen=True)
class Moment:
    """Who is where at the end of a month: shares of everybody who registered, together 1."""

    month: int
    active: Fraction
    completed: Fraction
    left: Fraction


@dataclass(frozen=True)
class Passage:
    """One thing, for people who stay.

    Attributes:
        wanted: the part of everybody who sets out to earn it.
        months: that those spend on it, on average, as far as the time simulated goes.
    """

    thing: Thing
    wanted: Fraction
    months: float


@dataclass(frozen=True, eq=False)
class Outcome:
    """A simulated cohort; see `simulate`."""

    shop: Shop
    assumptions: Assumptions
    years: int
    courses: tuple[Course, ...]

    @cached_property
    def reached(self) -> NDArray[np.int32]:
        """For each goal (rows) and person the tick at which it is reached by who stays."""
        return np.concatenate([course.reached for course in self.courses], axis=1)

    @cached_property
    def left(self) -> NDArray[np.int32]:
        """For each person the tick at whose end they leave, completed or not."""
        return np.concatenate([course.left for course in self.courses])

    @property
    def people(self) -> int:
        """How many registered."""
        return len(self.left)

    @property
    def milestones(self) -> list[Milestone]:
        """Every wage step in order, then completion."""
        obstacles = self.courses[0].obstacles
        for course in self.courses[1:]:
            obstacles = obstacles.plus(course.obstacles)
        return [
            Milestone(
                key,
                Fraction(int((ticks <= self._out)[ticks < NEVER].sum()), self.people),
                tuple(_quantile(ticks, percent) for percent in QUANTILES),
                self._last(obstacles, number, int((ticks < NEVER).sum())),
            )
            for number, (key, ticks) in enumerate(zip(self.shop.goals, self.reached, strict=True))
        ]

    def _last(
        self, obstacles: Obstacles, goal: int, reached: int
    ) -> tuple[tuple[Thing | Reached, Fraction], ...]:
        found: list[tuple[Thing | Reached, int]] = []
        found += [
            (thing, int(count)) for thing, count in zip(self.shop.items, obstacles.things[goal], strict=True)
        ]
        for row, count in obstacles.amounts[goal].items():
            source = self.shop.gates.inputs[row]
            if isinstance(source, Reached):
                found.append((source, count))
        common = sorted((one for one in found if one[1]), key=lambda one: -one[1])
        return tuple((what, Fraction(count, reached)) for what, count in common)

    @property
    def moments(self) -> Iterator[Moment]:
        """Every half year from registration on."""
        completed = self._completed
        left = np.where(completed <= self.left, NEVER, self.left)
        completed = np.where(completed <= self.left, completed, NEVER)
        for month in range(0, self.years * MONTHS_A_YEAR + 1, EVERY):
            tick = month * TICKS_A_MONTH
            done, gone = int((completed <= tick).sum()), int((left <= tick).sum())
            yield Moment(
                month,
                Fraction(self.people - done - gone, self.people),
                Fraction(done, self.people),
                Fraction(gone, self.people),
            )

    @cached_property
    def _out(self) -> NDArray[np.int32]:
        """For each person the last tick in the program."""
        return np.minimum(self.left, self._completed)

    @cached_property
    def _completed(self) -> NDArray[np.int32]:
        if self.shop.gates.completion is None:
            return np.full(self.people, NEVER, np.int32)
        found: NDArray[np.int32] = self.reached[-1]
        return found

    @property
    def passages(self) -> list[Passage]:
        """Every thing, those that take most of everybody's time first."""
        minutes = np.sum([course.minutes for course in self.courses], axis=0)
        wanted = np.sum([course.wanted for course in self.courses], axis=0)
        found = []
        for number in np.argsort(-minutes, kind="stable").tolist():
            takers = int(wanted[number])
            each = float(minutes[number]) / takers if takers else 0.0
            found.append(Passage(self.shop.items[number], Fraction(takers, self.people), self._months(each)))
        return found

    @property
    def idle_months(self) -> float:
        """Months in which people who stay have nothing to begin and wait for time to pass, on average."""
        return self._months(sum(course.idle for course in self.courses) / self.people)

    def _months(self, minutes: float) -> float:
        return minutes / (self.assumptions.learning_minutes * TICKS_A_MONTH)


def simulate(
    world: World,
    program: str,
    assumptions: Assumptions,
    random: np.random.Generator,
    *,
    people: int,
    years: int,
    traced: bool = False,
) -> Outcome:
    """A cohort of people who register in a program on one day and go through it.

    Args:
        world: the compiled documents.
        program: the program's key.
        assumptions: what is taken for granted.
        random: all chance; the same state gives the same cohort, whose luck does not depend on the assumptions.
        people: how many register, at least 1.
        years: how long to look, at least 1.
        traced: whether to keep every pass of everybody, which takes most of the memory.

    Raises:
        KeyError: there is no such program.
    """
    shop = open_shop(world, program, assumptions)
    plans = intend(shop, draw_tastes(random, len(shop.things), people))
    track = lay_out(shop, assumptions, plans, years * TICKS_A_YEAR)
    crew = max(1, CELLS // max(1, len(shop.things)))
    courses = [
        run(track, draw(random, len(shop.things), min(crew, people - first)), first, traced=traced)
        for first in range(0, people, crew)
    ]
    return Outcome(shop, assumptions, years, tuple(courses))


def _quantile(ticks: NDArray[np.int32], percent: int) -> Fraction | None:
    """The months within which that part of people is there: the smallest such number; None where it is none."""
    place = max(0, -(-len(ticks) * percent // 100) - 1)
    tick = int(np.partition(ticks, place)[place])
    return None if tick == NEVER else Fraction(tick, TICKS_A_MONTH)
