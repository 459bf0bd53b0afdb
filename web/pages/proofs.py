"""A proof tree in the words of the shop: what each line asks, how far it is, and where it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from graph.evaluating import Evaluation
from graph.explaining import Explanation, Until
from graph.progress import amount
from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    StepLeaf,
)
from web import words
from web.rules import group_words, requirement_words

Address = Callable[[str, str], str | None]
"""Gives the page of an item by kind ("competency", "credential") and key; None where the reader has none."""


@dataclass(frozen=True)
class ProofLine:
    """One line of a proof as the page shows it."""

    look: str
    state: str
    text: str
    detail: str = ""
    href: str | None = None
    clause: str = ""
    members: tuple["ProofLine", ...] = ()


def no_address(_kind: str, _key: str) -> None:
    """Link nothing."""


def proof(evaluation: Evaluation, explanation: Explanation, address: Address = no_address) -> ProofLine:
    """Say an explanation in words, with its members below it."""
    requirement = explanation.requirement
    text, detail = _said(evaluation, explanation)
    href = None
    if isinstance(requirement, CompetencyLeaf | CredentialLeaf):
        kind = "competency" if isinstance(requirement, CompetencyLeaf) else "credential"
        href = address(kind, requirement.key)
    look = _look(evaluation, explanation)
    named = isinstance(requirement, NamedLeaf | ProgramLeaf | StepLeaf)
    # what a name stands for is shown while it is missing; once it holds, the name is enough
    members = () if named and explanation.holds else explanation.members
    return ProofLine(
        look=look.look,
        state=look.word,
        text=text,
        detail=detail,
        href=href,
        clause=explanation.clause if not isinstance(requirement, All | Any | AtLeast) else "",
        members=tuple(proof(evaluation, member, address) for member in members),
    )


def _look(evaluation: Evaluation, explanation: Explanation) -> words.Look:
    requirement = explanation.requirement
    if explanation.holds:
        return words.Look("done", "Done")
    if isinstance(requirement, CompetencyLeaf):
        return words.COMPETENCY_LOOKS[evaluation.competencies[requirement.key].state]
    if isinstance(requirement, CredentialLeaf):
        return words.CREDENTIAL_LOOKS[evaluation.credentials[requirement.key].state]
    if explanation.progress > 0:
        return words.Look("part", "Begun")
    return words.Look("locked", "Open")


def _said(evaluation: Evaluation, explanation: Explanation) -> tuple[str, str]:
    requirement = explanation.requirement
    match requirement:
        case All() | Any() | AtLeast():
            held = sum(member.holds for member in explanation.members)
            return group_words(requirement), "" if explanation.holds else f"{held} so far"
        case CompetencyLeaf() | CredentialLeaf():
            return requirement_words(evaluation.world, requirement), _item_detail(evaluation, requirement)
        case HoursLeaf() | MonthsLeaf() | CredentialCount() | CompetencyCount():
            text = requirement_words(evaluation.world, requirement)
            return text, "" if explanation.holds else _so_far(evaluation, explanation)
        case _:
            detail = (
                f"since {words.day(explanation.since)}" if explanation.holds and explanation.since else ""
            )
            return requirement_words(evaluation.world, requirement), detail


def _item_detail(evaluation: Evaluation, leaf: CompetencyLeaf | CredentialLeaf) -> str:
    if isinstance(leaf, CompetencyLeaf):
        answer = evaluation.competencies[leaf.key]
        return _since(words.COMPETENCY_LOOKS[answer.state].word.lower(), answer.since)
    credential = evaluation.credentials[leaf.key]
    if credential.state == "in_progress":
        return parts_words(credential.parts)
    return _since(words.CREDENTIAL_LOOKS[credential.state].word.lower(), credential.since)


def _since(word: str, since: date | None) -> str:
    return f"{word} since {words.day(since)}" if since else word


def parts_words(parts: dict[str, date | None]) -> str:
    """Say which parts of a credential are passed and which are missing."""
    passed = [f"{part} passed {words.day(on)}" for part, on in parts.items() if on]
    missing = [part for part, on in parts.items() if on is None]
    said = [*passed, *([f"{words.listed(missing)} missing"] if missing else [])]
    return "; ".join(said)


def _so_far(evaluation: Evaluation, explanation: Explanation) -> str:
    requirement = explanation.requirement
    if not isinstance(requirement, HoursLeaf | MonthsLeaf | CredentialCount | CompetencyCount):
        return ""
    _, done = amount(evaluation.actual, requirement, explanation.scope, evaluation.as_of)
    said = words.hours(done) if isinstance(requirement, HoursLeaf) else str(done)
    waits = [found.day for found in explanation.missing if isinstance(found, Until) and found.day]
    return f"{said} so far" + (f"; reached on {words.day(waits[0])}" if waits else "")
