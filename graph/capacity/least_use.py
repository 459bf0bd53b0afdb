"""A small relaxation of a plan: what every goal takes of each station and of money at least, whatever is chosen.

Steps are climbed one after the other, so who has the third has the least that it takes, of each station for itself.
By the end of a month no more can have been taken than there was until then. What this allows nothing can beat; it has
a column for each goal and month only, so that it is proven soon where the whole program is not.

What is taken by the end of the last month is worked out first, for it is the least of all months; what earlier months
ask for beyond it comes as time allows. Whatever was not worked out is allowed, so that the bound always holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, isfinite

from graph.capacity.deadline import NEVER_OVER, Deadline
from graph.capacity.goal_months import GoalMonths, Total, costs_of
from graph.capacity.least_time import LeastMinutes
from graph.capacity.question import Question
from graph.capacity.resources import Resource
from graph.capacity.trainings import Outlook


@dataclass(frozen=True)
class Relaxed:
    """What no plan is worth more than, and what one more of each resource would be worth; an estimate.

    Attributes:
        values: worth for one more minute in every month, or one more cent in all.
    """

    bound: int
    values: dict[Resource, float]


@dataclass
class _Person:
    """What one person's goals take at least.

    Attributes:
        chain: goals each of which asks for all before it.
        uses: by number of a total and the last month that it is true of, for each goal.
    """

    number: int
    outlook: Outlook
    least: LeastMinutes
    moments: list[int]
    chain: set[str]
    uses: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def use(self, month: int) -> list[dict[int, int]]:
        """What is known of a month, for each goal by number of a total."""
        nearest: dict[int, int] = {}
        for at, moment in self.uses:
            if moment >= month:
                nearest[at] = min(moment, nearest.get(at, moment))
        return [
            {at: self.uses[at, moment][place] for at, moment in nearest.items()}
            for place in range(len(self.outlook.goals))
        ]


class LeastUse:
    """The relaxation of some people's plan.

    Args:
        outlooks: of the people.
        question: what there is to train with.
        until: a moment; what is not worked out by then is allowed.
        least: the least that things take, for each of the people, where it is there already.
    """

    def __init__(
        self,
        outlooks: Sequence[Outlook],
        question: Question,
        until: Deadline = NEVER_OVER,
        least: Sequence[LeastMinutes] | None = None,
    ) -> None:
        self._question = question
        self._program = GoalMonths(outlooks, question)
        self._people = [
            _Person(number, outlook, own, own.moments(question.months), _chain(outlook, own, question.months))
            for number, outlook in enumerate(outlooks)
            if outlook.goals and not until.over
            for own in [LeastMinutes(outlook) if least is None else least[number]]
        ]
        self._know(until)
        known = {person.number: person for person in self._people}
        for number, outlook in enumerate(outlooks):
            self._add(number, outlook, known.get(number))
        self._program.limit()

    def solve(self, until: Deadline) -> Relaxed:
        """The bound, as good as it can be proven until a moment."""
        program = self._program
        if not program.columns.whole:
            return Relaxed(program.free, {})
        solver = program.in_part(until)
        if solver is None:
            return Relaxed(program.free, {})
        best = min(program.free, program.worth(solver.getObjectiveValue()))
        values = program.values(solver.getSolution().row_dual)
        if until.over:
            return Relaxed(best, values)
        bound = program.whole(until).getInfo().mip_dual_bound
        return Relaxed(min(best, program.worth(bound)) if isfinite(bound) else best, values)

    def _know(self, until: Deadline) -> None:
        """Work out what is taken by everybody's last month, then by the months before, person after person.

        All minutes and money come first, which are most often too little.
        """
        kinds = [total.resource.kind for total in self._program.totals]
        order = sorted(range(len(kinds)), key=lambda at: kinds[at] not in ("all", "budget"))
        for at in order:
            for person in self._people:
                if until.over:
                    return
                self._use(person, person.moments[-1], at)
        for person in self._people:
            for moment in person.moments[:-1]:
                for at in order:
                    if until.over:
                        return
                    self._use(person, moment, at)

    def _add(self, number: int, outlook: Outlook, known: _Person | None) -> None:
        """One person: a column for each goal and month in which it is open whether it has come."""
        certain = outlook.unfolder.with_finished({})
        nothing: list[Mapping[int, int]] = [{} for _ in outlook.goals]
        chain = set() if known is None else known.chain
        for month in range(self._question.months):
            uses = nothing if known is None else known.use(month)
            lower: int | None = None
            for goal, takes in zip(outlook.goals, uses, strict=True):
                if certain[goal.node] <= month:
                    self._program.certain += goal.weight
                elif outlook.soonest[goal.node] <= month:
                    column = self._program.add(number, goal.name, goal.weight, month, takes)
                    if goal.name in chain:
                        if lower is not None:
                            self._program.needs(column, lower)
                        lower = column

    def _use(self, person: _Person, month: int, at: int) -> None:
        """Of one resource what each goal takes more than those below it, by the end of a month.

        A completion that does not ask for the steps may share all that it takes with them, and is left out.
        """
        total, outlook = self._program.totals[at], person.outlook
        costs, sofar = costs_of(outlook, total.resource), 0
        amounts: list[int] = []
        for goal in outlook.goals:
            takes = 0
            if goal.name in person.chain and any(costs.values()):
                takes = self._least(person, goal.node, month, costs, total)
            amounts.append(max(0, takes - sofar))
            sofar = max(sofar, takes)
        person.uses[at, month] = amounts

    @staticmethod
    def _least(person: _Person, node: int, month: int, costs: Mapping[str, int], total: Total) -> int:
        """In whole things: in part they would take much less; all minutes are known for some."""
        if total.resource.kind != "all":
            return person.least.least(node, month, costs)
        minutes = person.least.minutes(node, month)
        return ceil(minutes) if isfinite(minutes) else 0


def _chain(outlook: Outlook, least: LeastMinutes, months: int) -> set[str]:
    """Steps are climbed one after the other; a completion belongs to them where it asks for all of them."""
    steps = [goal for goal in outlook.goals if goal.name.startswith("step:")]
    found = {goal.name for goal in steps}
    for goal in outlook.goals:
        if goal not in steps and (not steps or least.asks_for(goal.node, steps[-1].node, months - 1)):
            found.add(goal.name)
    return found
