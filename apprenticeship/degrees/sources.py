"""What a person has for a degree: courses passed at the college, and the awards that its agreement gives.

A course of the degree counts once, passed here or given as an award, whichever is worth more where it counts. A course
passed here that a given award rests on counts as that award.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from apprenticeship.credit.college import College, earned_at
from apprenticeship.credit.granted import Granted
from apprenticeship.degrees.filling import Item
from apprenticeship.degrees.model import Source, Why
from graph.facts import CourseResult
from graph.ledger import Ledger
from standards.degree_plans import Plan, PlannedGroup
from standards.lint_degrees import plain

Taken = Mapping[str, tuple[str, int]]
"""By evidence the key of the course and the hundredths earned with it."""
Best = Mapping[tuple[str, int], Source]
"""By the key of an item and the place of a group what counts there."""


def taken_here(
    college: College, ledger: Ledger, on: date, granted: Sequence[Granted] = ()
) -> dict[str, tuple[str, int]]:
    """The courses passed at a college by a day, each once; what it granted was not taken there."""
    courses = {fact.id: fact.course for fact in ledger.facts if isinstance(fact, CourseResult)}
    return {key: (courses[key], worth) for key, worth in earned_at(college, ledger, on, granted).items()}


class Sources:
    """Everything that may count toward one degree.

    Args:
        plan: the degree.
        taken: courses passed at the college.
        given: awards that its agreement gives and credit that the college has granted, under the agreement's id.
        titles: of courses, by key.

    Attributes:
        groups: those with a list before those that take anything, so that what is listed counts there.
        items: what may count, with its places among the groups.
    """

    def __init__(
        self,
        plan: Plan,
        taken: Taken,
        given: Sequence[tuple[str, Source]],
        titles: Mapping[str, str],
    ) -> None:
        self.groups = tuple(sorted(plan.groups, key=lambda group: group.free))
        self._named = {
            key: course for group in plan.groups for course in group.courses for key in course.taken_as
        }
        self._listed = {plain(course.course) for group in plan.groups for course in group.courses}
        used = {piece for _, one in given for piece in one.evidence}
        self.used = tuple(
            self._passed(key, *taken[key], titles) for key in sorted(taken) if key in used and taken[key][1]
        )
        self._all: dict[str, list[tuple[Source, str | None]]] = {}
        for key in sorted(taken):
            if key not in used:
                source = self._passed(key, *taken[key], titles)
                self._all.setdefault(self._same(source, taken[key][0]), []).append((source, None))
        for agreement, found in given:
            name = f"{agreement}:{found.award}"
            self._all.setdefault(self._same(found, f"award {name}"), []).append((found, name))
        self.best: dict[tuple[str, int], Source] = {}
        self.items = tuple(self._item(key, those) for key, those in sorted(self._all.items()))

    def _passed(self, piece: str, key: str, worth: int, titles: Mapping[str, str]) -> Source:
        course = self._named.get(key)
        name = course.course if course else key
        title = (course.title if course else None) or titles.get(key) or name
        return Source(name, title, worth, None, (piece,))

    def _same(self, source: Source, otherwise: str) -> str:
        """What one course of the degree is known by, however it was earned."""
        code = plain(source.name)
        return f"course {code}" if code in self._listed else otherwise

    def _item(self, key: str, those: Sequence[tuple[Source, str | None]]) -> Item:
        options: dict[int, int] = {}
        for place, group in enumerate(self.groups):
            fits = [source for source, award in those if _fits(group, source, award)]
            if fits:
                best = min(fits, key=lambda one: (-one.credits, not one.here, one.award or "", one.evidence))
                self.best[key, place] = best
                options[place] = best.credits
        return Item(key, options)

    def spare(self, counted: frozenset[str]) -> tuple[tuple[Source, Why], ...]:
        """What counts nowhere, and why; ``counted``: the keys of the items that do."""
        found = [(source, Why.COUNTED_ALREADY) for source in self.used]
        for item in self.items:
            sources = [source for source, _ in self._all[item.key]]
            if item.key not in counted:
                why = Why.NO_ROOM if item.options else Why.NOT_ASKED
                found += [(source, why) for source in sources]
        return tuple(found)

    def doubles(self, key: str, chosen: Source) -> tuple[Source, ...]:
        """The others that stand for the same course as one that counts."""
        return tuple(source for source, _ in self._all[key] if source != chosen)


def _fits(group: PlannedGroup, source: Source, award: str | None) -> bool:
    listed = any(plain(course.course) == plain(source.name) for course in group.courses)
    return listed or award in group.awards or group.free
