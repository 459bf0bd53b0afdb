"""Goals as people write them: ``completion``, ``step:s3``, ``credential:x``, ``competency:y``, ``requirement:z``."""

from dataclasses import dataclass

from graph.evaluating import Evaluation
from graph.order import Scope
from graph.requirement import CompetencyLeaf, CredentialLeaf, NamedLeaf, ProgramLeaf, Requirement, StepLeaf
from standards.naming import Names, UnknownNameError

KINDS = ("step", "credential", "competency", "requirement")


class GoalError(Exception):
    """A goal that names nothing; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as written, with the requirement that it stands for."""

    text: str
    requirement: Requirement
    scope: Scope


def goal_of(text: str, names: Names, evaluation: Evaluation) -> Goal:
    """The requirement behind a goal, in the context of the evaluated program.

    Raises:
        GoalError: where the goal is not written in one of the five forms, or names nothing.
    """
    scope = evaluation.scope
    if text == "completion":
        if evaluation.focus is None or evaluation.program is None or evaluation.program.completion is None:
            raise GoalError("the program has no completion; choose another goal")
        return Goal(text, ProgramLeaf(evaluation.focus), scope)
    kind, _, name = text.partition(":")
    if kind not in KINDS or not name:
        raise GoalError(
            f"{text!r} is no goal; write completion, step:ID, credential:ID, competency:ID or requirement:ID"
        )
    try:
        key = names.resolve(kind, name, evaluation.focus)
    except UnknownNameError as error:
        raise GoalError(str(error)) from error
    leaf = {
        "step": StepLeaf,
        "credential": CredentialLeaf,
        "competency": CompetencyLeaf,
        "requirement": NamedLeaf,
    }
    return Goal(text, leaf[kind](key), evaluation.step_scope(key) if kind == "step" else scope)
