"""A person as agreements see them: without waivers; and what stands in the way although something is there."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from apprenticeship.credit.grounding import OUTSIDE, Grounding
from apprenticeship.credit.model import Hint
from graph import timeline
from graph.evaluating import Evaluation
from graph.facts import Fact, Person, Status, Waiver
from graph.ledger import only
from graph.reckoning import Reckoning
from graph.requirement import Requirement


def without_waivers(evaluation: Evaluation, as_of: date) -> Evaluation:
    """The same person on a day, outside any program and without waivers, which count in programs only."""
    person = evaluation.person
    facts = tuple(fact for fact in person.facts if not isinstance(fact, Waiver))
    return _again(evaluation, replace(person, facts=facts), as_of)


def were_it_verified(evaluation: Evaluation) -> Evaluation:
    """The same person, had everything that waits for verification been verified."""
    facts = tuple(
        replace(fact, status=Status.VERIFIED) if fact.status is Status.SUBMITTED else fact
        for fact in evaluation.person.facts
    )
    return _again(evaluation, replace(evaluation.person, facts=facts), evaluation.as_of)


class Applicant:
    """One person on one day, asked about by any number of agreements.

    Args:
        evaluation: of the person; its program and its waivers are left aside.
        as_of: the day.
        asks_why: whether it is told what stands in the way of awards that are not met.
    """

    def __init__(self, evaluation: Evaluation, as_of: date, *, asks_why: bool = True) -> None:
        self.asks_why = asks_why
        self._person = evaluation.person
        self.evaluation = without_waivers(evaluation, as_of)
        self._day = as_of.toordinal()
        self._hints: dict[Requirement, tuple[Hint | None, tuple[str, ...]]] = {}

    @cached_property
    def grounding(self) -> Grounding:
        """The circuit over this person's evidence."""
        return Grounding(self.evaluation)

    def holds(self, rule: Requirement) -> bool:
        """Whether a rule holds on everything that the person has shown."""
        return self._holds(self.evaluation.actual, rule)

    def hint(self, rule: Requirement) -> tuple[Hint | None, tuple[str, ...]]:
        """The first hint that is true, with the evidence that waits or the waivers."""
        if rule not in self._hints:
            self._hints[rule] = self._hint(rule)
        return self._hints[rule]

    def _hint(self, rule: Requirement) -> tuple[Hint | None, tuple[str, ...]]:
        if self._holds(self.evaluation.hoped, rule):
            return Hint.PENDING, self._waiting(rule)
        if self._holds(self.evaluation.undying, rule):
            return Hint.EXPIRED, ()
        if self._waivers and self._holds(self._waived.actual, rule):
            return Hint.WAIVED, self._waiving(rule)
        return None, ()

    @cached_property
    def _verified(self) -> Evaluation:
        return were_it_verified(self.evaluation)

    @cached_property
    def _waived(self) -> Evaluation:
        return _again(self.evaluation, self._person, self.evaluation.as_of)

    @cached_property
    def _hoping(self) -> Grounding:
        return Grounding(self._verified)

    @property
    def _waivers(self) -> list[str]:
        return sorted(fact.id for fact in self._person.facts if isinstance(fact, Waiver))

    def _waiting(self, rule: Requirement) -> tuple[str, ...]:
        grounding = self._hoping
        order = grounding.circuit.below(grounding.root(rule))
        circuit = grounding.circuit
        everything = (1 << len(circuit.ids)) - 1
        waiting = _ids(f for f in self.evaluation.person.facts if f.status is Status.SUBMITTED)

        def enough(left_out: set[str]) -> bool:
            return circuit.holds(order, everything & ~sum(circuit.bit(piece) for piece in left_out))

        return _needed([piece for piece in waiting if piece in grounding.facts], enough)

    def _waiving(self, rule: Requirement) -> tuple[str, ...]:
        ledger = self._waived.ledger
        everything = {fact.id for fact in ledger.facts}

        def enough(left_out: set[str]) -> bool:
            rest = only(ledger, everything - left_out)
            return self._holds(Reckoning(self.evaluation.world, rest, None), rule)

        return _needed(self._waivers, enough)

    def _holds(self, reckoning: Reckoning, rule: Requirement) -> bool:
        return timeline.is_true(reckoning.holds(rule, OUTSIDE), self._day)


def _needed(pieces: Iterable[str], enough: Callable[[set[str]], bool]) -> tuple[str, ...]:
    """Of some pieces those that are left once every piece is left out that can be, the last first."""
    left_out: set[str] = set()
    for piece in sorted(pieces, reverse=True):
        if enough(left_out | {piece}):
            left_out.add(piece)
    return tuple(piece for piece in sorted(pieces) if piece not in left_out)


def _ids(facts: Iterable[Fact]) -> list[str]:
    return sorted({fact.id for fact in facts})


def _again(evaluation: Evaluation, person: Person, as_of: date) -> Evaluation:
    return Evaluation(evaluation.world, person, program=None, as_of=as_of, known_at=evaluation.known_at)
