"""What a rule asks of evidence, as short as can be: for awards with too many sets of evidence to write down."""

from apprenticeship.credit.circuit import Circuit, Gate, Logged, Mask, Part, Pool, Shown, inputs_of

Formula = tuple[Part, ...]
"""Parts in order, the inputs of a gate by place; the last one decides."""

TRUE, FALSE = -1, -2


def formula(circuit: Circuit, root: int, allowed: Mask) -> Formula | None:
    """The formula of a node; None where it goes in circles, or depends on when the evidence came, or needs none."""
    order = circuit.below(root)
    if not circuit.timed.isdisjoint(order):
        return None
    writer = _Writer(allowed)
    places: dict[int, int] = {}
    for node in order:
        if any(at not in places for at in inputs_of(circuit.parts[node])):
            return None
        places[node] = writer.place(circuit.parts[node], places)
    return writer.ending_with(places[root])


class _Writer:
    def __init__(self, allowed: Mask) -> None:
        self._allowed = allowed
        self._parts: list[Part] = []

    def ending_with(self, place: int) -> Formula | None:
        if place < 0:
            return None
        return (*self._parts, Gate(1, (place,)))

    def place(self, part: Part, places: dict[int, int]) -> int:
        if isinstance(part, Shown):
            pieces = part.pieces & self._allowed
            return self._new(Shown(pieces)) if pieces else FALSE
        if isinstance(part, Logged):
            return self._logged(part)
        return self._gate(part.needed, [places[node] for node in part.inputs])

    def _logged(self, logged: Logged) -> int:
        if logged.needed <= 0:
            return TRUE
        if logged.total(self._allowed) < logged.needed:
            return FALSE
        pools = tuple(
            Pool(pool.room, tuple((p, minutes) for p, minutes in pool.minutes if p & self._allowed))
            for pool in logged.pools
        )
        return self._new(Logged(logged.needed, tuple(pool for pool in pools if pool.minutes)))

    def _gate(self, needed: int, inputs: list[int]) -> int:
        needed -= inputs.count(TRUE)
        left = tuple(place for place in inputs if place >= 0)
        if needed <= 0:
            return TRUE
        if len(left) < needed:
            return FALSE
        if len(left) == 1:
            return left[0]
        return self._new(Gate(needed, left))

    def _new(self, part: Part) -> int:
        self._parts.append(part)
        return len(self._parts) - 1


def pieces_in(asked: Formula) -> int:
    """How many pieces of evidence a formula speaks of."""
    pieces = 0
    for part in asked:
        if isinstance(part, Shown):
            pieces |= part.pieces
        elif isinstance(part, Logged):
            for pool in part.pools:
                for piece, _ in pool.minutes:
                    pieces |= piece
    return pieces.bit_count()


def fulfilled(asked: Formula, evidence: Mask) -> bool:
    """Whether a set of evidence fulfils a formula."""
    true: list[bool] = []
    for part in asked:
        if isinstance(part, Shown):
            true.append(bool(part.pieces & evidence))
        elif isinstance(part, Gate):
            true.append(sum([true[place] for place in part.inputs]) >= part.needed)
        else:
            true.append(part.total(evidence) >= part.needed)
    return true[-1]
