"""Hours as they come beside the training: at a pace, over the work processes that still have room."""

from collections.abc import Mapping

from graph.capacity.question import Question
from graph.evaluating import Evaluation
from graph.ledger import total_on
from graph.requirement import RTI
from graph.simulating.hours import planned_weights, related_hours


class Logged:
    """The minutes that one person has logged more by the end of each month of a plan.

    On-the-job hours are spread as the program plans its work processes, over those that still have room; what none has
    room for is lost. Nothing is logged in months away.
    """

    def __init__(self, evaluation: Evaluation, question: Question, away: frozenset[int]) -> None:
        self._months = question.months
        self._by_pool: dict[str, list[int]] = {}
        program = evaluation.program
        if program is None:
            return
        weights = planned_weights(program)
        day = evaluation.as_of.toordinal()
        room: dict[str, int | None] = dict.fromkeys(weights)
        for process in program.work_processes:
            if process.maximum is not None:
                done = total_on(evaluation.actual.minutes(process.key, program.key), day)
                room[process.key] = max(0, process.maximum - done)
        related = question.pace.related
        by_month = round(related_hours(program) * 60) if related is None else related
        total = dict.fromkeys([*weights, RTI], 0)
        for month in range(question.months):
            if month not in away:
                total[RTI] += by_month
                _spread(question.pace.job, weights, room, total)
            for key, minutes in total.items():
                self._by_pool.setdefault(f"hours:{key}", []).append(minutes)

    def reaches(self, rooms: Mapping[str, int], needed: int) -> int | None:
        """The first month by whose end the pools together hold so many minutes more; None: not within the plan."""
        for month in range(self._months):
            if sum(min(room, self._at(pool, month)) for pool, room in rooms.items()) >= needed:
                return month
        return None

    def _at(self, pool: str, month: int) -> int:
        by_month = self._by_pool.get(pool)
        return 0 if by_month is None else by_month[month]


def _spread(
    minutes: int, weights: Mapping[str, int], room: Mapping[str, int | None], total: dict[str, int]
) -> None:
    """Add a month's minutes in proportion to the weights; what one has no room for goes to the others."""
    left = minutes
    while left > 0:
        able = [key for key in weights if (space := room[key]) is None or total[key] < space]
        if not able:
            return
        whole, given = sum(weights[key] for key in able), 0
        for key in able:
            share = left * weights[key] // whole
            space = room[key]
            share = share if space is None else min(share, space - total[key])
            total[key] += share
            given += share
        if not given:  # fewer minutes than work processes: the first takes them
            first = able[0]
            total[first] += 1
            given = 1
        left -= given
