"""Very many people against several agreements on one day: one row for each, solved once where people do not differ.

A row says what does not rest on which piece of evidence was taken: the awards, the credits, the limits and the first
reason for each award that is left out. ``articulate`` says all of that for one person, and the rest; they never differ.
What only the engine can read (circles, months since a wage step, revocations taken back) is asked of it, one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate, awards_chosen, in_force
from apprenticeship.credit.deciding import Deciding, Undecided
from apprenticeship.credit.folding import folded
from apprenticeship.credit.limits import used_of, without_room
from apprenticeship.credit.minimal import every_set
from apprenticeship.credit.model import CreditAnswer, LeftOut, LimitUse, Reason
from apprenticeship.credit.shown import Odd, Shown, shown_of
from apprenticeship.credit.signature import Able, Contest, Judge, Reading
from graph.evaluating import Evaluation
from graph.facts import Fact, Person
from graph.requirement import Requirement
from graph.world import World
from standards.documents import AgreementDocument
from standards.documents.agreement import AwardEntry


@dataclass(frozen=True, slots=True)
class Row:
    """One person and one agreement.

    Attributes:
        awards: the ids of the awards that are given, in order.
        credits: hundredths.
        limits: each with its use.
        reasons: for each award that is left out the first reason, in the order of the document.
    """

    awards: tuple[str, ...]
    credits: int
    limits: tuple[LimitUse, ...]
    reasons: tuple[tuple[str, Reason], ...]


def row_of(answer: CreditAnswer) -> Row:
    """The row of a full answer."""
    reasons = tuple((left.award.id, left.reason) for left in answer.left_out)
    return Row(answer.best.ids, answer.credits, answer.limits, reasons)


class Roll:
    """Agreements on one day, to be asked about one person after the other.

    Args:
        agreements: each with the rules of its awards, compiled in the world.
        world: the compiled documents.
        as_of: the day of the requests.
    """

    def __init__(
        self,
        agreements: Sequence[tuple[AgreementDocument, Mapping[str, Requirement]]],
        world: World,
        as_of: date,
    ) -> None:
        self._world = world
        self._day = as_of
        deciding = Deciding(world, as_of)
        self._pages = [_Page(agreement, rules, deciding, as_of) for agreement, rules in agreements]

    def rows(self, person: Person, known_at: datetime | None = None) -> tuple[Row, ...]:
        """A row for each agreement, in order."""
        try:
            shown = shown_of(self._world, person, self._day, known_at)
        except Odd:
            shown = None
        asked = _Asked(self._world, person, self._day, known_at)
        return tuple(page.row(asked, shown) for page in self._pages)

    @property
    def distinct(self) -> tuple[int, ...]:
        """For each agreement how many sets of relevant evidence were told apart so far."""
        return tuple(page.distinct for page in self._pages)

    @property
    def alone(self) -> tuple[int, ...]:
        """For each agreement how many people were solved one by one."""
        return tuple(page.alone for page in self._pages)


class _Asked:
    """One person, for the engine, should it be asked."""

    def __init__(self, world: World, person: Person, as_of: date, known_at: datetime | None) -> None:
        self.person = person
        self._world, self._day, self._known_at = world, as_of, known_at
        self._applicant: Applicant | None = None

    @property
    def applicant(self) -> Applicant:
        if self._applicant is None:
            self._applicant = self.showing(self.person)
        return self._applicant

    def showing(self, person: Person) -> Applicant:
        evaluation = Evaluation(self._world, person, program=None, as_of=self._day, known_at=self._known_at)
        return Applicant(evaluation, self._day, asks_why=False)


class _Page:
    """One agreement, with what was solved so far."""

    def __init__(
        self,
        agreement: AgreementDocument,
        rules: Mapping[str, Requirement],
        deciding: Deciding,
        as_of: date,
    ) -> None:
        self._agreement, self._rules, self._day = agreement, rules, as_of
        self._in_force = in_force(agreement.agreement, as_of)
        self._contests: dict[Able, tuple[Contest, ...]] = {}
        self._rows: dict[object, Row] = {}
        self._chosen: dict[object, frozenset[str]] = {}
        self.alone = 0
        self._reading: Reading | None
        try:
            self._reading = Reading(agreement, rules, deciding, as_of)
        except (Undecided, RecursionError):
            self._reading = None

    @property
    def distinct(self) -> int:
        return len(self._rows)

    def row(self, asked: _Asked, shown: Shown | None) -> Row:
        if shown is None or self._reading is None:
            return self._by_itself(asked)
        try:
            return self._shared(self._reading, asked, shown)
        except Odd:
            return self._by_itself(asked)

    def _by_itself(self, asked: _Asked) -> Row:
        self.alone += 1
        applicant = asked.applicant
        return row_of(articulate(self._agreement, self._rules, applicant.evaluation, self._day, applicant))

    def _judge(self, asked: _Asked) -> Judge:
        """Ask the engine for all minimal sets of evidence for one award."""

        def judge(award: str, facts: Sequence[Fact], last: date) -> bool:
            grounding = asked.showing(replace(asked.person, facts=tuple(facts))).grounding
            sets = every_set(grounding.circuit, grounding.root(self._rules[award]))
            if sets is None:
                raise Odd
            young = sum(grounding.circuit.bit(fact.id) for fact in facts if fact.on > last)
            return any(evidence & young for evidence in sets)

        return judge

    def _shared(self, reading: Reading, asked: _Asked, shown: Shown) -> Row:
        fresh = reading.fresh(shown)
        able = reading.able(shown, fresh, self._judge(asked))
        if able not in self._contests:
            self._contests[able] = reading.contests(able) if self._in_force else ()
        contests = self._contests[able]
        tokens = tuple(reading.tokens(contest, fresh) for contest in contests)
        key = (able, tokens)
        if key not in self._rows:
            won = [
                self._won(reading, asked, fresh, contest, seen)
                for contest, seen in zip(contests, tokens, strict=True)
            ]
            self._rows[key] = self._made(reading, able, contests, won)
        return self._rows[key]

    def _won(
        self, reading: Reading, asked: _Asked, fresh: Shown, contest: Contest, tokens: object
    ) -> frozenset[str]:
        """The awards that are given of those that contend, with everything else left aside.

        Raises:
            Odd: the answer may rest on ids, or it is rows of a table that contend.
        """
        key = (contest, tokens)
        if key not in self._chosen:
            ids = {reading.rows[place].id for place in contest.places}
            # what is to be earned first has been looked at, and is not among the evidence contended for
            awards = tuple(
                award.model_copy(update={"earned_here_first": 0})
                for award in self._agreement.awards
                if award.id in ids
            )
            if len(awards) < len(ids):
                raise Odd
            agreement = self._agreement.model_copy(update={"awards": awards})
            person = replace(asked.person, facts=tuple(reading.evidence(contest, fresh)))
            chosen, sure = awards_chosen(agreement, self._rules, asked.showing(person))
            if not sure:
                raise Odd
            self._chosen[key] = frozenset(award.id for award in chosen)
        return self._chosen[key]

    def _made(
        self, reading: Reading, able: Able, contests: Sequence[Contest], won: Sequence[frozenset[str]]
    ) -> Row:
        contended = {place for contest in contests for place in contest.places}
        free = [place for place, reason in enumerate(able) if reason is None and place not in contended]
        ids = frozenset().union(*won, (reading.rows[place].id for place in reading.best_of(free)))
        given = [award for award in reading.rows if award.id in ids] if self._in_force else []
        named = {award.id for award in given}
        left = [
            self._left(award, reason, given, reading.allowed)
            for award, reason in zip(reading.rows, able, strict=True)
            if award.id not in named
        ]
        said = folded(left, given, reading.allowed)
        return Row(
            tuple(sorted(named)),
            sum(award.credits for award in given),
            used_of(reading.allowed, given),
            tuple((one.award.id, one.reason) for one in said),
        )

    def _left(
        self,
        award: AwardEntry,
        reason: Reason | None,
        given: Sequence[AwardEntry],
        allowed: Mapping[str, int],
    ) -> LeftOut:
        if not self._in_force:
            return LeftOut(award=award, reason=Reason.NOT_IN_FORCE, also=(reason,) if reason else ())
        if reason is None:
            reason = _not_chosen(award, given, allowed)
        return LeftOut(award=award, reason=reason)


def _not_chosen(award: AwardEntry, given: Sequence[AwardEntry], allowed: Mapping[str, int]) -> Reason:
    if award.one_of is not None and any(one.one_of == award.one_of for one in given):
        return Reason.ALTERNATIVE_CHOSEN
    return Reason.CAP_REACHED if without_room(allowed, given, award) else Reason.EVIDENCE_USED
