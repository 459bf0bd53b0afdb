"""Answers as plain data for JSON, in the words of the contract: bare ids unless two collide, exact fractions."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from graph.actions import Action, Earn, EarnHours, WaitUntil
from graph.evaluating import CompetencyAnswer, CredentialAnswer, Evaluation, HoursAnswer, WageAnswer
from graph.explaining import Explanation, Missing, More, Remaining, Until
from graph.fixing import Fix, NoFix
from graph.progress import percent
from graph.requirement import (
    All,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
)
from graph.requirement import (
    Any as AnyOf,
)
from graph.world import World
from standards.naming import bare


class Labels:
    """What keys are called in answers: their bare id where it is the only one of its kind."""

    def __init__(self, world: World) -> None:
        self._bare: dict[tuple[str, str], str] = {}
        processes = [p.key for program in world.programs.values() for p in program.work_processes]
        steps = [s.key for program in world.programs.values() for s in program.steps]
        self._add("competency", world.competencies)
        self._add("credential", world.credentials)
        self._add("course", world.courses)
        self._add("score", world.scores)
        self._add("requirement", world.requirements)
        self._add("work_process", processes)
        self._add("step", steps)

    def _add(self, kind: str, keys: Iterable[str]) -> None:
        known = list(keys)
        times = Counter(bare(key) for key in known)
        for key in known:
            self._bare[kind, key] = bare(key) if times[bare(key)] == 1 else key

    def label(self, kind: str, key: str) -> str:
        """The label of a key."""
        return self._bare.get((kind, key), key)


def hours_number(minutes: int) -> int | float:
    """Minutes as hours, to the hundredth."""
    whole, rest = divmod(minutes, 60)
    return whole if not rest else round(minutes / 60, 2)


def evaluation_answer(evaluation: Evaluation, completion: Explanation | None) -> dict[str, Any]:
    """The answer of ``journeymark evaluate``."""
    labels = Labels(evaluation.world)
    return {
        "as_of": evaluation.as_of.isoformat(),
        "known_at": evaluation.known_at.isoformat() if evaluation.known_at else None,
        "program": evaluation.focus,
        "person": evaluation.person.id,
        "complete": evaluation.complete,
        "progress": progress_answer(evaluation.progress),
        "competencies": {
            labels.label("competency", key): _competency(answer)
            for key, answer in evaluation.competencies.items()
        },
        "credentials": {
            labels.label("credential", key): _credential(answer)
            for key, answer in evaluation.credentials.items()
        },
        "hours": {bare(key): _hours(answer) for key, answer in evaluation.hours.items()},
        "wage": _wage(evaluation.wage),
        "completion": explanation_answer(completion, labels) if completion else None,
    }


def progress_answer(progress: Fraction) -> dict[str, Any]:
    """A fraction with its percentage, floored to one decimal."""
    return {"fraction": f"{progress.numerator}/{progress.denominator}", "percent": percent(progress)}


def explanation_answer(explanation: Explanation, labels: Labels) -> dict[str, Any]:
    """A proof tree; ``members`` only where there are some."""
    answer: dict[str, Any] = {
        "requirement": requirement_answer(explanation.requirement, labels),
        "clause": explanation.clause,
        "holds": explanation.holds,
        "progress": progress_answer(explanation.progress),
        "since": explanation.since.isoformat() if explanation.since else None,
        "because": list(explanation.because),
        "missing": [missing_answer(missing, labels) for missing in explanation.missing],
    }
    if explanation.members:
        answer["members"] = [explanation_answer(member, labels) for member in explanation.members]
    return answer


def missing_answer(missing: Missing, labels: Labels) -> dict[str, Any]:
    """What is missing of one node."""
    if isinstance(missing, More):
        return {"more": missing.needed, "from": [requirement_answer(c, labels) for c in missing.choices]}
    if isinstance(missing, Remaining):
        return {"hours": hours_number(missing.minutes), "in": bare(missing.within)}
    if isinstance(missing, Until):
        return {"wait_until": missing.day.isoformat() if missing.day else None}
    return requirement_answer(missing, labels)


def requirement_answer(rule: Requirement, labels: Labels) -> dict[str, Any]:
    """A requirement as it is written in documents."""
    match rule:
        case All():
            return {"all": [requirement_answer(member, labels) for member in rule.members]}
        case AnyOf():
            return {"any": [requirement_answer(member, labels) for member in rule.members]}
        case AtLeast():
            members = [requirement_answer(member, labels) for member in rule.members]
            return {"at_least": rule.needed, "of": members}
        case CredentialCount():
            where = {"framework": rule.framework, "level": rule.level, "current": rule.current or None}
            return {"credentials": rule.needed, **_where(where)}
        case CompetencyCount():
            process = rule.work_process and labels.label("work_process", rule.work_process)
            where = {"framework": rule.framework, "work_process": process, "kind": rule.kind}
            return {"competencies": rule.needed, **_where(where)}
        case _:
            return _leaf(rule, labels)


def _leaf(rule: Requirement, labels: Labels) -> dict[str, Any]:
    match rule:
        case CredentialLeaf():
            answer: dict[str, Any] = {"credential": labels.label("credential", rule.key)}
            return {**answer, "current": True} if rule.current else answer
        case CompetencyLeaf():
            answer = {"competency": labels.label("competency", rule.key)}
            return answer if rule.rating is None else {**answer, "rating": rule.rating}
        case HoursLeaf():
            return {"hours": hours_number(rule.minutes), "in": bare(rule.within)}
        case MonthsLeaf():
            return {"months": rule.months, "since": rule.since}
        case CourseLeaf():
            answer = {"course": labels.label("course", rule.key)}
            return answer if rule.grade is None else {**answer, "grade": rule.grade}
        case ScoreLeaf():
            return {"score": labels.label("score", rule.key), "at_least": rule.at_least}
        case NamedLeaf():
            return {"requirement": labels.label("requirement", rule.key)}
        case StepLeaf():
            return {"step": labels.label("step", rule.key)}
        case ProgramLeaf():
            return {"program": rule.key}
        case _:
            raise TypeError(type(rule).__name__)


def _where(where: dict[str, Any]) -> dict[str, Any]:
    given = {key: value for key, value in where.items() if value is not None}
    return {"where": given} if given else {}


def _competency(answer: CompetencyAnswer) -> dict[str, Any]:
    return {
        "state": answer.state,
        "since": answer.since.isoformat() if answer.since else None,
        "by": list(answer.by),
        "out_of_order": answer.out_of_order,
    }


def _credential(answer: CredentialAnswer) -> dict[str, Any]:
    return {
        "state": answer.state,
        "since": answer.since.isoformat() if answer.since else None,
        "expires": answer.expires.isoformat() if answer.expires else None,
        "parts": {part: day.isoformat() if day else None for part, day in answer.parts.items()},
        "by": list(answer.by),
        "out_of_order": answer.out_of_order,
    }


def _hours(answer: HoursAnswer) -> dict[str, Any]:
    found: dict[str, Any] = {
        "approved": hours_number(answer.approved),
        "counted": hours_number(answer.counted),
    }
    for name, minutes in (("min", answer.minimum), ("max", answer.maximum)):
        if minutes is not None:
            found[name] = hours_number(minutes)
    return found


def _wage(wage: WageAnswer | None) -> dict[str, Any] | None:
    if wage is None:
        return None
    return {
        "step": bare(wage.step) if wage.step else None,
        "percent": wage.percent / 100 if wage.percent is not None else None,
        "usd_per_hour": dollars(wage.cents),
        "since": wage.since.isoformat() if wage.since else None,
        "next": bare(wage.next) if wage.next else None,
        "next_usd_per_hour": dollars(wage.next_cents),
        "progress": progress_answer(wage.progress),
    }


def dollars(cents: int | None) -> str | None:
    """Cents an hour as text in dollars."""
    return None if cents is None else f"{cents / 100:.2f}"


def fix_answer(way: Fix | NoFix, labels: Labels, *, ties: bool = False) -> dict[str, Any]:
    """``fix`` and, where it is null, the ``reason``; ``ties``, others as small, where they are asked for."""
    if isinstance(way, NoFix):
        return {"fix": None, "reason": way.reason}
    answer: dict[str, Any] = {"fix": [action_answer(action, labels) for action in way.actions]}
    if ties:
        answer["ties"] = [[action_answer(action, labels) for action in tie] for tie in way.ties]
    return answer


def action_answer(action: Action, labels: Labels) -> dict[str, Any]:
    """One thing to do: ``{earn: credential:x}``, ``{hours: 40, in: milling}`` or ``{wait_until: date}``."""
    match action:
        case Earn():
            answer: dict[str, Any] = {"earn": f"{action.kind}:{labels.label(action.kind, action.key)}"}
            wanted = {
                "part": action.part,
                "rating": action.rating,
                "grade": action.grade,
                "at_least": action.at_least,
            }
            return answer | {name: value for name, value in wanted.items() if value is not None}
        case EarnHours():
            return {"hours": hours_number(action.minutes), "in": bare(action.within)}
        case WaitUntil():
            return {"wait_until": action.day.isoformat()}
