"""What stands behind the names of rules: named requirements seen through, however many behind each other."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from graph.edges import in_order, named_edges
from graph.requirement import Leaf, MonthsLeaf, NamedLeaf, Requirement, leaves
from graph.world import World


class Names:
    """The named requirements of one world. Names that lead back to themselves, or to such a name, are not seen through.

    Neither are those with months since a step behind them: behind a name there is no step to count from, so that the
    rule means something else where it stands.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    @cached_property
    def order(self) -> Sequence[str]:
        """The names, each after those that its rule names; without those that are in a circle or behind one."""
        return [key for _, key in in_order(named_edges(self._world))]

    def rule(self, rule: Requirement) -> Requirement:
        """The rule behind a name, and behind that; the rule itself where it is no name or is not seen through."""
        return self._rules.get(rule.key, rule) if isinstance(rule, NamedLeaf) else rule

    def leaves(self, rule: Requirement, most: int) -> Iterator[Leaf]:
        """The leaves of a rule and of the rules behind its names, at most so many, the names among them."""
        return islice(self._leaves(rule), most)

    @cached_property
    def _rules(self) -> Mapping[str, Requirement]:
        found: dict[str, Requirement] = {}
        for key in self.order:
            when = self._world.requirements[key].when
            if not any(self._counts_from_a_step(leaf, found) for leaf in leaves(when)):
                found[key] = found[when.key] if isinstance(when, NamedLeaf) else when
        return found

    def _counts_from_a_step(self, leaf: Leaf, seen_through: Mapping[str, Requirement]) -> bool:
        if isinstance(leaf, NamedLeaf):
            return leaf.key not in seen_through
        return isinstance(leaf, MonthsLeaf) and leaf.since == "step"

    def _leaves(self, rule: Requirement) -> Iterator[Leaf]:
        names: set[str] = set()
        stack = [rule]
        while stack:
            for leaf in leaves(stack.pop()):
                yield leaf
                if (
                    isinstance(leaf, NamedLeaf)
                    and leaf.key not in names
                    and leaf.key in self._world.requirements
                ):
                    names.add(leaf.key)
                    stack.append(self._world.requirements[leaf.key].when)
