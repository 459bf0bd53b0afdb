"""The rules, the slow way: everything on every day, repeated until nothing changes.

Written from the contract alone. Nothing here imports the product.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.book import Book, Tree, minutes_of
from tests.oracle.ledger import GRADES, Shown

Item = tuple[str, str]


@dataclass(frozen=True)
class Inputs:
    """All that the rules look at on one day. Two days with equal inputs have equal answers."""

    shown: Shown
    enrolled: frozenset[str]
    months: Mapping[str, int]  # program -> whole months since it was registered
    step_months: Mapping[str, int]  # step -> whole months since the step before it was reached
    over: frozenset[tuple[str, date]]  # (credential, award date) that have expired


class Moment:
    """Everything that is true on one day: the least fixed point, from nothing."""

    def __init__(self, book: Book, program: str | None, inputs: Inputs) -> None:
        self.book, self.program, self.inputs = book, program, inputs
        self.items: list[Item] = [
            *(("competency", key) for key in book.items["competency"]),
            *(("credential", key) for key in book.items["credential"]),
            *(("step", key) for key in book.items["step"]),
            *(("program", key) for key in book.programs),
        ]
        self.true: set[Item] = set()
        while found := {item for item in self.items if item not in self.true and self._proved(*item)}:
            self.true |= found

    def holds(self, requirement: Tree, *, program: str | None = None, step: str | None = None) -> bool:
        return self.progress(requirement, program=program, step=step) == 1

    def progress(self, requirement: Tree, *, program: str | None = None, step: str | None = None) -> Fraction:
        """Of a requirement with names in full. `program` and `step` are where it stands."""
        program = program or self.program
        members = requirement.get("all") or requirement.get("any") or requirement.get("of")
        if members is not None:
            best = sorted((self.progress(m, program=program, step=step) for m in members), reverse=True)
            needed = {"all": len(best), "any": 1}.get(next(iter(requirement)), requirement.get("at_least"))
            return sum(best[:needed], Fraction(0)) / int(needed or 0)
        if "requirement" in requirement:
            named = self.book.items["requirement"][requirement["requirement"]]
            return self.progress(named["when"], program=program)
        if "hours" in requirement:
            return part_of(self.minutes(requirement["in"], program), minutes_of(requirement["hours"]))
        if "months" in requirement:
            return part_of(self._months(requirement["since"], program, step), requirement["months"])
        if "credentials" in requirement or "competencies" in requirement:
            return self._counted(requirement)
        return Fraction(self._leaf(requirement))

    def minutes(self, place: str, program: str | None) -> int:
        """Minutes approved in a work process, or in all of a program's, caps applied."""
        logged = self.inputs.shown.minutes
        if place == "rti":
            return logged.get("rti", 0)
        if place == "ojl":
            works = [key for key, work in self.book.items["work"].items() if work["home"] == program]
            return logged.get("ojl", 0) + sum(self.minutes(work, program) for work in works)
        cap = (self.book.items["work"][place].get("hours") or {}).get("max")
        done = logged.get(place, 0)
        return done if cap is None else min(done, minutes_of(cap))

    def prerequisites_hold(self, kind: str, key: str) -> bool:
        needed = self.book.items[kind][key].get("prerequisites")
        return needed is None or self.holds(needed)

    def latest_award(self, credential: str) -> date | None:
        """What expiry counts from; None where nothing that was passed has a date."""
        parts = [self.inputs.shown.passes.get((credential, part)) for part in self.book.parts(credential)]
        dates = [max(day for part in parts if part for day in part)] if all(parts) else []
        composed = self.book.items["credential"][credential].get("composed_of")
        if composed and self.holds(composed):
            dates += self._award_dates(composed)
        return max(dates, default=None)

    def is_over(self, credential: str) -> bool:
        return (credential, self.latest_award(credential)) in self.inputs.over

    def rating(self, competency: str) -> int | None:
        """The rating that decides."""
        framework = self.book.frameworks[self.book.items["competency"][competency]["home"]]
        scale = framework.get("ratings") or {}
        history = [
            ((entry["on"], entry["recorded"], entry["id"]), rating_of(entry, scale))
            for entry in self.inputs.shown.ratings.get(competency, ())
        ]
        if not history:
            return None
        if scale.get("policy") == "latest":
            return max(history)[1]
        return max(rating for _, rating in history)

    def _proved(self, kind: str, key: str) -> bool:
        if kind == "program":
            return self.holds(self.book.programs[key]["completion"], program=key)
        if kind == "step":
            return self._climbed(key)
        item = self.book.items[kind][key]
        enforced = self.book.frameworks[item["home"]].get("gate", "advise") == "enforce"
        if enforced and not self.prerequisites_hold(kind, key):
            return False
        return self.proof(kind, key)

    def proof(self, kind: str, key: str) -> bool:
        """Of an item, its prerequisites left aside."""
        return self._competent(key) if kind == "competency" else self._awarded(key)

    def _competent(self, key: str) -> bool:
        item = self.book.items["competency"][key]
        scale = self.book.frameworks[item["home"]].get("ratings") or {}
        rating = self.rating(key)
        if rating is not None and rating >= scale.get("competent", 3):
            return True
        return bool(item.get("satisfied_by")) and self.holds(item["satisfied_by"])

    def _awarded(self, key: str) -> bool:
        item = self.book.items["credential"][key]
        if all((key, part) in self.inputs.shown.passes for part in self.book.parts(key)):
            return True
        return bool(item.get("composed_of")) and self.holds(item["composed_of"])

    def _climbed(self, key: str) -> bool:
        program = self.book.items["step"][key]["home"]
        if program not in self.inputs.enrolled:
            return False
        ladder = self.book.steps(program)
        before = ladder[: ladder.index(key)]
        when = self.book.items["step"][key].get("when")
        return all(("step", step) in self.true for step in before) and (
            when is None or self.holds(when, program=program, step=key)
        )

    def _months(self, since: str, program: str | None, step: str | None) -> int:
        if since == "registered":
            return self.inputs.months.get(program or "", 0)
        ladder = self.book.steps(program or "")
        before = ladder[ladder.index(step or "") - 1]
        return self.inputs.step_months.get(step or "", 0) if ("step", before) in self.true else 0

    def _counted(self, requirement: Tree) -> Fraction:
        kind, needed = next(
            (single, requirement[plural])
            for single, plural in (("credential", "credentials"), ("competency", "competencies"))
            if plural in requirement
        )
        where = requirement.get("where") or {}
        found = [key for key in self.book.items[kind] if self._matches(kind, key, where)]
        leaf = {"current": where.get("current", False)}
        return part_of(sum(self._leaf({kind: key, **leaf}) for key in found), needed)

    def _matches(self, kind: str, key: str, where: Tree) -> bool:
        item = self.book.items[kind][key]
        work = self.book.items["work"].get(where.get("work_process", ""), {})
        return (
            where.get("framework", item["home"]) == item["home"]
            and where.get("level", item.get("level")) == item.get("level")
            and where.get("kind", item.get("kind")) == item.get("kind")
            and ("work_process" not in where or key in work.get("competencies", ()))
        )

    def _leaf(self, leaf: Tree) -> bool:
        for kind in ("step", "program"):
            if kind in leaf:
                return (kind, leaf[kind]) in self.true
        if "credential" in leaf:
            return self._credential(leaf["credential"], current=leaf.get("current", False))
        if "competency" in leaf:
            return self._competency(leaf["competency"], leaf.get("rating"))
        if "course" in leaf:
            grades = self.inputs.shown.grades.get(leaf["course"], set())
            if "grade" not in leaf:
                return bool(grades)
            return any(g is not None and g <= GRADES.index(leaf["grade"]) for g in grades)
        value = self.inputs.shown.scores.get(leaf["score"])
        return value is not None and value >= leaf.get("at_least", value)

    def _credential(self, key: str, *, current: bool) -> bool:
        has = ("credential", key) in self.true
        if current:
            return has and not self.is_over(key)
        return has or ("credential", key) in self.inputs.shown.waived

    def _competency(self, key: str, needed: int | None) -> bool:
        met = ("competency", key) in self.true
        if needed is None:
            return met or ("competency", key) in self.inputs.shown.waived
        rating = self.rating(key)
        return met and rating is not None and rating >= needed

    def _award_dates(self, composed: Tree) -> list[date]:
        """The latest award of each member that holds; a waived one counts with the day of its waiver."""
        if "credential" in composed:
            key = composed["credential"]
            award = self.latest_award(key) if ("credential", key) in self.true else None
            dates = (award, self.inputs.shown.waived.get(("credential", key)))
            return [day for day in dates if day is not None]
        members = composed.get("all") or composed.get("any") or composed["of"]
        return [day for member in members if self.holds(member) for day in self._award_dates(member)]


def rating_of(entry: Mapping[str, Any], scale: Tree) -> int:
    """A sign-off without a rating is one at competent."""
    rating = entry.get("rating")
    return int(scale.get("competent", 3) if rating is None else rating)


def part_of(done: int, needed: int) -> Fraction:
    return min(Fraction(done, needed), Fraction(1))
