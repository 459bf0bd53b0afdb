"""The same choice as a mixed-integer program, for what the search does not finish: HiGHS proves the most credits.

A candidate is encoded by its sets of evidence where they are few, else by its formula over single pieces. Candidates
that may not share evidence exclude each other piece by piece. First the most credits, then the fewest pieces, then the
ids in order, a dozen at a time.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import floor

from apprenticeship.credit.choice import Choice, Chosen, union
from apprenticeship.credit.circuit import Gate, Logged, Mask, Part, Shown, pieces_of
from apprenticeship.credit.formula import Formula, fulfilled
from apprenticeship.credit.solver import HALF, Solver

FEW_OPTIONS = 6
AT_ONCE = 12
MOST_COLUMNS = 1_000
"""Larger programs do not tell equals apart by pieces and ids: that would take several times as long as the answer."""


class Program:
    """The mixed-integer program of a choice.

    Args:
        choice: what to choose from.
        beyond: as for the search.
    """

    def __init__(self, choice: Choice, beyond: frozenset[int] | None = None) -> None:
        self._choice = choice
        self._solver = Solver()
        self._taken = [self._solver.binary() for _ in choice.candidates]
        self._using: list[dict[Mask, list[int]]] = []
        self._complete = True
        for place, one in enumerate(choice.candidates):
            if one.formula is not None and (one.bounded or len(one.options) > FEW_OPTIONS):
                self._using.append(_Encoded(self._solver, one.formula, self._taken[place]).using)
            else:
                self._using.append(self._by_options(self._taken[place], one.options))
                self._complete = self._complete and not one.bounded
        self._limit()
        self._bar()
        if beyond is not None:
            self._solver.row([self._taken[place] for place in sorted(beyond)], lower=1)

    def solve(self) -> tuple[Chosen | None, int]:
        """(the best set found, the most credits that any set could have); None where no set was found."""
        worth = [float(one.credits) for one in self._choice.candidates]
        everything = sum(one.credits for one in self._choice.candidates)
        best = self._best(self._taken, worth)
        bound = self._solver.at_most() if self._complete else None
        proven = everything if bound is None else min(everything, floor(bound + HALF))
        if best is None:
            return None, proven
        if self._solver.columns > MOST_COLUMNS:
            return best, proven
        self._solver.row(self._taken, worth, lower=best.credits - HALF)
        columns, uses = self._uses()
        fewest = self._best(columns, [-use for use in uses])
        if fewest is None:
            return best, proven
        self._solver.row(columns, uses, upper=fewest.pieces + HALF)
        return self._first_ids(fewest), proven

    def _first_ids(self, found: Chosen) -> Chosen:
        """Among equals the one whose ids come first: place after place, a dozen at a time."""
        starts = [*range(0, len(self._taken), AT_ONCE), len(self._taken)]
        for start, end in pairwise(starts):
            columns = self._taken[start:end]
            better = self._best(columns, [2.0 ** (end - place) for place in range(start, end)])
            if better is None:
                return found
            found = better
            for place in range(start, end):
                taken = float(place in found.places)
                self._solver.row([self._taken[place]], lower=taken, upper=taken)
        return found

    def _best(self, columns: Sequence[int], weights: Sequence[float]) -> Chosen | None:
        taken = self._solver.maximise(columns, weights)
        if taken is None:
            return None
        picks = tuple(
            (
                place,
                union(piece for piece, cells in self._using[place].items() if any(taken[c] for c in cells)),
            )
            for place, column in enumerate(self._taken)
            if taken[column]
        )
        if not all(self._enough(place, evidence) for place, evidence in picks):
            return None
        worth = sum(self._choice.candidates[place].credits for place, _ in picks)
        return Chosen(picks, worth, union(evidence for _, evidence in picks).bit_count())

    def _enough(self, place: int, evidence: Mask) -> bool:
        """Whether rounding did no harm: the evidence read from the solver earns the award."""
        one = self._choice.candidates[place]
        if any(evidence & option == option for option in one.options):
            return True
        return one.formula is not None and fulfilled(one.formula, evidence)

    # rows

    def _by_options(self, taken: int, options: Sequence[Mask]) -> dict[Mask, list[int]]:
        """One option where the candidate is taken; for each piece the columns of the options that use it."""
        columns = [self._solver.binary() for _ in options]
        self._solver.row([*columns, taken], [*[1.0] * len(columns), -1.0], lower=0, upper=0)
        using: dict[Mask, list[int]] = {}
        for column, evidence in zip(columns, options, strict=True):
            for piece in pieces_of(evidence):
                using.setdefault(piece, []).append(column)
        return using

    def _limit(self) -> None:
        """One candidate of a name, and the room there is."""
        candidates = self._choice.candidates
        for name in {one.one_of for one in candidates} - {None}:
            self._solver.row(
                [self._taken[p] for p, one in enumerate(candidates) if one.one_of == name], upper=1
            )
        if self._choice.room is not None:
            self._room(range(len(candidates)), self._choice.room)
        for group, room in self._choice.groups.items():
            self._room((p for p, one in enumerate(candidates) if one.group == group), room)

    def _room(self, places: Iterable[int], room: int) -> None:
        found = list(places)
        worth = [float(self._choice.candidates[place].credits) for place in found]
        self._solver.row([self._taken[place] for place in found], worth, upper=room)

    def _bar(self) -> None:
        """A piece goes to one candidate of those that may not share it."""
        if self._choice.share_all:
            return
        for piece in sorted({piece for using in self._using for piece in using}):
            places = [place for place, using in enumerate(self._using) if piece in using]
            for group in self._exclusive(places):
                self._solver.row([column for place in group for column in self._using[place][piece]], upper=1)

    def _exclusive(self, places: Sequence[int]) -> list[list[int]]:
        """Groups of places, any two of which exclude each other, that cover every such pair."""
        plain = [place for place in places if place not in self._choice.sharers]
        sharers = [place for place in places if place in self._choice.sharers]
        found = [[place, *plain] for place in sharers] or [plain]
        found += [
            [one, other]
            for at, one in enumerate(sharers)
            for other in sharers[at + 1 :]
            if not self._choice.may_share(one, other)
        ]
        return [group for group in found if len(group) > 1]

    def _uses(self) -> tuple[list[int], list[float]]:
        """Columns and weights that count the pieces used; a shared piece counts once."""
        if not self._choice.sharers:
            columns = [column for using in self._using for cells in using.values() for column in cells]
            return columns, [1.0] * len(columns)
        used = []
        for piece in sorted({piece for using in self._using for piece in using}):
            column = self._solver.binary()
            used.append(column)
            for using in self._using:
                for cell in using.get(piece, ()):
                    self._solver.row([column, cell], [1.0, -1.0], lower=0)
        return used, [1.0] * len(used)


class _Encoded:
    """A formula over columns of single pieces: where ``taken``, it is fulfilled."""

    def __init__(self, solver: Solver, formula: Formula, taken: int) -> None:
        self._solver = solver
        self.using: dict[Mask, list[int]] = {}
        self._columns: list[int] = []
        for part in formula[:-1]:
            self._columns.append(self._column(part))
        decides = (
            self._columns[-1] if not isinstance(formula[-1], Gate) else self._columns[formula[-1].inputs[0]]
        )
        solver.row([decides, taken], [1.0, -1.0], lower=0)

    def _column(self, part: Part) -> int:
        if isinstance(part, Shown):
            cells = [self._piece(piece) for piece in pieces_of(part.pieces)]
            return cells[0] if len(cells) == 1 else self._at_least(1, cells)
        if isinstance(part, Gate):
            return self._at_least(part.needed, [self._columns[place] for place in part.inputs])
        return self._logged(part)

    def _piece(self, piece: Mask) -> int:
        if piece not in self.using:
            self.using[piece] = [self._solver.binary()]
        return self.using[piece][0]

    def _at_least(self, needed: int, inputs: Sequence[int]) -> int:
        column = self._solver.binary()
        self._solver.row([*inputs, column], [*[1.0] * len(inputs), -float(needed)], lower=0)
        return column

    def _logged(self, logged: Logged) -> int:
        """Minutes as shares of what is needed, so that all numbers are of one size."""
        column = self._solver.binary()
        counted = []
        for pool in logged.pools:
            cells = [self._piece(piece) for piece, _ in pool.minutes]
            shares = [minutes / logged.needed for _, minutes in pool.minutes]
            most = sum(shares) if pool.room is None else pool.room / logged.needed
            amount = self._solver.amount(most)
            self._solver.row([*cells, amount], [*shares, -1.0], lower=0)
            counted.append(amount)
        self._solver.row([*counted, column], [*[1.0] * len(counted), -1.0], lower=0)
        return column
