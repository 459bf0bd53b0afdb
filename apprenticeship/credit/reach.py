"""Credit within reach: awards that one more thing would earn, or whose evidence only waits for verification."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from apprenticeship.credit.applicant import Applicant, were_it_verified
from apprenticeship.credit.model import CreditAnswer, Hint, LeftOut, Reason
from graph.evaluating import Evaluation, State
from graph.explaining import More
from graph.facts import CourseResult, Fact, Pass, Rating, ScoreResult
from graph.requirement import CompetencyLeaf, CourseLeaf, CredentialLeaf, Requirement, ScoreLeaf

STARTABLE = frozenset({State.READY, State.IN_PROGRESS, State.PENDING, State.EXPIRED, State.LAPSED})
SUPPOSED = "supposed-"

Step = CredentialLeaf | CompetencyLeaf | CourseLeaf | ScoreLeaf


@dataclass(frozen=True, slots=True)
class Near:
    """An award within reach. ``step``: the one thing to earn; None where evidence waits for verification."""

    left_out: LeftOut
    step: Step | None


def within_reach(answer: CreditAnswer, applicant: Applicant) -> tuple[Near, ...]:
    """The awards of an agreement that one more thing would earn, as far as the award itself goes."""
    found = []
    for left_out in answer.left_out:
        if left_out.reason is not Reason.NOT_MET or left_out.also:
            continue
        if left_out.hint is Hint.PENDING:
            found.append(Near(left_out, None))
            continue
        step = next((step for step in _steps(left_out) if _can_start(applicant.evaluation, step)), None)
        if step is not None:
            found.append(Near(left_out, step))
    return tuple(found)


def supposing(evaluation: Evaluation, steps: Iterable[Step]) -> Evaluation:
    """The same person, had everything that waits been verified and each of these things been earned on the day."""
    hoped = were_it_verified(evaluation)
    facts = [_earned(hoped, step, number) for number, step in enumerate(dict.fromkeys(steps))]
    person = replace(hoped.person, facts=(*hoped.person.facts, *facts))
    return Evaluation(hoped.world, person, program=None, as_of=hoped.as_of, known_at=None)


def _steps(left_out: LeftOut) -> list[Step]:
    """What alone would do: the rule itself, or one of several of which one is missing."""
    missing = left_out.missing
    if len(missing) != 1:
        return []
    first = missing[0]
    choices: tuple[Requirement, ...] = ()
    if isinstance(first, More):
        choices = first.choices if first.needed == 1 else ()
    elif isinstance(first, Requirement):
        choices = (first,)
    return [choice for choice in choices if isinstance(choice, Step)]


def _can_start(evaluation: Evaluation, step: Step) -> bool:
    """Whether it is one thing that can be begun today; a composed credential is as many as its members."""
    if isinstance(step, CredentialLeaf):
        several = evaluation.world.credentials[step.key].composed_of is not None
        return not several and evaluation.credentials[step.key].state in STARTABLE
    if isinstance(step, CompetencyLeaf):
        return evaluation.competencies[step.key].state in STARTABLE
    return True


def _earned(evaluation: Evaluation, step: Step, number: int) -> Fact:
    head: dict[str, Any] = {
        "id": f"{SUPPOSED}{number:03}",
        "on": evaluation.as_of,
        "recorded": datetime.combine(evaluation.as_of, time(), UTC),
    }
    match step:
        case CredentialLeaf():
            return Pass(**head, credential=step.key)
        case CompetencyLeaf():
            return Rating(**head, competency=step.key, value=step.rating)
        case CourseLeaf():
            return CourseResult(**head, course=step.key, passed=True, grade=step.grade)
        case ScoreLeaf():
            return ScoreResult(**head, score=step.key, value=step.at_least)
