"""Whether one rule implies another: read off their form, never tried out.

A sound answer, not a complete one: where it says that A implies B, then for everybody and on every day on which A holds
B holds too; where it does not, nothing is said. It takes time polynomial in the sizes of the rules, and never much: the
limits below cut short what no author writes by hand. Both are read in the same place: for the same person, program and
(within a wage step) step.
"""

from collections.abc import Collection, Sequence

from graph.names import Names
from graph.order import counted_competencies, counted_credentials
from graph.requirement import (
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    Group,
    HoursLeaf,
    Leaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
)
from graph.world import World

DEEPEST = 100
"""Rules nested deeper than this, names seen through, are not compared."""
LARGEST_MATCHING = 100
"""Groups of more members are not matched with each other member by member."""
MOST_LEAVES = 500
"""Only so many leaves of a rule are looked at for what a count counts."""
MOST_COMPARISONS = 200_000
"""After so many comparisons of a rule with a rule nothing more is said to imply anything."""

Count = CredentialCount | CompetencyCount


class Implication:
    """Compares rules of one world, or a rule of an older with one of a newer world.

    Across worlds the same key means the same item, and the same step the same step, whatever became of its rule.

    Args:
        world: where the names in the rule that implies stand.
        other: where the names in the rule that is implied stand; the same world unless given.
    """

    def __init__(self, world: World, other: World | None = None) -> None:
        self._world, self._other = world, world if other is None else other
        self._names = Names(world)
        self._other_names = self._names if other is None else Names(other)
        self._left = MOST_COMPARISONS
        self._known: dict[tuple[int, int], bool] = {}
        self._counted: dict[tuple[bool, Count], frozenset[str]] = {}
        self._leaves: dict[CredentialLeaf | CompetencyLeaf, CredentialLeaf | CompetencyLeaf] = {}
        self._chosen: list[AtLeast] = []

    def holds(self, rule: Requirement, implied: Requirement) -> bool:
        """Tell whether ``implied`` holds whenever ``rule`` does, as far as their form says."""
        self._known.clear()  # answers are kept by identity, and the rules of the last question may be gone
        self._chosen.clear()
        return self._implies(rule, implied, 0)

    def _implies(self, a: Requirement, b: Requirement, depth: int) -> bool:
        asked = id(a), id(b)
        self._left -= 1
        if asked not in self._known:
            self._known[asked] = False  # for names that lead back to themselves
            self._known[asked] = depth < DEEPEST and self._left > 0 and self._compare(a, b, depth + 1)
        return self._known[asked]

    def _compare(self, a: Requirement, b: Requirement, depth: int) -> bool:
        if isinstance(a, NamedLeaf) and a == b and self._world is self._other:
            return True
        a, b = self._names.rule(a), self._other_names.rule(b)
        if isinstance(a, Group) and self._by_members(a, b, depth):
            return True
        if isinstance(b, Count) and not isinstance(a, Count):
            found = self._chosen_from(a, b)
            return found is not None and self._to_group(a, found, depth)
        if isinstance(b, Group):
            return self._to_group(a, b, depth)
        return not isinstance(a, Group) and self._leaf_implies(a, b)

    def _by_members(self, a: Group, b: Requirement, depth: int) -> bool:
        """Of n of m that hold, one at least is among any m - n + 1 of them: these imply b one by one."""
        spare = len(a.members) - a.needed
        implying = 0
        for member in a.members:
            implying += self._implies(member, b, depth)
            if implying > spare:
                return True
        return False

    def _to_group(self, a: Requirement, b: Group, depth: int) -> bool:
        """So many members of b hold because a does, or because each of n members of a brings one of its own."""
        implied = 0
        for member in b.members:
            implied += self._implies(a, member, depth)
        return implied >= b.needed or (isinstance(a, Group) and self._matched(a, b, depth) >= b.needed)

    def _matched(self, a: Group, b: Group, depth: int) -> int:
        """How many members of b hold at least whenever a does, each because of a member of a of its own."""
        if max(len(a.members), len(b.members)) > LARGEST_MATCHING:
            return 0
        brings = [
            [at for at, implied in enumerate(b.members) if self._implies(member, implied, depth)]
            for member in a.members
        ]
        return a.needed - (len(a.members) - _largest_matching(brings))

    def _chosen_from(self, a: Requirement, count: Count) -> AtLeast | None:
        """A count as so many of the items that ``a`` names, which is more than it asks; None where they are too few."""
        keys = self._keys(count, newer=True)
        kind = CredentialLeaf if isinstance(count, CredentialCount) else CompetencyLeaf
        found = list(self._names.leaves(a, MOST_LEAVES))
        self._left -= len(found)
        named = {leaf.key for leaf in found if isinstance(leaf, kind)}
        members = tuple(self._leaf(count, key) for key in sorted(named & keys))
        if len(members) < count.needed:
            return None
        self._chosen.append(AtLeast(count.needed, members))
        return self._chosen[-1]

    def _leaf(self, count: Count, key: str) -> CredentialLeaf | CompetencyLeaf:
        leaf: CredentialLeaf | CompetencyLeaf
        leaf = (
            CredentialLeaf(key, count.current) if isinstance(count, CredentialCount) else CompetencyLeaf(key)
        )
        return self._leaves.setdefault(leaf, leaf)

    def _leaf_implies(self, a: Leaf, b: Leaf) -> bool:
        match a, b:
            case CredentialLeaf(), CredentialLeaf():
                return a.key == b.key and (a.current or not b.current)
            case CompetencyLeaf(), CompetencyLeaf():
                return a.key == b.key and (
                    b.rating is None or (a.rating is not None and a.rating >= b.rating)
                )
            case HoursLeaf(), HoursLeaf():
                return a.within == b.within and a.minutes >= b.minutes
            case MonthsLeaf(), MonthsLeaf():
                return a.since == b.since and a.months >= b.months
            case CourseLeaf(), CourseLeaf():
                return a.key == b.key and (b.grade is None or _is_stricter(a, b))
            case ScoreLeaf(), ScoreLeaf():
                return a.key == b.key and a.at_least >= b.at_least
            case CredentialCount(), CredentialCount():
                return (a.current or not b.current) and self._counts_as_much(a, b)
            case CompetencyCount(), CompetencyCount():
                return self._counts_as_much(a, b)
            case StepLeaf(), StepLeaf():
                return a.key == b.key or (self._world is self._other and self._is_later(a, b))
            case ProgramLeaf(), ProgramLeaf():
                return a.key == b.key
            case _:
                return False

    def _counts_as_much(self, a: Count, b: Count) -> bool:
        outside = self._keys(a, newer=False) - self._keys(b, newer=True)
        return a.needed - len(outside) >= b.needed

    def _keys(self, count: Count, *, newer: bool) -> frozenset[str]:
        asked = newer, count
        if asked not in self._counted:
            world = self._other if newer else self._world
            self._counted[asked] = frozenset(
                counted_credentials(world, count)
                if isinstance(count, CredentialCount)
                else counted_competencies(world, count, None)
            )
        return self._counted[asked]

    def _is_later(self, a: StepLeaf, b: StepLeaf) -> bool:
        """Steps are climbed in order: who has reached one has reached those before it."""
        (program, later), (same, earlier) = self._world.step(a.key), self._world.step(b.key)
        return program.key == same.key and later >= earlier


def _is_stricter(a: CourseLeaf, b: CourseLeaf) -> bool:
    return a.grade is not None and set(a.accepted) <= set(b.accepted)


def _largest_matching(choices: Sequence[Collection[int]]) -> int:
    """To how many one of their own choices can be given, no choice twice: augmenting paths, after Kuhn."""
    taken: dict[int, int] = {}

    def give(at: int, tried: set[int]) -> bool:
        for choice in choices[at]:
            if choice not in tried:
                tried.add(choice)
                if choice not in taken or give(taken[choice], tried):
                    taken[choice] = at
                    return True
        return False

    return sum(give(at, set()) for at in range(len(choices)))
