"""Drawing up what a request keeps: the answer of the rules as lines and as plain data, with its hash."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apprenticeship.credit.answers import credit_answer
from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.cases import Case, model_of, rules_of
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.model import CreditAnswer
from apprenticeship.credit_decisions.model import RequestLine
from apprenticeship.refusals import Invalid
from standards.answers import Labels
from standards.canonical import digest
from standards.documents.agreement import AwardEntry
from standards.storage.model import Published


@dataclass(frozen=True)
class Drawn:
    """The answer of the rules, as the request keeps it."""

    answer: CreditAnswer
    lines: tuple[RequestLine, ...]
    plain: Any

    @property
    def sha256(self) -> str:
        """The hash of the answer and of the lines."""
        return digest([self.plain, [_plain(line) for line in self.lines]])


def drawn_up(agreement: Published, case: Case, granted: Sequence[Granted]) -> Drawn:
    """Work out what the rules say, from the case of a person on a day and what the college granted before.

    Raises:
        Invalid: the agreement names what is not published.
    """
    rules = rules_of(agreement, case.published)
    if isinstance(rules, str):
        raise Invalid(f"This agreement cannot be worked out: {rules}", where="agreement")
    evaluation = case.evaluation
    answer = articulate(model_of(agreement), rules, evaluation, evaluation.as_of, granted=granted)
    plain = credit_answer(answer, Labels(evaluation.world))
    return Drawn(answer, tuple(_lines(answer)), plain)


def _lines(answer: CreditAnswer) -> Iterator[RequestLine]:
    for one in answer.best.given:
        yield _line(one.award, given=True, evidence=one.evidence)
    for left in answer.left_out:
        yield _line(left.award, given=False, evidence=())


def _line(award: AwardEntry, *, given: bool, evidence: tuple[str, ...]) -> RequestLine:
    return RequestLine(
        award=award.id,
        one_of=award.one_of,
        course=award.course,
        title=award.title,
        credits=award.credits,
        up_to=award.up_to,
        group=award.group,
        given=given,
        evidence=evidence,
        conditions=award.conditions,
    )


def _plain(line: RequestLine) -> list[Any]:
    return [value if not isinstance(value, tuple) else list(value) for value in vars(line).values()]
