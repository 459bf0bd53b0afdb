"""What an item needs in any case, whichever way is taken through its rules.

Sets of items are whole numbers with a bit for each item, so that ten thousand of them are joined and cut at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from graph.edges import NAMED, Edges, Place, in_order, item_of, item_or_name, items, rule_edges
from graph.requirement import Group, Requirement
from graph.world import World


@dataclass(frozen=True)
class Needs:
    """For every item the items that come before it in every order that respects prerequisites.

    Items stand in an order in which each comes after all that it names; those in a knot, or behind one, are left out.

    Attributes:
        places: the items.
        bits: for each of them its own bit.
        masks: for each item and each named requirement what it needs.
        implied: the same with the item itself.
    """

    places: Sequence[Place]
    bits: Mapping[Place, int] = field(repr=False)
    masks: Mapping[Place, int] = field(repr=False)
    implied: Mapping[Place, int] = field(repr=False)

    def of(self, place: Place) -> set[Place]:
        """The items that one needs in any case; none for one that is left out."""
        return {self.places[at] for at in ones(self.masks.get(place, 0))}

    def counted(self, among: Iterable[Place]) -> dict[Place, int]:
        """For each item how many of some items need it in any case."""
        found = counts([self.masks.get(place, 0) for place in among], len(self.places))
        return dict(zip(self.places, found, strict=True))

    def whenever(self, rule: Requirement) -> int:
        """The mask of the items that are met or held whenever a rule holds."""
        place = item_or_name(rule)
        if place is not None:
            return self.implied.get(place, 0)
        if not isinstance(rule, Group):
            return 0
        masks = [self.whenever(member) for member in rule.members]
        # whoever meets n of m cannot do without what more than m - n of them need
        return in_at_least(max(len(masks) - rule.needed, 0) + 1, masks)


def always_needed(world: World, edges: Edges | None = None) -> Needs:
    """What each item needs in any case: a union over what must hold, what all ways have in common over choices.

    ``edges`` are the ``rule_edges`` of the world, where somebody has them already.
    """
    rules = {place: item.prerequisites for place, item in items(world)}
    rules |= {(NAMED, key): named.when for key, named in world.requirements.items()}
    ordered = in_order(rule_edges(world) if edges is None else edges)
    places = [place for place in ordered if place[0] != NAMED]
    masks: dict[Place, int] = {}
    implied: dict[Place, int] = {}
    needs = Needs(places, {place: 1 << at for at, place in enumerate(places)}, masks, implied)
    for place in ordered:
        rule = rules[place]
        masks[place] = 0 if rule is None else needs.whenever(rule)
        implied[place] = masks[place] | needs.bits.get(place, 0)
    return needs


def redundant_edges(world: World) -> list[tuple[Place, Place]]:
    """(prerequisite, item): named outright although the rest of the prerequisites needs it anyway.

    The rest may be another item, a named requirement, or a choice whose every way leads through it. What is written
    twice in the same words is not meant here.
    """
    needs = always_needed(world)
    return [
        (candidate, place)
        for place, item in items(world)
        if isinstance(item.prerequisites, Group)
        for candidate in _redundant(item.prerequisites, needs)
    ]


def ones(mask: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def counts(masks: Iterable[int], bits: int) -> list[int]:
    """For each of so many bits in how many masks it is set: all bits added up at once, digit by digit."""
    digits: list[int] = []
    for mask in masks:
        carry = mask
        for at, digit in enumerate(digits):
            if not carry:
                break
            digits[at], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    found = [0] * bits
    for at, digit in enumerate(digits):
        for place in ones(digit):
            found[place] += 1 << at
    return found


def in_at_least(count: int, masks: Sequence[int]) -> int:
    """The bits that are set in ``count`` or more of the masks; 1 <= count <= number of masks."""
    if count == 1:
        return reduce(or_, masks)
    if count == len(masks):
        return reduce(and_, masks)
    seen = [0] * count  # seen[n]: bits met in n + 1 or more of the masks so far
    for mask in masks:
        for level in range(count - 1, 0, -1):
            seen[level] |= seen[level - 1] & mask
        seen[0] |= mask
    return seen[-1]


def _redundant(rule: Group, needs: Needs) -> list[Place]:
    """Items named outright in a rule that what else must hold needs anyway."""
    parts = list(_outright(rule))
    named = [place for part in parts if (place := item_of(part)) is not None]
    if not named or len(parts) == 1:
        return []
    twice = in_at_least(2, [needs.whenever(part) for part in parts])
    return [place for place in named if needs.bits.get(place, 0) & twice and named.count(place) == 1]


def _outright(rule: Requirement) -> Iterator[Requirement]:
    """The parts of a rule that must hold in any case, as far as it says so itself."""
    if isinstance(rule, Group) and rule.needed == len(rule.members):
        for member in rule.members:
            yield from _outright(member)
    else:
        yield rule
