"""Goals as the contract writes them, for somebody who stands somewhere."""

from collections.abc import Iterable

from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from graph.order import Scope
from graph.requirement import CompetencyLeaf, CredentialLeaf, NamedLeaf, ProgramLeaf, Requirement, StepLeaf

FORMS = "completion, step:ID, credential:ID, competency:ID or requirement:ID"


def requirement_of(standing: Standing, goal: str) -> tuple[Requirement, Scope]:
    """The requirement behind a goal, and where it is asked.

    Raises:
        Invalid: it is no goal, or names nothing here.
    """
    world, evaluation = standing.world, standing.evaluation
    if goal == "completion":
        if standing.program.completion is None:
            raise Invalid("The program has no completion; choose another goal.", where="goal")
        return ProgramLeaf(standing.program.key), evaluation.scope
    kind, _, name = goal.partition(":")
    match kind:
        case "step":
            key = _one(kind, name, [step.key for step in standing.program.steps])
            return StepLeaf(key), evaluation.step_scope(key)
        case "credential":
            return CredentialLeaf(_one(kind, name, world.credentials)), evaluation.scope
        case "competency":
            return CompetencyLeaf(_one(kind, name, world.competencies)), evaluation.scope
        case "requirement":
            return NamedLeaf(_one(kind, name, world.requirements)), evaluation.scope
    raise Invalid(f"{goal} is no goal; write {FORMS}.", where="goal")


def _one(kind: str, name: str, keys: Iterable[str]) -> str:
    found = [key for key in keys if name in (key, key.rpartition(":")[2])]
    if len(found) == 1:
        return found[0]
    if found:
        raise Invalid(f"Several are called {kind} {name}; write one of {', '.join(found)}.", where="goal")
    raise Invalid(f"The program and its standards have no {kind} {name}.", where="goal")
