"""For each award on its own: on which evidence it could be given, or why it cannot be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.circuit import Circuit, Mask, pieces_of
from apprenticeship.credit.college import earned_at
from apprenticeship.credit.formula import Formula, formula, fulfilled
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.lacking import missing_of
from apprenticeship.credit.minimal import Families, Family, by_leaving_out, smallest
from apprenticeship.credit.model import LeftOut, Reason
from apprenticeship.credit.sharing import is_same, may_share
from apprenticeship.credit.tracing import Tracing
from graph.dates import add_months
from graph.requirement import Requirement
from standards.documents import AgreementDocument
from standards.documents.agreement import AwardEntry
from standards.documents.award_rows import award_rows
from standards.documents.values import Duration


@dataclass(frozen=True, slots=True)
class Entitled:
    """An award that could be given.

    ``options``: minimal sets of evidence that nothing speaks against, the smallest first. ``bounded``: there may be
    more than those; ``essential`` is then what every one of them must use. ``formula``: what each has to fulfil.
    """

    award: AwardEntry
    options: tuple[Mask, ...]
    bounded: bool
    essential: Mask
    formula: Formula | None


class Entitlement:
    """What a person's evidence is worth for one agreement on one day, award by award.

    Args:
        agreement: the document.
        rules: the rule of each award, by what it is called where it is counted.
        applicant: the person on the day of the request.
        granted: what the college has granted; the evidence of it is not used again there.
    """

    def __init__(
        self,
        agreement: AgreementDocument,
        rules: Mapping[str, Requirement],
        applicant: Applicant,
        granted: Sequence[Granted] = (),
    ) -> None:
        self._agreement = agreement
        self._rules = rules
        self._applicant = applicant
        self._as_of = applicant.evaluation.as_of
        self._grounding = applicant.grounding
        self._roots = {award.id: self._grounding.root(rules[award.id]) for award in award_rows(agreement)}
        self.circuit: Circuit = self._grounding.circuit
        self._tracing = Tracing(applicant.evaluation, self._grounding)
        self.courses_here = earned_at(agreement.agreement, applicant.evaluation.ledger, self._as_of, granted)
        self.earned_here = sum(self.courses_here.values())
        self._all = (1 << len(self.circuit.ids)) - 1
        self._stale = self._stale_pieces()
        self._granted = tuple(granted)
        self._families: dict[Mask, Families] = {}

    def of(self, award: AwardEntry) -> Entitled | LeftOut:
        """The evidence that an award could be given on, or why it cannot be; in force or not."""
        reasons = self._plain_reasons(award)
        return self._barred(award, reasons) or self._earned(award, reasons)

    def _barred(self, award: AwardEntry, reasons: list[Reason]) -> LeftOut | None:
        """Why no evidence would do, if none does."""
        before = self._granted_before(award)
        if before:
            ids = tuple(one.id for one in before)
            return LeftOut(award=award, reason=Reason.ALREADY_GRANTED, also=tuple(reasons), awards=ids)
        if not self._applicant.holds(self._rules[award.id]):
            return self._not_met(award, reasons)
        order = self.circuit.below(self._roots[award.id])
        if not self.circuit.holds(order, self._all & ~self._stale):
            return self._too_stale(award, order, reasons)
        if not self.circuit.holds(order, self._usable(award)):
            return self._used_before(award, order, reasons)
        return None

    def _earned(self, award: AwardEntry, reasons: list[Reason]) -> Entitled | LeftOut:
        root, usable = self._roots[award.id], self._usable(award)
        asked = formula(self.circuit, root, usable)
        enough = self._enough(award, self.circuit.below(root), asked)
        family = self._proving(award, root, enough)
        options = tuple(evidence for evidence in family.sets if self._in_time(award, evidence))
        if not options:
            return self._too_late(award, family, reasons)
        if reasons:
            return self._plain(award, reasons)
        essential = self._essential(enough, options, usable) if family.bounded else 0
        return Entitled(award, options, family.bounded, essential, None if award.request_within else asked)

    def is_met(self, award: AwardEntry) -> bool:
        """Whether the rule of an award holds, whatever else speaks against it."""
        return self._applicant.holds(self._rules[award.id])

    def evidence_of(self, award: AwardEntry) -> Mask:
        """Every piece that the rule of an award looks at."""
        return self.circuit.evidence_below(self._roots[award.id])

    def earned_on(self, award: AwardEntry, evidence: Mask) -> date | None:
        """The day on which a set of evidence earned an award; None where it always had."""
        return self._tracing.since(self._rules[award.id], self.circuit.named(evidence))

    def thinned(self, award: AwardEntry, evidence: Mask) -> Mask:
        """A sufficient set with every piece left out that can be."""
        root = self._roots[award.id]
        asked = formula(self.circuit, root, self._usable(award))
        return smallest(self._enough(award, self.circuit.below(root), asked), evidence)

    def _enough(
        self, award: AwardEntry, order: tuple[int, ...], asked: Formula | None
    ) -> Callable[[Mask], bool]:
        """The quickest way to tell whether a set of evidence earns an award."""
        if asked is not None:
            return lambda evidence: fulfilled(asked, evidence)
        if self.circuit.timed.isdisjoint(order):
            return lambda evidence: self.circuit.holds(order, evidence)
        return lambda evidence: self._proves(award, evidence)

    def _proves(self, award: AwardEntry, evidence: Mask) -> bool:
        return self._tracing.proves(self._rules[award.id], self.circuit.named(evidence))

    def _proving(self, award: AwardEntry, root: int, enough: Callable[[Mask], bool]) -> Family:
        """The minimal sets; where the time of the evidence matters too, those that the engine confirms."""
        usable = self._usable(award)
        if usable not in self._families:
            self._families[usable] = Families(self.circuit, usable)
        family = self._families[usable].of(root, enough)
        if self.circuit.timed.isdisjoint(self.circuit.below(root)):
            return family
        confirmed = tuple(evidence for evidence in family.sets if self._proves(award, evidence))
        if confirmed:
            return Family(confirmed, bounded=True)
        return by_leaving_out(enough, usable)

    def _essential(self, enough: Callable[[Mask], bool], options: Sequence[Mask], usable: Mask) -> Mask:
        """What no sufficient set can do without: of what all known sets use, what cannot be replaced."""
        common = reduce(and_, options)
        return sum(piece for piece in pieces_of(common) if not enough(usable & ~piece))

    # what was granted before

    def _granted_before(self, award: AwardEntry) -> list[Granted]:
        """What of the granted credit is this award: itself, an alternative to it, or its course."""
        own = self._agreement.agreement.id
        return [one for one in self._granted if is_same(one, own, award)]

    def _usable(self, award: AwardEntry) -> Mask:
        """The evidence that is fresh and was not used up for what was granted, unless the two may share it."""
        return self._all & ~self._stale & ~self._pieces(self._users(award))

    def _users(self, award: AwardEntry) -> list[Granted]:
        head = self._agreement.agreement
        return [
            one for one in self._granted if one.agreement != head.id or not may_share(head, one.award, award)
        ]

    def _pieces(self, granted: Iterable[Granted]) -> Mask:
        known = {piece for one in granted for piece in one.evidence if piece in self._grounding.facts}
        return sum(self.circuit.bit(piece) for piece in known)

    # why not

    def _plain_reasons(self, award: AwardEntry) -> list[Reason]:
        found = []
        if award.earned_here_first > self.earned_here:
            found.append(Reason.TOO_EARLY)
        if award.open:
            found.append(Reason.COLLEGE_DECIDES)
        elif not award.credits:
            found.append(Reason.NO_CREDITS)
        return found

    def _not_met(self, award: AwardEntry, reasons: list[Reason]) -> LeftOut:
        if not self._applicant.asks_why:
            return LeftOut(award=award, reason=Reason.NOT_MET)
        rule = self._rules[award.id]
        hint, evidence = self._applicant.hint(rule)
        return LeftOut(
            award=award,
            reason=Reason.NOT_MET,
            also=tuple(reasons),
            missing=missing_of(self._applicant.evaluation, rule),
            hint=hint,
            evidence=evidence,
            credits_short=self._short(award),
        )

    def _too_stale(self, award: AwardEntry, order: tuple[int, ...], reasons: list[Reason]) -> LeftOut:
        """The set that would do with the fewest stale pieces left in it; it was over when the first became stale."""
        used = self._all
        for piece in pieces_of(self._stale):
            if self.circuit.holds(order, used & ~piece):
                used &= ~piece
        named = self.circuit.named(used & self._stale)
        stale_on = [self._over(self._grounding.facts[piece].on, self._stale_after) for piece in named]
        return LeftOut(
            award=award,
            reason=Reason.STALE,
            also=tuple(reasons),
            evidence=named,
            over_on=min(day for day in stale_on if day is not None),
            credits_short=self._short(award),
        )

    def _too_late(self, award: AwardEntry, family: Family, reasons: list[Reason]) -> LeftOut:
        """The set that was in time longest."""
        ends = [(self._over(self.earned_on(award, s), award.request_within), s) for s in family.sets]
        over_on, evidence = max(
            ((day, s) for day, s in ends if day is not None),
            key=lambda end: (end[0], -end[1].bit_count(), end[1]),
        )
        return LeftOut(
            award=award,
            reason=Reason.WINDOW_OVER,
            also=tuple(reasons),
            evidence=self.circuit.named(evidence),
            over_on=over_on,
            credits_short=self._short(award),
        )

    def _used_before(self, award: AwardEntry, order: tuple[int, ...], reasons: list[Reason]) -> LeftOut:
        """The evidence that would do, had it not been used for what was granted; with as little of that as may be."""
        used = self._all & ~self._stale
        for piece in pieces_of(self._pieces(self._users(award)) & used):
            if self.circuit.holds(order, used & ~piece):
                used &= ~piece
        named = set(self.circuit.named(used & ~self._usable(award)))
        return LeftOut(
            award=award,
            reason=Reason.EVIDENCE_USED,
            also=tuple(reasons),
            evidence=tuple(sorted(named)),
            awards=tuple(one.id for one in self._users(award) if named.intersection(one.evidence)),
            credits_short=self._short(award),
        )

    def _plain(self, award: AwardEntry, reasons: list[Reason]) -> LeftOut:
        return LeftOut(
            award=award, reason=reasons[0], also=tuple(reasons[1:]), credits_short=self._short(award)
        )

    def _short(self, award: AwardEntry) -> int:
        return max(0, award.earned_here_first - self.earned_here)

    # time

    @property
    def _stale_after(self) -> Duration | None:
        return self._agreement.agreement.stale_after

    def _stale_pieces(self) -> Mask:
        found = 0
        for piece, fact in self._grounding.facts.items():
            over = self._over(fact.on, self._stale_after)
            if over is not None and over <= self._as_of:
                found |= self.circuit.bit(piece)
        return found

    def _in_time(self, award: AwardEntry, evidence: Mask) -> bool:
        if award.request_within is None:
            return True
        over = self._over(self.earned_on(award, evidence), award.request_within)
        return over is None or self._as_of < over

    def _over(self, began: date | None, lasts: Duration | None) -> date | None:
        """The day on which a time that began on a day is over; None where it never is."""
        if began is None or lasts is None:
            return None
        return add_months(began, 12 * lasts.years + lasts.months)
