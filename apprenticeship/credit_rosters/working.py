"""The row of one learner. Pure: the record, what was granted and what waits are handed in."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.cases import Case, model_of, rules_of
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.model import Reason
from apprenticeship.credit.roll import Roll, Row, row_of
from apprenticeship.credit_rosters.model import AgreementLine, LearnerRow, Limit
from graph.facts import Status
from graph.requirement import Requirement
from standards.documents import AgreementDocument
from standards.documents.agreement import AwardEntry
from standards.documents.award_rows import award_rows
from standards.storage.model import Published


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One learner with all that their row rests on.

    Attributes:
        number: the college's own; empty where it has none.
        granted: what the college has granted.
        waiting: the keys of agreements under which a request waits.
    """

    case: Case
    number: str
    granted: tuple[Granted, ...]
    waiting: frozenset[str]


@dataclass(frozen=True)
class _Agreement:
    model: AgreementDocument
    rules: dict[str, Requirement]
    rows: dict[str, AwardEntry]


@dataclass
class RosterRoll:
    """The agreements of a college on one day, asked about one learner after the other."""

    agreements: Sequence[Published]
    as_of: date
    _rolls: dict[tuple[UUID, ...], tuple[Roll, list[_Agreement], tuple[str, ...]]] = field(
        default_factory=dict
    )

    def row(self, one: Candidate) -> LearnerRow:
        """The row of a learner: credits, limits and what is open."""
        roll, agreements, unreadable = self._of(one.case)
        found = self._rows(roll, agreements, one)
        lines = tuple(self._line(each, row, one.granted) for each, row in zip(agreements, found, strict=True))
        questions = [*unreadable]
        for each, row in zip(agreements, found, strict=True):
            questions += _questions(each, row, one.waiting)
        return LearnerRow(
            person=one.case.person.id,
            name=one.case.person.name,
            number=one.number,
            lines=lines,
            questions=(*questions, *_pending(one.case)),
        )

    def _rows(self, roll: Roll, agreements: Sequence[_Agreement], one: Candidate) -> Sequence[Row]:
        """Together with others where nothing was granted yet; else the full answer, which knows what was."""
        evaluation = one.case.evaluation
        if not one.granted:
            return roll.rows(evaluation.person)
        return [
            row_of(articulate(each.model, each.rules, evaluation, self.as_of, granted=one.granted))
            for each in agreements
        ]

    def _of(self, case: Case) -> tuple[Roll, list[_Agreement], tuple[str, ...]]:
        """One roll for all who are read with the same standards."""
        key = case.basis.published
        if key not in self._rolls:
            compiled = [(one, rules_of(one, case.published)) for one in self.agreements]
            agreements = [
                _Agreement(model, rules, {row.id: row for row in award_rows(model)})
                for one, rules in compiled
                if not isinstance(rules, str)
                for model in [model_of(one)]
            ]
            roll = Roll([(one.model, one.rules) for one in agreements], case.evaluation.world, self.as_of)
            unreadable = tuple(
                f"{one.title} cannot be worked out: {rules.splitlines()[0]}"
                for one, rules in compiled
                if isinstance(rules, str)
            )
            self._rolls[key] = (roll, agreements, unreadable)
        return self._rolls[key]

    def _line(self, agreement: _Agreement, row: Row, granted: Sequence[Granted]) -> AgreementLine:
        head = agreement.model.agreement
        return AgreementLine(
            agreement=head.id,
            program=head.program.title,
            unit=head.unit,
            credits=row.credits,
            granted=sum(one.credits for one in granted if one.agreement == head.id),
            courses=tuple(agreement.rows[award].course for award in row.awards),
            limits=tuple(Limit(name=use.name, allowed=use.allowed, used=use.used) for use in row.limits),
        )


def _questions(agreement: _Agreement, row: Row, waiting: frozenset[str]) -> list[str]:
    found = []
    if agreement.model.agreement.id in waiting:
        found.append(f"{agreement.model.agreement.program.title}: a request waits for you")
    for award in row.awards:
        entry = agreement.rows[award]
        found += [f"{entry.course}: {condition}" for condition in entry.conditions]
    for award, reason in row.reasons:
        if reason is Reason.COLLEGE_DECIDES:
            found.append(f"{agreement.rows[award].course}: earned, and how many credits is for you to decide")
    return found


def _pending(case: Case) -> list[str]:
    waiting = sum(fact.status is Status.SUBMITTED for fact in case.evaluation.person.facts)
    if waiting > 1:
        return [f"{waiting} pieces of evidence wait for a sign-off"]
    return ["1 piece of evidence waits for a sign-off"] if waiting else []


async def rows_of(
    agreements: Sequence[Published], as_of: date, learners: Sequence[Candidate]
) -> Mapping[UUID, LearnerRow]:
    """The rows of some learners, by person, worked out beside the event loop."""
    roll = RosterRoll(agreements, as_of)

    def work() -> dict[UUID, LearnerRow]:
        return {one.case.person.id: roll.row(one) for one in learners}

    return await asyncio.to_thread(work)
