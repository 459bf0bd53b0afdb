"""The same choice as a mixed-integer program, for what the search does not finish: HiGHS proves the most credits.

One binary for each option of each candidate. Candidates that may not share evidence exclude each other piece by piece.
First the most credits, then the fewest pieces, then the ids in order, a dozen at a time.
"""

from collections.abc import Iterable, Sequence
from math import floor, isfinite

import highspy

from apprenticeship.credit.choosing import Choice, Chosen, union
from apprenticeship.credit.circuit import Mask, pieces_of

NODES = 2_000
AT_ONCE = 12
HALF = 0.5


class Program:
    """The mixed-integer program of a choice; rows are only ever added.

    Args:
        choice: what to choose from.
        beyond: as for the search.
    """

    def __init__(self, choice: Choice, beyond: frozenset[int] | None = None) -> None:
        self._choice = choice
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.setOptionValue("mip_max_nodes", NODES)
        self._options: list[tuple[int, Mask]] = [
            (place, evidence) for place, one in enumerate(choice.candidates) for evidence in one.options
        ]
        self._columns: dict[int, list[int]] = {}
        for column, (place, _) in enumerate(self._options):
            self._columns.setdefault(place, []).append(column)
            self._binary()
        self._pieces: list[int] = []
        self._limit()
        self._bar()
        if beyond is not None:
            self._row([c for place in sorted(beyond) for c in self._columns[place]], lower=1)

    def solve(self) -> tuple[Chosen | None, int]:
        """(the best set found, the most credits that any set could have); None where there is no set."""
        worth = [float(self._choice.candidates[place].credits) for place, _ in self._options]
        columns = list(range(len(self._options)))
        best = self._maximised(columns, worth)
        if best is None:
            return None, 0
        proven = self._bound(best.credits)
        self._row(columns, worth, lower=best.credits - HALF)
        columns, uses = self._uses()
        fewest = self._maximised(columns, [-use for use in uses])
        if fewest is None:
            return best, proven
        self._row(columns, uses, upper=fewest.pieces + HALF)
        return self._first_ids(fewest), proven

    def _first_ids(self, found: Chosen) -> Chosen:
        """Among equals the one whose ids come first: place after place, a dozen at a time."""
        for start in range(0, len(self._choice.candidates), AT_ONCE):
            places = range(start, min(start + AT_ONCE, len(self._choice.candidates)))
            columns = [c for place in places for c in self._columns[place]]
            weights = [2.0 ** (places[-1] - place) for place in places for _ in self._columns[place]]
            better = self._maximised(columns, weights)
            if better is None:
                return found
            found = better
            for place in places:
                taken = float(place in found.places)
                self._row(self._columns[place], lower=taken, upper=taken)
        return found

    def _maximised(self, columns: Sequence[int], weights: Sequence[float]) -> Chosen | None:
        for column in range(self._solver.getNumCol()):
            self._solver.changeColCost(column, 0.0)
        for column, weight in zip(columns, weights, strict=True):
            self._solver.changeColCost(column, -weight)
        self._solver.run()
        if self._solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        return self._read()

    def _bound(self, credits_found: int) -> int:
        """The most credits that the solver leaves possible."""
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return credits_found
        bound = -float(self._solver.getInfo().mip_dual_bound)
        everything = sum(one.credits for one in self._choice.candidates)
        return max(credits_found, min(everything, floor(bound + HALF) if isfinite(bound) else everything))

    def _read(self) -> Chosen:
        values = self._solver.getSolution().col_value
        picks = tuple(option for column, option in enumerate(self._options) if values[column] > HALF)
        worth = sum(self._choice.candidates[place].credits for place, _ in picks)
        return Chosen(picks, worth, union(evidence for _, evidence in picks).bit_count())

    # rows

    def _limit(self) -> None:
        """One option a candidate, one candidate of a name, and the room there is."""
        candidates = self._choice.candidates
        names: dict[str, list[int]] = {}
        for place, one in enumerate(candidates):
            key = f"one {place}" if one.one_of is None else f"one_of {one.one_of}"
            names.setdefault(key, []).extend(self._columns[place])
        for columns in names.values():
            self._row(columns, upper=1)
        if self._choice.room is not None:
            self._room(range(len(candidates)), self._choice.room)
        for group, room in self._choice.groups.items():
            self._room((p for p, one in enumerate(candidates) if one.group == group), room)

    def _room(self, places: Iterable[int], room: int) -> None:
        columns = [column for place in places for column in self._columns[place]]
        worth = [float(self._choice.candidates[self._options[column][0]].credits) for column in columns]
        self._row(columns, worth, upper=room)

    def _bar(self) -> None:
        """A piece goes to one candidate of those that may not share it."""
        everything = union(evidence for _, evidence in self._options)
        for piece in pieces_of(everything):
            using: dict[int, list[int]] = {}
            for column, (place, evidence) in enumerate(self._options):
                if evidence & piece:
                    using.setdefault(place, []).append(column)
            for places in self._exclusive(sorted(using)):
                self._row([column for place in places for column in using[place]], upper=1)

    def _exclusive(self, places: Sequence[int]) -> list[list[int]]:
        """Groups of places, any two of which exclude each other, that cover every such pair."""
        if self._choice.share_all:
            return []
        plain = [place for place in places if place not in self._choice.sharers]
        found = [[place, *plain] for place in places if place in self._choice.sharers] or [plain]
        sharers = [place for place in places if place in self._choice.sharers]
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
            return list(range(len(self._options))), [float(e.bit_count()) for _, e in self._options]
        everything = union(evidence for _, evidence in self._options)
        used = []
        for piece in pieces_of(everything):
            column = self._binary()
            used.append(column)
            for option, (_, evidence) in enumerate(self._options):
                if evidence & piece:
                    self._row([column, option], [1.0, -1.0], lower=0)
        return used, [1.0] * len(used)

    def _binary(self) -> int:
        column = int(self._solver.getNumCol())
        self._solver.addVar(0, 1)
        self._solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return column

    def _row(
        self,
        columns: Sequence[int],
        weights: Sequence[float] | None = None,
        lower: float | None = None,
        upper: float | None = None,
    ) -> None:
        low = -highspy.kHighsInf if lower is None else lower
        high = highspy.kHighsInf if upper is None else upper
        self._solver.addRow(low, high, len(columns), columns, weights or [1.0] * len(columns))
