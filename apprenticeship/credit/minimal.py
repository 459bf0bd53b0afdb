"""Inclusion-minimal sets of evidence that prove a rule: each enough, none with a piece that could be left out.

All of them where they are few. Where they are many (n of m, hours) at most ``MOST`` are kept for each node, the
smallest first, and the answer says that it was bounded; nothing here is exponential in the input.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from apprenticeship.credit.circuit import Circuit, Gate, Logged, Mask, Part, Shown, inputs_of, pieces_of
from apprenticeship.credit.hours import hour_sets

MOST = 32
MOST_OF_HOURS = 12
BUDGET = 300_000
ROUNDS = 50
TRIES = 400


@dataclass(frozen=True, slots=True)
class Family:
    """Minimal sets, the smallest first, then by their ids; ``bounded`` where there may be more."""

    sets: tuple[Mask, ...]
    bounded: bool = False


NONE = Family(())
ANYWAY = Family((0,))


class TooMany(Exception):  # noqa: N818 - no error: a sign to take the other way
    """The budget is used up."""


class Families:
    """The minimal sets of the nodes of a circuit, among the evidence that is allowed.

    Args:
        circuit: complete.
        allowed: the evidence that may be used.
    """

    def __init__(self, circuit: Circuit, allowed: Mask) -> None:
        self._circuit = circuit
        self._allowed = allowed
        self._found: dict[int, Family] = {}
        self._budget = BUDGET

    def of(self, root: int, enough: Callable[[Mask], bool]) -> Family:
        """The minimal sets of a node; those found by leaving out pieces where working them out takes too long.

        Args:
            root: the node.
            enough: whether a set proves it.
        """
        order = self._circuit.below(root)
        try:
            self._pay(0)
            return self._work_out(order)
        except TooMany:
            return by_leaving_out(enough, self._allowed)

    def _work_out(self, order: Sequence[int]) -> Family:
        """Until nothing changes; without circles that is one round."""
        new = [node for node in order if node not in self._found]
        found = dict(self._found)
        changed, rounds = True, 0
        while changed:
            changed, rounds = False, rounds + 1
            if rounds > ROUNDS:
                raise TooMany
            for node in new:
                family = self._family(self._circuit.parts[node], found)
                if family != found.get(node, NONE):
                    found[node] = family
                    changed = True
            if rounds == 1 and _without_circle(self._circuit, new):
                break
        self._found = {**found, **{node: found.get(node, NONE) for node in new}}
        return self._found[order[-1]]

    def _family(self, part: Part, found: dict[int, Family]) -> Family:
        if isinstance(part, Shown):
            return Family(tuple(_ranked(pieces_of(part.pieces & self._allowed))))
        if isinstance(part, Logged):
            sets, bounded = hour_sets(part, self._allowed, MOST_OF_HOURS)
            return Family(tuple(_ranked(sets)), bounded)
        return self._of_gate(part, [found.get(node, NONE) for node in part.inputs])

    def _of_gate(self, gate: Gate, members: Sequence[Family]) -> Family:
        """By how many members are proven so far, member after member."""
        useful = [member for member in members if member.sets]
        if len(useful) < gate.needed:
            return Family((), any(member.bounded for member in members))
        if gate.needed == 1:
            self._pay(sum(len(member.sets) for member in useful))
            return self._kept([s for m in useful for s in m.sets], any(m.bounded for m in useful))
        proven: list[Family] = [ANYWAY, *[NONE] * gate.needed]
        for place, member in enumerate(useful):
            lowest = max(1, gate.needed - (len(useful) - place) + 1)
            for count in range(min(gate.needed, place + 1), lowest - 1, -1):
                proven[count] = self._kept(
                    [*proven[count].sets, *self._joined(proven[count - 1], member)],
                    proven[count].bounded or proven[count - 1].bounded or member.bounded,
                )
        return proven[gate.needed]

    def _joined(self, one: Family, other: Family) -> list[Mask]:
        self._pay(len(one.sets) * len(other.sets))
        return [a | b for a in one.sets for b in other.sets]

    def _kept(self, sets: Sequence[Mask], bounded: bool) -> Family:
        kept: list[Mask] = []
        for candidate in _ranked(set(sets)):
            if len(kept) == MOST:
                return Family(tuple(kept), bounded=True)
            self._pay(len(kept) + 1)
            if not any(found & candidate == found for found in kept):
                kept.append(candidate)
        return Family(tuple(kept), bounded)

    def _pay(self, steps: int) -> None:
        self._budget -= steps
        if self._budget <= 0:
            raise TooMany


def every_set(circuit: Circuit, root: int) -> tuple[Mask, ...] | None:
    """All minimal sets of a node; None where they are too many, or rest on when the evidence came."""
    if not circuit.timed.isdisjoint(circuit.below(root)):
        return None
    everything = (1 << len(circuit.ids)) - 1
    family = Families(circuit, everything).of(root, lambda _: False)
    return None if family.bounded or not family.sets else family.sets


def by_leaving_out(enough: Callable[[Mask], bool], allowed: Mask) -> Family:
    """Minimal sets found by leaving out one piece after the other, each in turn barred from being used."""
    tries = 0

    def asked(evidence: Mask) -> bool:
        nonlocal tries
        tries += 1
        return enough(evidence)

    if not asked(allowed):
        return NONE
    first = smallest(asked, allowed)
    found = {first: None}
    for barred in pieces_of(first):
        if len(found) < MOST and tries < TRIES and asked(allowed & ~barred):
            found[smallest(asked, allowed & ~barred)] = None
    return Family(tuple(_ranked(found)), bounded=True)


def smallest(enough: Callable[[Mask], bool], evidence: Mask) -> Mask:
    """A minimal part of a sufficient set: whatever can be left out is, the last id first."""
    for piece in pieces_of(evidence):
        if enough(evidence & ~piece):
            evidence &= ~piece
    return evidence


def _ranked(sets: Iterable[Mask]) -> list[Mask]:
    return sorted(sets, key=lambda evidence: (evidence.bit_count(), -evidence))


def _without_circle(circuit: Circuit, order: Sequence[int]) -> bool:
    """Whether every node of an order comes after all of its inputs."""
    place = {node: at for at, node in enumerate(order)}
    return all(
        place.get(node, -1) < place[reader] for reader in order for node in inputs_of(circuit.parts[reader])
    )
