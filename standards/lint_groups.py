"""Findings about groups: what can never hold or always does, and members that say what another one says already."""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from graph.implication import Implication
from graph.names import Names
from graph.requirement import (
    All,
    Any,
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    Group,
    HoursLeaf,
    Leaf,
    NamedLeaf,
    Requirement,
    StepLeaf,
)
from graph.world import World
from standards.problems import Complaint
from standards.written import Given, Written

MOST_PAIRS = 10_000
"""So many pairs of members of one group are compared, and no more."""
MOST_LEAVES = 100
"""A member is taken to speak of what its first leaves speak of, names seen through."""
_ITEMS = (CompetencyLeaf, CredentialLeaf)
_KEYED = (*_ITEMS, NamedLeaf)


def group_findings(given: Given, never: Container[int]) -> Iterator[Complaint]:
    """What is wrong with groups, and conditions that always hold.

    Args:
        given: the documents.
        never: the identities of leaves that can never hold, which is said already.
    """
    names = Names(given.world)
    implication = Implication(given.world)
    certain = _Certainty(given.world, names, never)
    for written in given.rules:
        if any(certain.leaf(leaf, written) is not None for leaf in written.leaves):
            yield from _certain_findings(written, certain)
            if written.role == "step" and certain.of(written.rule, written) is False:
                what = "this rule can never hold, so nobody is ever paid this step or one after it"
                yield "step-never-reached", written.problem(written.rule, what, "put in what can be reached")
            if written.role == "award" and certain.of(written.rule, written) is False:
                what = "this rule can never hold, so no credential ever earns this award"
                yield "award-never-earned", written.problem(written.rule, what, "put in what can be reached")
        if not _says_nothing_twice(written):
            yield from _repeated(names, implication, written)


class _Certainty:
    """Whether a rule always holds (True), never does (False), or depends on the person (None)."""

    def __init__(self, world: World, names: Names, never: Container[int]) -> None:
        self._world, self._never = world, never
        self._named: dict[str, bool | None] = {}
        for key in names.order:
            self._named[key] = self.of(world.requirements[key].when, None)

    def of(self, rule: Requirement, written: Written | None) -> bool | None:
        """The certainty of a rule where it is written; None for ``written`` behind a name."""
        if not isinstance(rule, Group):
            return self.leaf(rule, written)
        found = [self.of(member, written) for member in rule.members]
        if found.count(True) >= rule.needed:
            return True
        return False if len(found) - found.count(False) < rule.needed else None

    def leaf(self, leaf: Leaf, written: Written | None) -> bool | None:
        """The certainty of a leaf."""
        if id(leaf) in self._never:
            return False
        if isinstance(leaf, HoursLeaf) and leaf.minutes == 0:
            return True
        if isinstance(leaf, StepLeaf):
            return self._step(leaf, written)
        return self._named.get(leaf.key) if isinstance(leaf, NamedLeaf) else None

    def _step(self, leaf: StepLeaf, written: Written | None) -> bool | None:
        """Steps are climbed in order, and whoever is in a program has reached the first."""
        program, place = self._world.step(leaf.key)
        if written is None or written.program != program.key:
            return None
        return True if place < max(written.step or 1, 1) else None


def _certain_findings(written: Written, certain: _Certainty) -> Iterator[Complaint]:
    """The outermost conditions that always hold; groups that choose among too few that can."""
    stack = [written.rule]
    while stack:
        rule = stack.pop()
        if certain.of(rule, written):
            yield "always-holds", written.problem(rule, _always(rule, written, certain), "leave it out")
            continue
        if not isinstance(rule, Group):
            continue
        stack.extend(reversed(rule.members))
        can = sum(certain.of(member, written) is not False for member in rule.members)
        if can < rule.needed < len(rule.members):
            asked = "one" if rule.needed == 1 else str(rule.needed)
            what = f"asks for {asked} of {len(rule.members)}, and {can or 'none'} can hold"
            yield "unsatisfiable", written.problem(rule, what, "put in what can be reached")


def _always(rule: Requirement, written: Written, certain: _Certainty) -> str:
    if isinstance(rule, Group):
        because = next(member for member in rule.members if certain.of(member, written))
        return f"this holds whatever is shown, because {_place(because)} does"
    if isinstance(rule, StepLeaf):
        return "this step is reached by then in any case"
    return "this holds whatever is shown"


