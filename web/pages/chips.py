"""A rule put together piece by piece: chips in groups, each addressed by its place in the tree. Pure."""

from dataclasses import replace

from graph.requirement import All, Any, AtLeast, Group, Requirement

Place = tuple[int, ...]
"""The way to a node: the number of the member in each group on it, from 0; empty for the whole."""


def place_of(text: str) -> Place:
    """Read a place written ``0.2``.

    Raises:
        ValueError: it is none.
    """
    return tuple(int(number) for number in text.split(".")) if text else ()


def place_text(place: Place) -> str:
    """Write a place."""
    return ".".join(map(str, place))


def at(rule: Requirement, place: Place) -> Requirement:
    """Give the node at a place.

    Raises:
        LookupError: there is none.
    """
    for number in place:
        if not isinstance(rule, Group) or not 0 <= number < len(rule.members):
            raise LookupError(place_text(place))
        rule = rule.members[number]
    return rule


def _group(rule: Requirement, place: Place) -> Group:
    found = at(rule, place)
    if isinstance(found, Group):
        return found
    raise LookupError(place_text(place))


def added(rule: Requirement | None, leaf: Requirement, into: Place) -> Requirement:
    """Give the rule with one member more in a group; a lone condition becomes a group of all.

    Raises:
        LookupError: there is nothing at that place.
    """
    if rule is None:
        return leaf
    group = at(rule, into)
    if not isinstance(group, Group):
        return put(rule, into, All((group, leaf)))
    return put(rule, into, replace(group, members=(*group.members, leaf)))


def put(rule: Requirement, place: Place, node: Requirement) -> Requirement:
    """Give the rule with another node at a place."""
    if not place:
        return node
    group = _group(rule, ())
    first, *rest = place
    members = list(group.members)
    members[first] = put(at(group, (first,)), tuple(rest), node)
    return replace(group, members=tuple(members))


def without(rule: Requirement, place: Place) -> Requirement | None:
    """Give the rule without the node at a place; a group left with nothing goes, too, one that asks too much less.

    Raises:
        LookupError: there is none.
    """
    if not place:
        return None
    *above, number = place
    group = at(rule, tuple(above))
    if not isinstance(group, Group) or not 0 <= number < len(group.members):
        raise LookupError(place_text(place))
    members = (*group.members[:number], *group.members[number + 1 :])
    if not members:
        return without(rule, tuple(above))
    if isinstance(group, AtLeast):
        return put(
            rule, tuple(above), replace(group, members=members, needed=min(group.needed, len(members)))
        )
    if len(members) == 1 and not above:
        return members[0]
    return put(rule, tuple(above), replace(group, members=members))


def asking_for(rule: Requirement, place: Place, how: str) -> Requirement:
    """Give the rule with a group that asks for ``all``, ``any`` or a number of its members.

    Raises:
        LookupError: there is no group at that place.
        ValueError: the group cannot ask for so many.
    """
    group = _group(rule, place)
    if how == "all":
        return put(rule, place, All(group.members))
    if how == "any":
        return put(rule, place, Any(group.members))
    needed = int(how)
    if not 1 <= needed <= len(group.members):
        raise ValueError(how)
    return put(rule, place, AtLeast(needed, group.members))
