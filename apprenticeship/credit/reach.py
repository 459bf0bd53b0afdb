"""Credit within reach: awards that one more thing would earn, or whose evidence only waits for verification."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from apprenticeship.credit.applicant import Applicant, were_it_verified
from apprenticeship.credit.model import CreditAnswer, Hint, LeftOut, Reason
from graph.actions import Earn
from graph.evaluating import Evaluation, State
from graph.explaining import More
from graph.facts import Fact
from graph.requirement import CompetencyLeaf, CourseLeaf, CredentialLeaf, Requirement, ScoreLeaf
from graph.supposing import PREFIX, evidence_of

NEAR = 1_000 * 60
"""Minutes: what takes longer is not within reach, whatever it is worth."""
STARTABLE = frozenset({State.READY, State.IN_PROGRESS, State.PENDING, State.EXPIRED, State.LAPSED})

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
        credential = evaluation.world.credentials[step.key]
        several, long = credential.composed_of is not None, (credential.effort.minutes or 0) > NEAR
        return not several and not long and evaluation.credentials[step.key].state in STARTABLE
    if isinstance(step, CompetencyLeaf):
        return evaluation.competencies[step.key].state in STARTABLE
    return True


def _earned(evaluation: Evaluation, step: Step, number: int) -> Fact:
    starts = datetime.combine(evaluation.as_of, time(), UTC)
    return evidence_of(_asked(step), f"{PREFIX}{number:03}", evaluation.as_of, starts)


def _asked(step: Step) -> Earn:
    match step:
        case CredentialLeaf():
            return Earn("credential", step.key)
        case CompetencyLeaf():
            return Earn("competency", step.key, rating=step.rating)
        case CourseLeaf():
            return Earn("course", step.key, grade=step.grade)
        case ScoreLeaf():
            return Earn("score", step.key, at_least=step.at_least)
