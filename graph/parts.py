"""Whether a rule holds on a part of the evidence, asked over and over: what stays so is not worked out again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeVar

from graph import timeline
from graph.facts import Hours, Revocation
from graph.ledger import only
from graph.on_day import Ids, OnDay
from graph.order import Node, Scope, asks_when, order, reads, rules_of
from graph.reckoning import Line, Reckoning
from graph.requirement import CourseLeaf, HoursLeaf, Leaf, MonthsLeaf, Requirement, ScoreLeaf, leaves
from graph.searches import Searches, Window
from graph.timeline import Timeline

T = TypeVar("T")


class Parts:
    """Parts of the evidence that counts on a day."""

    def __init__(self, reckoning: Reckoning, day: date, searches: Searches) -> None:
        self.reckoning = reckoning
        self.searches = searches
        self.day = day
        self._order = order(reckoning.world, reckoning.focus)
        self._on_day = OnDay(reckoning, day, self._undated)
        self._about: dict[Node, Ids] = {}
        self._lines: dict[tuple[Node, Ids], Line] = {}
        self._dated: dict[tuple[Leaf, Scope, Ids], Timeline] = {}
        self._clocks: dict[tuple[Requirement, Scope], tuple[Timeline, ...]] = {}

    @cached_property
    def counting(self) -> dict[str, object]:
        """The evidence that counts, the latest first; hours with what equal hours in one place have in common.

        Where the latest of equal hours in one place cannot be spared, no earlier one can.
        """
        ledger, day = self.reckoning.ledger, self.day.toordinal()
        facts = [
            fact
            for fact in sorted(ledger.facts, key=lambda f: (f.on, f.id), reverse=True)
            if not isinstance(fact, Revocation) and timeline.is_true(ledger.valid(fact), day)
        ]
        found: dict[str, object] = {}
        for fact in facts:
            single = fact.id not in found
            found[fact.id] = None
            if single and isinstance(fact, Hours) and ledger.valid(fact) == timeline.from_day(fact.on):
                found[fact.id] = (fact.within, fact.minutes)
        return found

    def asked(self, requirement: Requirement, scope: Scope) -> "Asked":
        """One rule to ask about."""
        return Asked(self, requirement, scope)

    def nodes(self, roots: Iterable[Node]) -> tuple[Node, ...]:
        """The roots and all that they rest on, in order."""
        return self._order.below(roots)

    def is_dated(self, nodes: Iterable[Node]) -> bool:
        """Whether any of some nodes rests on when something was shown."""
        return any(node in self._order.dated for node in nodes)

    def turns(self, nodes: Iterable[Node]) -> bool:
        """Whether some nodes may refer to one another in a circle."""
        return not self._order.turning.isdisjoint(nodes)

    def on_day(
        self, requirement: Requirement, scope: Scope, kept: Ids, nodes: Sequence[Node], window: Window
    ) -> bool:
        """Whether a rule holds that is no circle; of the day it asks for `clocks`, and for what is dated."""

        def over_days(leaf: Leaf, where: Scope) -> bool:
            return window.look(self._dated_line(leaf, where, kept))

        for line in self.clocks(requirement, scope, nodes):
            window.look(line)
        return self._on_day.holds(requirement, scope, kept, nodes, over_days)

    def clocks(self, requirement: Requirement, scope: Scope, nodes: Sequence[Node]) -> tuple[Timeline, ...]:
        """The registrations, and the months since them, that a rule and its nodes ask for."""
        asked = (requirement, scope)
        if asked not in self._clocks:
            self._clocks[asked] = tuple(
                {line for line in self._all_clocks(requirement, scope, nodes) if line}
            )
        return self._clocks[asked]

    def _all_clocks(
        self, requirement: Requirement, scope: Scope, nodes: Sequence[Node]
    ) -> Iterator[Timeline]:
        world, reckoning = self.reckoning.world, self.reckoning
        rules = [one for node in nodes for one in rules_of(world, node, reckoning.focus)]
        for rule, where in [(requirement, scope), *rules]:
            for leaf in leaves(rule):
                if isinstance(leaf, MonthsLeaf) and leaf.since == "registered":
                    yield reckoning.holds(leaf, where)
        for program in {world.step(node.key)[0].key for node in nodes if node.kind == "step"}:
            yield from (line for _, line in reckoning.enrolled(program))

    def over_days(
        self, requirement: Requirement, scope: Scope, kept: Ids, nodes: Sequence[Node], window: Window
    ) -> bool:
        """Whether any rule holds, by working out all that it rests on."""
        reckoning = self.reckoning
        part = Reckoning(reckoning.world, only(reckoning.ledger, kept), reckoning.focus, nodes=nodes)
        return window.look(part.holds(requirement, scope))

    def _dated_line(self, leaf: Leaf, scope: Scope, kept: Ids) -> Timeline:
        """The days on which a leaf holds that rests on no circle; a node comes to the same on the same about it."""
        roots = tuple(reads(self.reckoning.world, leaf, scope))
        asked = (leaf, scope, kept.intersection(chain.from_iterable(map(self.about, roots))))
        if asked not in self._dated:
            self._dated[asked] = self._work_out(leaf, scope, kept, self.nodes(roots))
        return self._dated[asked]

    def _work_out(self, leaf: Leaf, scope: Scope, kept: Ids, nodes: Sequence[Node]) -> Timeline:
        asked = [(node, kept & self.about(node)) for node in nodes]
        known = {one[0]: self._lines[one] for one in asked if one in self._lines}
        reckoning = self.reckoning
        part = Reckoning(
            reckoning.world,
            only(reckoning.ledger, kept),
            reckoning.focus,
            nodes=[node for node in nodes if node not in known],
            known=known,
        )
        self._lines.update({one: part.line(one[0]) for one in asked if one[0] not in known})
        return part.holds(leaf, scope)

    def about(self, node: Node) -> Ids:
        """The evidence that a node can rest on; what it needs must be no circle."""
        if node not in self._about:
            for one in self.nodes([node]):
                self._about[one] = self._own(one).union(*(self._about[of] for of in self._order.needs[one]))
        return self._about[node]

    def _undated(self, nodes: Iterable[Node]) -> Ids | None:
        found = list(nodes)
        return None if self.is_dated(found) else frozenset().union(*map(self.about, found))

    def _own(self, node: Node) -> Ids:
        found = [self._on_day.waivers(node.kind, node.key)]
        if node.kind == "competency":
            found.append(self._on_day.ratings(node.key))
        elif node.kind == "credential":
            found += self._on_day.parts(node.key)
        for requirement, scope in rules_of(self.reckoning.world, node, self.reckoning.focus):
            found += [self._of_leaf(leaf, scope) for leaf in leaves(requirement)]
        return frozenset().union(*found)

    def _of_leaf(self, leaf: Leaf, scope: Scope) -> Ids:
        match leaf:
            case HoursLeaf():
                groups = self._on_day.hours(leaf.within, scope.program)
                return frozenset(name for minutes, _ in groups for name in minutes)
            case CourseLeaf() | ScoreLeaf():
                return self._on_day.proving(leaf)
            case _:
                return frozenset()


class Asked:
    """One rule, asked about one part of the evidence after the other."""

    def __init__(self, parts: Parts, requirement: Requirement, scope: Scope) -> None:
        self._parts, self._requirement, self._scope = parts, requirement, scope
        world = parts.reckoning.world
        roots = [node for leaf in leaves(requirement) for node in reads(world, leaf, scope)]
        self._nodes = parts.nodes(roots)
        self.dated = asks_when(requirement) or parts.is_dated(roots)
        self._holds = parts.over_days if parts.turns(self._nodes) else parts.on_day

    def enough(self, kept: Iterable[str], window: Window | None = None) -> bool:
        """Whether the rule holds on some evidence ids and every revocation; what is looked at narrows the window."""
        seen = Window(self._parts.day.toordinal()) if window is None else window
        return self._holds(self._requirement, self._scope, frozenset(kept), self._nodes, seen)

    def once(self, what: str, start: Iterable[str], work: Callable[[Window], T]) -> T:
        """Return what some work on parts of the evidence it starts with comes to; see `Searches.once`."""
        ledger = self._parts.reckoning.ledger
        asked = (what, self._requirement, self._scope, ledger.enrolments)
        facts = ledger.having(frozenset(start))
        return self._parts.searches.once(asked, facts, self._parts.day.toordinal(), work)
