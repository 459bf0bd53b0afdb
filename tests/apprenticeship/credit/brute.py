"""College credit the slow way: every subset of the evidence, every set of awards, every way to share out evidence.

Written from the contract. Of the product it uses the evaluation of rules on one record and nothing that decides about
credit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from graph import timeline
from graph.evaluating import evaluate
from graph.facts import CourseResult, Person, Rating, Revocation, Waiver
from graph.ledger import open_ledger
from graph.order import Scope
from graph.requirement import Requirement
from graph.world import World
from tests.oracle.calendar import expiry_of

Tree = Mapping[str, Any]
Evidence = frozenset[str]


@dataclass(frozen=True)
class Proof:
    """A minimal set of evidence and the day on which it had earned the award."""

    evidence: Evidence
    earned_on: date | None


@dataclass(frozen=True)
class Best:
    credits: int
    pieces: int
    ids: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int, tuple[str, ...]]:
        return -self.credits, self.pieces, self.ids


class Slow:
    """One agreement, one person, one day."""

    def __init__(
        self,
        agreement: Tree,
        rules: Mapping[str, Requirement],
        world: World,
        person: Person,
        as_of: date,
        *,
        granted: Mapping[str, Evidence] | None = None,
    ) -> None:
        self.agreement, self.as_of, self.granted = agreement, as_of, granted or {}
        self.head = agreement["agreement"]
        self.awards = {award["id"]: award for award in agreement["awards"]}
        self.facts = counting(world, person, as_of)
        self.proofs = self._proofs(rules, world, replace(person, facts=self.facts))
        self.in_force = self.head["effective"]["from"] <= as_of.isoformat() and (
            not self.head["effective"].get("until") or as_of.isoformat() < self.head["effective"]["until"]
        )
        self.earned_here = self._earned_here()

    def _proofs(
        self, rules: Mapping[str, Requirement], world: World, person: Person
    ) -> dict[str, list[Proof]]:
        found: dict[str, list[Proof]] = {key: [] for key in rules}
        ids = sorted({fact.id for fact in person.facts if not isinstance(fact, Revocation)})
        for size in range(len(ids) + 1):
            for subset in combinations(ids, size):
                shown = frozenset(subset)
                facts = tuple(f for f in person.facts if f.id in shown or isinstance(f, Revocation))
                actual = evaluate(world, replace(person, facts=facts), program=None, as_of=self.as_of).actual
                for key, rule in rules.items():
                    line = actual.holds(rule, Scope())
                    day = self.as_of.toordinal()
                    smaller = any(proof.evidence <= shown for proof in found[key])
                    if timeline.is_true(line, day) and not smaller:
                        began = timeline.since(line, day)
                        found[key].append(Proof(shown, date.fromordinal(began) if began else None))
        return found

    def _earned_here(self) -> int:
        passed: dict[str, int] = {}
        for fact in open_ledger(Person("x", "x", (), self.facts)).facts:
            if isinstance(fact, CourseResult) and fact.passed and fact.college == self.head["college_id"]:
                passed[fact.course] = max(passed.get(fact.course, 0), fact.credits)
        return sum(passed.values())

    def over(self, began: date | None, lasts: Tree | None) -> bool:
        return began is not None and lasts is not None and expiry_of(began, dict(lasts)) <= self.as_of

    def fresh(self, award: str) -> list[Proof]:
        on = {fact.id: fact.on for fact in self.facts}
        stale = self.head.get("stale_after")
        return [p for p in self.proofs[award] if not any(self.over(on[e], stale) for e in p.evidence)]

    def unused(self, award: str) -> list[Proof]:
        """The proofs that use nothing that granted credit rests on, but for pairs that may share."""
        return [
            proof
            for proof in self.fresh(award)
            if not any(
                used & proof.evidence and not self.may_share(one, award) for one, used in self.granted.items()
            )
        ]

    def over_again(self, award: str) -> set[str]:
        """The granted awards that this one would be over again."""

        def alike(one: Tree, other: Tree) -> bool:
            named = one.get("one_of") is not None and one.get("one_of") == other.get("one_of")
            return one["id"] == other["id"] or named or one["course"] == other["course"]

        return {one for one in self.granted if alike(self.awards[one], self.awards[award])}

    def in_time(self, award: str) -> list[Proof]:
        window = self.awards[award].get("request_within")
        return [proof for proof in self.unused(award) if not self.over(proof.earned_on, window)]

    def reason(self, award: str) -> str | None:
        """Why an award cannot be given at all; None where it can."""
        short = hundredths(self.awards[award].get("earned_here_first", 0)) > self.earned_here
        speaks = {
            "not_in_force": not self.in_force,
            "already_granted": self.over_again(award),
            "not_met": not self.proofs[award],
            "stale": not self.fresh(award),
            "evidence_used": not self.unused(award),
            "window_over": not self.in_time(award),
            "too_early": short,
            "no_credits": not hundredths(self.awards[award]["credits"]),
        }
        return next((reason for reason, is_so in speaks.items() if is_so), None)

    def able(self) -> list[str]:
        return sorted(award for award in self.awards if self.reason(award) is None)

    def best(self, beyond: frozenset[str] | None = None) -> Best | None:
        """The best set of all sets; with ``beyond``, of those that have one of these awards."""
        able = self.able()
        found = [
            self._measured(chosen)
            for size in range(len(able) + 1)
            for chosen in combinations(able, size)
            if (beyond is None or beyond & set(chosen)) and self.allowed(chosen)
        ]
        return min((one for one in found if one), key=lambda one: one.rank, default=None)

    def _measured(self, chosen: Sequence[str]) -> Best | None:
        ways = [len(frozenset().union(*way)) for way in self.ways(chosen)]
        if not ways:
            return None
        return Best(sum(self.credits(award) for award in chosen), min(ways), tuple(chosen))

    def credits(self, award: str) -> int:
        return hundredths(self.awards[award]["credits"])

    def allowed(self, chosen: Sequence[str]) -> bool:
        names = [self.awards[award].get("one_of") for award in chosen if self.awards[award].get("one_of")]
        return len(set(names)) == len(names) and not self.exceeded(chosen)

    def exceeded(self, chosen: Sequence[str]) -> set[str]:
        """The limits that a set of awards breaks, together with what was granted before."""
        chosen = [*self.granted, *chosen]
        limits, program = self.head.get("limits") or {}, self.head["program"].get("credits")
        given = sum(self.credits(award) for award in chosen)
        broken = set()
        if program is not None and "share" in limits and given > program * 100 * limits["share"] + 1e-9:
            broken.add("share")
        if given > hundredths(limits.get("credits", 10**6)):
            broken.add("credits")
        if program is not None and given > max(
            0, hundredths(program) - hundredths(limits.get("residency", 0))
        ):
            broken |= {"residency"} if "residency" in limits else set()
        for group, most in (limits.get("groups") or {}).items():
            members = [award for award in chosen if self.awards[award].get("group") == group]
            if sum(self.credits(award) for award in members) > hundredths(most):
                broken.add(f"groups.{group}")
        return broken

    def ways(self, chosen: Sequence[str], done: tuple[Evidence, ...] = ()) -> Iterator[tuple[Evidence, ...]]:
        """Every way to give each award evidence that no other one uses, but for pairs that may share."""
        if len(done) == len(chosen):
            yield done
            return
        award = chosen[len(done)]
        for proof in self.in_time(award):
            clashes = [
                other
                for other, used in zip(chosen, done, strict=False)
                if used & proof.evidence and not self.may_share(award, other)
            ]
            if not clashes:
                yield from self.ways(chosen, (*done, proof.evidence))

    def may_share(self, one: str, other: str) -> bool:
        reuse = self.head.get("reuse", "forbid")
        return reuse == "allow" or (reuse != "forbid" and any({one, other} == set(pair) for pair in reuse))


def counting(world: World, person: Person, as_of: date) -> tuple[Any, ...]:
    """The facts that count on a day: verified, no waivers, and under ``latest`` no rating that was overruled."""
    ledger = open_ledger(replace(person, facts=tuple(f for f in person.facts if not isinstance(f, Waiver))))
    valid = [f for f in ledger.facts if timeline.is_true(ledger.valid(f), as_of.toordinal())]
    kept = []
    for fact in valid:
        if isinstance(fact, Revocation):
            continue
        if isinstance(fact, Rating) and world.competencies[fact.competency].framework.latest:
            rivals = [f for f in valid if isinstance(f, Rating) and f.competency == fact.competency]
            if fact != max(rivals, key=lambda f: (f.on, f.recorded, f.id)):
                continue
        kept.append(fact)
    return (*kept, *(f for f in ledger.facts if isinstance(f, Revocation)))


def hundredths(credits_: Any) -> int:
    return round(float(credits_) * 100)
