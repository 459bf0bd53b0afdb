"""What a college may give for one person's evidence on one day: the best set, and why not the rest.

The rules are those of the documents (``docs/documents.md``, "agreement").
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.choice import NOTHING, Candidate, Choice, Chosen
from apprenticeship.credit.entitlement import Entitled, Entitlement
from apprenticeship.credit.folding import folded
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.limits import GROUP, allowed_by, room_after, used_of, without_room
from apprenticeship.credit.model import (
    AwardSet,
    CreditAnswer,
    Given,
    LeftOut,
    Reason,
    Remaining,
    Search,
)
from apprenticeship.credit.rows import is_lower_row, looked_at
from apprenticeship.credit.selecting import Selected, fits_together, select
from apprenticeship.credit.sharing import sharing_pairs
from apprenticeship.credit.units import in_other_unit
from graph.evaluating import Evaluation
from graph.requirement import Requirement
from standards.credit_limits import residency_of
from standards.documents import AgreementDocument
from standards.documents.agreement import AgreementHeader, AwardEntry
from standards.documents.award_rows import award_rows


def articulate(
    agreement: AgreementDocument,
    rules: Mapping[str, Requirement],
    evaluation: Evaluation,
    as_of: date,
    applicant: Applicant | None = None,
    *,
    granted: Sequence[Granted] = (),
) -> CreditAnswer:
    """The set of awards with the most credits that one agreement gives for one person's evidence.

    Args:
        agreement: the document.
        rules: the rule of each award, by what it is called where it is counted, compiled in the evaluation's world.
        evaluation: of the person; its program is left aside, its waivers count in programs only.
        as_of: the day of the request.
        applicant: made of the same evaluation and day, to be asked by several agreements in turn.
        granted: what the college has granted to the person, under this agreement and under others.
    """
    return _Articulation(agreement, rules, applicant or Applicant(evaluation, as_of), granted).answer()


def awards_given(
    agreement: AgreementDocument,
    rules: Mapping[str, Requirement],
    applicant: Applicant,
    *,
    granted: Sequence[Granted] = (),
) -> tuple[AwardEntry, ...]:
    """Only the awards that ``articulate`` gives: quicker where nobody asks on which evidence and why not the rest."""
    return _Articulation(agreement, rules, applicant, granted).given()


def awards_chosen(
    agreement: AgreementDocument, rules: Mapping[str, Requirement], applicant: Applicant
) -> tuple[tuple[AwardEntry, ...], bool]:
    """As ``awards_given``, and whether every way to give them was looked at: then nothing rests on ids of evidence."""
    return _Articulation(agreement, rules, applicant, ()).chosen()


def in_force(agreement: AgreementHeader, on: date) -> bool:
    """Whether a request may be made on a day."""
    return agreement.in_force(on)


class _Articulation:
    def __init__(
        self,
        agreement: AgreementDocument,
        rules: Mapping[str, Requirement],
        applicant: Applicant,
        granted: Sequence[Granted],
    ) -> None:
        self._agreement = agreement
        self._head = agreement.agreement
        self._as_of = applicant.evaluation.as_of
        self._in_force = in_force(self._head, self._as_of)
        self._entitlement = Entitlement(agreement, rules, applicant, granted)
        self._granted = tuple(granted)
        self._under_this = [one for one in granted if one.agreement == self._head.id]
        self._rows = award_rows(agreement)
        self._allowed = allowed_by(self._head)
        self._room = room_after(self._allowed, self._under_this)
        self._known_at = applicant.evaluation.known_at

    def given(self) -> tuple[AwardEntry, ...]:
        return self.chosen()[0]

    def chosen(self) -> tuple[tuple[AwardEntry, ...], bool]:
        if not self._in_force:
            return (), True
        found = looked_at(self._entitlement, self._rows, self._room)
        able = sorted((one for one in found if isinstance(one, Entitled)), key=lambda one: one.award.id)
        selected = select(self._choice(able))
        search = _search(able, selected)
        chosen = selected.chosen or NOTHING
        awards = tuple(able[place].award for place, _ in chosen.picks)
        return awards, search.proven and not search.bounded

    def answer(self) -> CreditAnswer:
        found = looked_at(self._entitlement, self._rows, self._room)
        if not self._in_force:
            return self._nothing(found)
        able = sorted((one for one in found if isinstance(one, Entitled)), key=lambda one: one.award.id)
        left_out = [one for one in found if isinstance(one, LeftOut)]
        choice = self._choice(able)
        selected = select(choice)
        chosen = selected.chosen or NOTHING
        best = self._set(able, chosen)
        given = [able[place].award for place in chosen.places]
        others = frozenset(
            place
            for place, one in enumerate(able)
            if place not in chosen.places and not is_lower_row(one.award, given)
        )
        following = select(choice, others) if others else None
        left_out += [self._not_chosen(able, choice, chosen, place) for place in sorted(others)]
        return self._answer(
            best,
            self._set(able, following.chosen) if following and following.chosen else None,
            left_out,
            _search(able, selected),
        )

    def _choice(self, able: Sequence[Entitled]) -> Choice:
        """Limits of the whole become one room; evidence may be shared as ``reuse`` says."""
        reuse = self._head.reuse
        whole = [most for name, most in self._room.items() if not name.startswith(GROUP)]
        groups = {n.removeprefix(GROUP): most for n, most in self._room.items() if n.startswith(GROUP)}
        return Choice(
            candidates=tuple(_candidate(one) for one in able),
            room=min(whole, default=None),
            groups=groups,
            sharing=frozenset() if isinstance(reuse, str) else frozenset(sharing_pairs(self._agreement)),
            share_all=reuse == "allow",
        )

    def _set(self, able: Sequence[Entitled], chosen: Chosen) -> AwardSet:
        given = []
        used = 0
        for place, evidence in chosen.picks:
            one = able[place]
            exact = self._entitlement.thinned(one.award, evidence) if one.bounded else evidence
            used |= exact
            earned = self._entitlement.earned_on(one.award, exact)
            given.append(Given(one.award, self._entitlement.circuit.named(exact), earned))
        return AwardSet(tuple(given), chosen.credits, used.bit_count())

    # why not

    def _not_chosen(self, able: Sequence[Entitled], choice: Choice, chosen: Chosen, place: int) -> LeftOut:
        """Each reason is enough by itself; with all of them gone the award could be added to the set.

        Where neither an alternative nor a limit speaks against it, the evidence must: else the set were not the best.
        """
        award = able[place].award
        given = [able[one].award for one in sorted(chosen.places)]
        alternatives = tuple(
            one.id for one in given if award.one_of is not None and one.one_of == award.one_of
        )
        limits = without_room(self._room, given, award)
        reasons = [Reason.ALTERNATIVE_CHOSEN] if alternatives else []
        reasons += [Reason.CAP_REACHED] if limits else []
        evidence: tuple[str, ...] = ()
        users: tuple[str, ...] = ()
        if not reasons or fits_together(choice, chosen.places | {place}) is False:
            reasons.append(Reason.EVIDENCE_USED)
            evidence, users = self._contested(able, choice, chosen, place)
        return LeftOut(
            award=award,
            reason=reasons[0],
            also=tuple(reasons[1:]),
            evidence=evidence,
            awards=alternatives if reasons[0] is Reason.ALTERNATIVE_CHOSEN else users,
            limits=limits,
        )

    def _contested(
        self, able: Sequence[Entitled], choice: Choice, chosen: Chosen, place: int
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(evidence, awards that use it), for the set of evidence that the fewest awards use."""
        taken = {other: evidence for other, evidence in chosen.picks if not choice.may_share(place, other)}
        fewest = min(
            able[place].options,
            key=lambda evidence: sum(bool(evidence & used) for used in taken.values()),
        )
        users = [other for other, used in taken.items() if used & fewest]
        contested = 0
        for other in users:
            contested |= taken[other] & fewest
        names = tuple(sorted(able[other].award.id for other in users))
        return self._entitlement.circuit.named(contested), names

    # the answer

    def _nothing(self, found: Sequence[Entitled | LeftOut]) -> CreditAnswer:
        """Out of force: whatever else is true stays in the answer."""
        search = Search(proven=True, bounded=False, at_most=0, steps=0)
        return self._answer(AwardSet((), 0, 0), None, [_out_of_force(one) for one in found], search)

    def _answer(
        self, best: AwardSet, following: AwardSet | None, left_out: Sequence[LeftOut], search: Search
    ) -> CreditAnswer:
        head = self._head
        order = {award.id: place for place, award in enumerate(self._rows)}
        return CreditAnswer(
            agreement=head.id,
            version=head.version,
            college=head.college,
            program=head.program.title,
            unit=head.unit,
            sample=head.sample,
            as_of=self._as_of,
            known_at=self._known_at,
            in_force=self._in_force,
            best=best,
            next_best=following,
            elsewhere=in_other_unit(head, [given.award.credits for given in best.given]),
            left_out=folded(
                sorted(left_out, key=lambda one: order[one.award.id]),
                [given.award for given in best.given],
                self._room,
            ),
            limits=used_of(self._allowed, [*self._under_this, *(given.award for given in best.given)]),
            earned_here=self._entitlement.earned_here,
            remaining=self._remaining(best),
            search=search,
            granted=self._granted,
        )

    def _remaining(self, best: AwardSet) -> Remaining:
        """The degree less what is given and what was earned here; of it, what residency asks for.

        A course taken here that a given award rests on counts toward the degree once.
        """
        program = self._head.program.credits
        courses = self._entitlement.courses_here
        here = max(0, residency_of(self._head) - sum(courses.values()))
        if program is None:
            return Remaining(None, None, here)
        pieces = [given.evidence for given in best.given] + [one.evidence for one in self._under_this]
        used = {piece for several in pieces for piece in several}
        granted = sum(one.credits for one in self._under_this)
        earned = sum(worth for piece, worth in courses.items() if piece not in used)
        return Remaining(program, max(here, program - granted - best.credits - earned, 0), here)


def _out_of_force(one: Entitled | LeftOut) -> LeftOut:
    if isinstance(one, Entitled):
        return LeftOut(award=one.award, reason=Reason.NOT_IN_FORCE)
    return replace(one, reason=Reason.NOT_IN_FORCE, also=(one.reason, *one.also))


def _candidate(one: Entitled) -> Candidate:
    award = one.award
    return Candidate(
        id=award.id,
        credits=award.credits,
        options=one.options,
        group=award.group,
        one_of=award.one_of,
        bounded=one.bounded,
        essential=one.essential,
        formula=one.formula,
    )


def _search(able: Sequence[Entitled], selected: Selected) -> Search:
    found = selected.chosen.credits if selected.chosen else 0
    bounded = any(one.bounded for one in able)
    return Search(selected.at_most == found, bounded, selected.at_most, selected.steps)
