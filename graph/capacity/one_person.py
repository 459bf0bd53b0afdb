"""One person's months in the mixed-integer program: what is begun by when, and what comes to hold by when."""

from collections import Counter

from graph.capacity.columns import Columns
from graph.capacity.trainings import Outlook, Training
from graph.circuit import Choice, Gate

ALWAYS, NO = -1, -2
"""Stand for columns that are 1, or 0, whatever is decided."""


class OnePerson:
    """Columns ``begun[name, place][month]``: begun at a place by the end of a month; and one for each node and month.

    A column of a month is never below that of the month before. Circles of items that prove each other could hold by
    themselves here; whoever reads an answer works it through from the ground.
    """

    def __init__(self, outlook: Outlook, columns: Columns, months: int) -> None:
        self.outlook = outlook
        self.stations: dict[tuple[str, int], list[int]] = {}
        self.mentors: dict[tuple[str, int], list[int]] = {}
        self._columns = columns
        self._months = months
        self._certain = outlook.unfolder.with_finished({})
        self._pending: list[tuple[Gate, int, int]] = []
        self.nodes: dict[tuple[int, int], int] = {}
        self._begun: dict[tuple[str, int], dict[int, float]] = {}
        for training in outlook.trainings.values():
            self._book(training)
        for training in outlook.trainings.values():
            for month in range(training.first, months):
                self._asks_first(training, month)
        self.finish()

    def begun(self, name: str, month: int) -> dict[int, float]:
        """The columns that add up to 1 where a thing is begun by the end of a month; none in it before it can be."""
        return dict(self._begun.get((name, month), {}))

    def done(self, name: str, month: int) -> dict[int, float]:
        """The same where it is finished."""
        return self.begun(name, month - len(self.outlook.trainings[name].loads) + 1)

    def node(self, node: int, month: int) -> int:
        """The column of a node by the end of a month; gates are defined by ``finish``."""
        same = self._seen_through(node, month)
        if same < 0:
            return same
        if (same, month) not in self.nodes:
            self.nodes[same, month] = self._define(same, month)
        return self.nodes[same, month]

    def _fixed(self, node: int, month: int) -> int:
        """Whether a node holds by the end of a month whatever is decided, or cannot; its number where that is open."""
        if month >= self._certain[node]:
            return ALWAYS
        return NO if month < self.outlook.soonest[node] else node

    def _seen_through(self, node: int, month: int) -> int:
        """The node that decides a gate for which only one is open, and behind that; in a circle none ever holds."""
        seen: set[int] = set()
        while (found := self._fixed(node, month)) >= 0:
            part = self.outlook.ahead.parts[node]
            if not isinstance(part, Gate):
                return node
            inputs = [self._fixed(read, month) for read in part.inputs]
            able = {read for read in inputs if read >= 0}
            if len(able) != 1:
                return node
            if node in seen:
                return NO
            seen.add(node)
            node = able.pop()
        return found

    def finish(self) -> None:
        """Say what every gate that was asked for needs; without recursion, for chains of items may be long."""
        while self._pending:
            gate, month, column = self._pending.pop()
            self._gate(gate, month, column)

    def _book(self, training: Training) -> None:
        for station, able in training.stations.items():
            self.stations[training.name, station] = self._by_month(able)
        places = [self.stations[training.name, station] for station in training.stations]
        for month in range(training.first, self._months):
            self._begun[training.name, month] = {by[month]: 1.0 for by in places if by[month] != NO}
        if places:
            last = self._begun[training.name, self._months - 1]
            self._columns.at_most(last, 1)
        if not training.mentors:
            return
        for mentor, able in training.mentors.items():
            self.mentors[training.name, mentor] = self._by_month(able)
        for month in range(training.first, self._months):
            given = {
                self.mentors[training.name, mentor][month]: -1.0
                for mentor in training.mentors
                if self.mentors[training.name, mentor][month] != NO
            }
            self._columns.equals({**self._begun[training.name, month], **given}, 0)

    def _by_month(self, able: frozenset[int]) -> list[int]:
        """A column for each month, the same as before where nothing can begin in it."""
        found, before = [], NO
        for month in range(self._months):
            if month in able:
                column = self._columns.column(whole=True)
                if before != NO:
                    self._columns.at_most({before: 1, column: -1}, 0)
                before = column
            found.append(before)
        return found

    def _asks_first(self, training: Training, month: int) -> None:
        """It is begun by the end of a month only where what it asks for holds by the end of the month before."""
        row = self._begun[training.name, month]
        before = self.node(training.thing.requires, month - 1)
        if row and before != ALWAYS:
            self._columns.at_most({**row, before: -1.0} if before != NO else row, 0)

    def _define(self, node: int, month: int) -> int:
        part = self.outlook.ahead.parts[node]
        if isinstance(part, Gate):
            column = self._columns.column(whole=False)
            self._pending.append((part, month, column))
            return column
        if isinstance(part, Choice):
            row = self.done(part.name, month) if part.name in self.outlook.trainings else {}
            return self._sum(row) if row else NO
        after = self.outlook.ahead.delays.get(node)
        return NO if after is None else self.node(after[0], month - after[1])

    def _gate(self, gate: Gate, month: int, column: int) -> None:
        inputs = Counter(self.node(read, month) for read in gate.inputs)
        needed = gate.needed - inputs.pop(ALWAYS, 0)
        inputs.pop(NO, 0)
        able = sum(inputs.values())
        if needed >= able:
            for read in inputs:
                self._columns.at_most({column: 1, read: -1} if read != column else {column: 1}, 0)
            if needed > able:
                self._columns.at_most({column: 1}, 0)
            return
        self._columns.whole[column] = needed > 1
        row = {read: -float(times) for read, times in inputs.items()}
        row[column] = row.get(column, 0) + needed
        self._columns.at_most(row, 0)

    def _sum(self, row: dict[int, float]) -> int:
        """The one column of a row, or a new one that is no more than their sum."""
        if len(row) == 1:
            return next(iter(row))
        column = self._columns.column(whole=False)
        self._columns.at_most({column: 1, **{read: -times for read, times in row.items()}}, 0)
        return column
