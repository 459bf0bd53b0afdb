"""Which goals to go for, and by when: a small program of the stages that were chosen for everybody.

Each goal takes what the things of its stage take; by the end of a month no more is taken than there was until then,
nor longer than a person has time for. Order within stages is left aside, so months are only a measure of whom to
train first; what comes of it is seen once it is booked.
"""

from collections.abc import Mapping, Sequence

import highspy

from graph.capacity.deadline import Deadline
from graph.capacity.goal_months import GoalMonths, costs_of
from graph.capacity.question import Question
from graph.capacity.stages import Stage
from graph.capacity.trainings import Outlook
from graph.capacity.unfolding import NEVER

Targets = Mapping[tuple[int, str], int]
"""By number of a person and name of a goal the month by whose end it is to come."""


def targets_of(
    outlooks: Sequence[Outlook], stages: Sequence[Sequence[Stage]], question: Question, until: Deadline
) -> Targets:
    """The goals that are worth most by the small program, as good as it could be solved until a moment."""
    program = GoalMonths(outlooks, question)
    for person, outlook in enumerate(outlooks):
        _add(program, person, outlook, stages[person], question)
    program.limit()
    if not program.columns.whole:
        return {}
    solver = program.whole(until)
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return {}
    return program.months(solver.getSolution().col_value)


def _add(
    program: GoalMonths, person: int, outlook: Outlook, stages: Sequence[Stage], question: Question
) -> None:
    """One person: each stage after the one before, in no month sooner than its things could be finished."""
    taken: dict[str, int] = {}
    before: str | None = None
    minutes = []
    for stage in stages:
        goal = next(goal for goal in outlook.goals if goal.name == stage.goal)
        taken |= {name: max(0, outlook.soonest[outlook.unfolder.choices[name]]) for name in stage.names}
        first = outlook.unfolder.with_finished(taken)[goal.node]
        takes = {
            at: sum(costs_of(outlook, total.resource, stage.names).values())
            for at, total in enumerate(program.totals)
        }
        minutes.append((stage.goal, sum(outlook.trainings[name].thing.minutes for name in stage.names)))
        for month in range(
            max(0, first, outlook.soonest[goal.node]), question.months if first < NEVER else 0
        ):
            column = program.add(person, goal.name, goal.weight, month, takes)
            if before is not None:
                program.needs(column, program.column(person, before, month))
            own = {program.column(person, name, month): float(long) for name, long in minutes}
            there = sum(at not in outlook.ahead.away for at in range(month + 1))
            row = {at: long for at, long in own.items() if at is not None}
            if sum(row.values()) > question.training * there:
                program.columns.at_most(row, question.training * there)
        before = stage.goal
