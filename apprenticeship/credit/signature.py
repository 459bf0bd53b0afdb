"""What an agreement's answer for one person rests on, so that people who do not differ in it are solved once.

First each award by itself: whether it could be given, or the reason why not. Then, only where awards could get in each
other's way, the evidence that they contend for, by what it is and without ids and dates.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, product

from apprenticeship.credit.college import is_here
from apprenticeship.credit.deciding import Deciding, Undecided
from apprenticeship.credit.limits import allowed_by, counts_toward
from apprenticeship.credit.model import Reason
from apprenticeship.credit.shown import Odd, Shown, last_day_over
from graph.facts import CourseResult, Fact, Hours, Pass, Rating, ScoreResult
from graph.requirement import Requirement
from standards.documents import AgreementDocument
from standards.documents.agreement import AwardEntry
from standards.documents.award_rows import award_rows, row_ids
from standards.documents.values import Duration

Able = tuple[Reason | None, ...]
"""For every award the reason why it cannot be given; None where it could be."""
Token = tuple[object, ...]
Judge = Callable[[str, Sequence[Fact], date], bool]
"""Whether any minimal set of evidence earns an award after a day; raises ``Odd`` where that is not sure."""
FEW = 5
"""So few pieces of evidence have so few minimal sets that all of them are looked at."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Awards, by place, that get into each other's way; no other award has to do with them."""

    places: tuple[int, ...]