def _says_nothing_twice(written: Written) -> bool:
    """Tell quickly of nearly all rules that no member can say what another one does."""
    if not isinstance(written.rule, Group):
        return True
    found = {(type(leaf), leaf.key) for leaf in written.leaves if isinstance(leaf, _ITEMS)}
    return len(found) == len(written.leaves)


def _repeated(names: Names, implication: Implication, written: Written) -> Iterator[Complaint]:
    stack = [written.rule]
    while stack:
        rule = stack.pop()
        if isinstance(rule, Group):
            stack.extend(reversed(rule.members))
            alike = _alike(names, rule)
            if 1 < rule.needed < len(rule.members):
                yield from _counted_twice(implication, written, rule, alike)
            else:
                yield from _spare(implication, written, rule, alike)


def _spare(
    implication: Implication, written: Written, group: Group, alike: Sequence[set[int]]
) -> Iterator[Complaint]:
    """Conditions that the others ask for anyway, alternatives that meet another one as well; of equals the later."""
    left = set(range(len(group.members)))
    for at in reversed(range(len(group.members))):
        others = sorted(left & alike[at])
        if others and _says_nothing_new(implication, group, at, others):
            left.discard(at)
            alone = [other for other in others if _says_nothing_new(implication, group, at, [other])]
            code, what = _words_for_spare(group, alone)
            yield code, written.problem(group.members[at], what, "leave it out")


def _says_nothing_new(implication: Implication, group: Group, at: int, others: Sequence[int]) -> bool:
    member, rest = group.members[at], tuple(group.members[other] for other in others)
    if group.needed == 1:
        return implication.holds(member, Any(rest))
    return implication.holds(All(rest), member)


def _words_for_spare(group: Group, alone: Sequence[int]) -> tuple[str, str]:
    other = _place(group.members[alone[0]]) if alone else ""
    if group.needed == 1:
        return "pointless-alternative", f"whoever meets this meets {other or 'another of them'} as well"
    asks = f"{other} asks" if other else "the others together ask"
    return "redundant-condition", f"{asks} for this anyway"


def _counted_twice(
    implication: Implication, written: Written, group: Group, alike: Sequence[set[int]]
) -> Iterator[Complaint]:
    """Members of n of m that count for the same thing as an earlier one."""
    members = group.members
    for at, member in enumerate(members):
        for other in sorted(earlier for earlier in alike[at] if earlier < at):
            if implication.holds(member, members[other]) or implication.holds(members[other], member):
                what = f"one thing shown counts here and for {_place(members[other])}"
                yield "counted-twice", written.problem(member, what, "ask for different things")
                break


def _alike(names: Names, group: Group) -> Sequence[set[int]]:
    """For each member the others that speak of something that it speaks of; none else can imply it, or be implied."""
    members = [[*names.leaves(member, MOST_LEAVES)] for member in group.members]
    counted = {kind for found in members for leaf in found if (kind := _counted(leaf)) is not None}
    speaking: dict[object, list[int]] = defaultdict(list)
    for at, found in enumerate(members):
        for word in dict.fromkeys(word for leaf in found for word in _words(leaf, counted)):
            speaking[word].append(at)
    alike: list[set[int]] = [set() for _ in members]
    pairs = 0
    for places in speaking.values():
        pairs += len(places) * (len(places) - 1)
        if pairs <= MOST_PAIRS:
            for at in places:
                alike[at].update(other for other in places if other != at)
    return alike


def _words(leaf: Leaf, counted: Container[type]) -> Iterator[object]:
    """What a leaf speaks of: an item by its name, and by its kind where some are counted; else the kind of leaf."""
    kind = _counted(leaf) or type(leaf)
    if isinstance(leaf, _KEYED):
        yield kind, leaf.key
    if not isinstance(leaf, _KEYED) or kind in counted:
        yield kind


def _counted(leaf: Leaf) -> type | None:
    """The kind of leaf that a count counts."""
    if isinstance(leaf, CredentialCount):
        return CredentialLeaf
    return CompetencyLeaf if isinstance(leaf, CompetencyCount) else None


def _place(rule: Requirement) -> str:
    """Where a member stands in its group: ``any[0]``."""
    return rule.clause.rpartition(".")[2]