class Reading:
    """One agreement on one day.

    Args:
        agreement: the document.
        rules: the rule of each award, by what it is called where it is counted.
        deciding: of the world and the day.
        as_of: the day.

    Raises:
        Undecided: only the engine can read it.
    """

    def __init__(
        self, agreement: AgreementDocument, rules: Mapping[str, Requirement], deciding: Deciding, as_of: date
    ) -> None:
        self._head = agreement.agreement
        self.rows = award_rows(agreement)
        self.allowed = allowed_by(self._head)
        self._deciders = [deciding.rule(rules[award.id]) for award in self.rows]
        self._windows = [_over(award.request_within, as_of) for award in self.rows]
        self._stale = _over(self._head.stale_after, as_of)
        for decider, window in zip(self._deciders, self._windows, strict=True):
            if decider.dated and window is not None:
                raise Undecided
        self._called = {award.id: row_ids(award) for award in agreement.awards}
        self._here: dict[str | None, bool] = {}
        self._plain: dict[int, list[Reason | None]] = {}
        self._judged: dict[Token, bool] = {}

    def fresh(self, shown: Shown) -> Shown:
        """What is not stale."""
        return shown if self._stale is None else shown.since(self._stale)

    def able(self, shown: Shown, fresh: Shown, judge: Judge) -> Able:
        """Award by award why it cannot be given, as ``articulate`` says it.

        Raises:
            Odd: a window that nobody can judge by looking at the award alone.
        """
        earned_here = self._earned_here(shown)
        if earned_here not in self._plain:
            self._plain[earned_here] = _plain(self.rows, earned_here)
        found: list[Reason | None] = []
        for place, (decider, plain) in enumerate(zip(self._deciders, self._plain[earned_here], strict=True)):
            if not decider.holds(shown):
                found.append(Reason.NOT_MET)
            elif fresh is not shown and not decider.holds(fresh):
                found.append(Reason.STALE)
            elif self._windows[place] is not None and not self._in_time(place, fresh, judge):
                found.append(Reason.WINDOW_OVER)
            else:
                found.append(plain)
        return tuple(found)

    def _earned_here(self, shown: Shown) -> int:
        best: dict[str, int] = {}
        for result in shown.courses:
            if self._is_here(result.college):
                best[result.course] = max(best.get(result.course, 0), result.credits)
        return sum(best.values())

    def _is_here(self, college: str | None) -> bool:
        if college not in self._here:
            self._here[college] = is_here(self._head, college)
        return self._here[college]

    def _in_time(self, place: int, fresh: Shown, judge: Judge) -> bool:
        """Evidence earns an award with its last piece: whether any set ends with one that is young enough."""
        decider, last = self._deciders[place], self._windows[place]
        facts = list(fresh.about(decider.sources).values())
        if last is None or not facts or all(fact.on > last for fact in facts):
            return True
        if all(fact.on <= last for fact in facts):
            return False
        if not decider.holds(fresh.until(last)):
            return True
        if len(facts) <= FEW and decider.holds(fresh.since(last)):
            return True
        key = (place, *sorted((repr(_what(fact)), fact.on > last) for fact in facts))
        if key not in self._judged:
            self._judged[key] = judge(self.rows[place].id, facts, last)
        return self._judged[key]

    # who gets into whose way

    def contests(self, able: Able) -> tuple[Contest, ...]:
        """The awards that could be given and have to be chosen among, in parts that have nothing to do with each other.

        Where no limit can bind, nothing is wanted twice and one alternative is worth more than the others, there is
        nothing to choose.
        """
        places = [place for place, reason in enumerate(able) if reason is None]
        binding = [limit for limit in self.allowed if self._binds(limit, places)]
        joined = {place: {place} for place in places}
        for one, other in combinations(places, 2):
            if joined[one] is not joined[other] and self._meet(one, other, binding):
                joined[one] |= joined[other]
                for place in joined[other]:
                    joined[place] = joined[one]
        parts = {id(part): sorted(part) for part in joined.values()}
        return tuple(Contest(tuple(part)) for part in parts.values() if self._contend(part, binding))

    def best_of(self, places: Sequence[int]) -> list[int]:
        """Of each set of alternatives the one with the most credits, and whatever has none."""
        best: dict[str, int] = {}
        for place in places:
            award = self.rows[place]
            name = f"one of {award.one_of}" if award.one_of is not None else f"award {award.id}"
            if name not in best or self.rows[best[name]].credits < award.credits:
                best[name] = place
        return sorted(best.values())

    def _binds(self, limit: str, places: Sequence[int]) -> bool:
        counted = [place for place in places if counts_toward(limit, self.rows[place])]
        return sum(self.rows[place].credits for place in self.best_of(counted)) > self.allowed[limit]

    def _meet(self, one: int, other: int, binding: Sequence[str]) -> bool:
        first, second = self.rows[one], self.rows[other]
        return (
            (first.one_of is not None and first.one_of == second.one_of)
            or frozenset((one, other)) in self._overlapping
            or any(counts_toward(limit, first) and counts_toward(limit, second) for limit in binding)
        )

    def _contend(self, part: Sequence[int], binding: Sequence[str]) -> bool:
        best = self.best_of(part)
        worth = {self.rows[place].one_of: self.rows[place].credits for place in best}
        equals = any(
            place not in best and self.rows[place].credits == worth[self.rows[place].one_of] for place in part
        )
        return (
            equals
            or any(counts_toward(limit, self.rows[place]) for limit in binding for place in part)
            or any(self._overlap(one, other) for one, other in combinations(best, 2))
        )

    def _overlap(self, one: int, other: int) -> bool:
        pair = frozenset((one, other))
        return pair in self._overlapping and pair not in self._sharing

    @cached_property
    def _overlapping(self) -> frozenset[frozenset[int]]:
        """Pairs that look at the same evidence."""
        sources = [one.sources for one in self._deciders]
        return frozenset(
            frozenset(pair)
            for pair in combinations(range(len(sources)), 2)
            if not sources[pair[0]].isdisjoint(sources[pair[1]])
        )

    @cached_property
    def _sharing(self) -> frozenset[frozenset[int]]:
        """Pairs that may use the same evidence."""
        if isinstance(self._head.reuse, str):
            return self._overlapping if self._head.reuse == "allow" else frozenset()
        place = {award.id: at for at, award in enumerate(self.rows)}
        named = (product(self._called[one], self._called[other]) for one, other in self._head.reuse)
        return frozenset(frozenset(place[name] for name in pair) for pairs in named for pair in pairs)

    # what they contend for

    def evidence(self, contest: Contest, fresh: Shown) -> list[Fact]:
        """What the awards of a contest look at."""
        sources = frozenset().union(*(self._deciders[place].sources for place in contest.places))
        return list(fresh.about(sources).values())

    def tokens(self, contest: Contest, fresh: Shown) -> tuple[Token, ...]:
        """That evidence as it is for the agreement: what it is, in which windows, and the day where age is asked."""
        dated = any(self._deciders[place].dated for place in contest.places)
        windows = sorted({last for place in contest.places if (last := self._windows[place]) is not None})
        found = []
        for fact in self.evidence(contest, fresh):
            age = fact.on.toordinal() if dated else sum(fact.on > last for last in windows)
            found.append((repr(_what(fact)), age))
        enrolled: tuple[Token, ...] = tuple(("enrolled", key) for key in fresh.enrolled)
        if any(source[0] == "hours" for place in contest.places for source in self._deciders[place].sources):
            return (*enrolled, *sorted(found))
        return tuple(sorted(found))


def _plain(rows: Sequence[AwardEntry], earned_here: int) -> list[Reason | None]:
    """The first reason that has nothing to do with evidence for the award."""
    return [
        Reason.TOO_EARLY
        if award.earned_here_first > earned_here
        else Reason.COLLEGE_DECIDES
        if award.open
        else None
        if award.credits
        else Reason.NO_CREDITS
        for award in rows
    ]


def _over(lasts: Duration | None, as_of: date) -> date | None:
    return None if lasts is None else last_day_over(12 * lasts.years + lasts.months, as_of)


def _what(fact: Fact) -> Token:
    match fact:
        case Pass():
            return "pass", fact.credential, fact.part
        case Rating():
            return "rating", fact.competency, fact.value
        case Hours():
            return "hours", fact.within, fact.minutes
        case CourseResult():
            return "course", fact.course, fact.passed, fact.grade
        case ScoreResult():
            return "score", fact.score, fact.value
        case _:
            raise Odd
