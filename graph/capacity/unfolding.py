"""What comes to hold for a person as months go by and trainings are finished; from the ground up, never by itself."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from graph.capacity.ahead import Ahead
from graph.circuit import Choice, Gate

NEVER = 10**6
"""Later than any month of a plan."""

BEFORE = -1
"""The month before the plan: what holds then holds today."""


class Unfolder:
    """Who reads whom in one person's way, worked out once for many unfoldings."""

    def __init__(self, ahead: Ahead, months: int) -> None:
        self.ahead = ahead
        self.months = months
        self.choices: dict[str, int] = {}
        self._needed = [part.needed if isinstance(part, Gate) else 1 for part in ahead.parts]
        self._readers: dict[int, list[int]] = {}
        self._later: dict[int, list[tuple[int, int]]] = {}
        for node, part in enumerate(ahead.parts):
            if isinstance(part, Choice):
                self.choices[part.name] = node
            elif isinstance(part, Gate):
                for read in part.inputs:
                    self._readers.setdefault(read, []).append(node)
        for node, (after, months_after) in ahead.delays.items():
            self._later.setdefault(after, []).append((node, months_after))

    @cached_property
    def _grounds(self) -> list[int]:
        return [n for n, p in enumerate(self.ahead.parts) if isinstance(p, Gate) and p.needed <= 0]

    def unfold(self, finished: Callable[[int, list[int]], Iterable[str]]) -> list[int]:
        """For each node the month by whose end it holds; ``BEFORE`` for today, ``NEVER`` for what does not come.

        Args:
            finished: asked for each month with what came before it, by node; gives the things finished in it.
        """
        came = [NEVER] * len(self.ahead.parts)
        missing = list(self._needed)
        due: dict[int, list[int]] = {}
        for node, month in self.ahead.given.items():
            due.setdefault(month, []).append(node)
        self._hold(self._grounds, BEFORE, came, missing, due)
        for month in range(self.months):
            things = [self.choices[name] for name in finished(month, came)]
            self._hold([*due.pop(month, []), *things], month, came, missing, due)
        return came

    def with_finished(self, months: Mapping[str, int]) -> list[int]:
        """The same, things being finished in the months given."""
        by_month: dict[int, list[str]] = {}
        for name, month in months.items():
            by_month.setdefault(month, []).append(name)
        return self.unfold(lambda month, _: by_month.get(month, ()))

    def _hold(
        self, nodes: Iterable[int], month: int, came: list[int], missing: list[int], due: dict[int, list[int]]
    ) -> None:
        waiting = [node for node in nodes if came[node] == NEVER]
        for node in waiting:
            came[node] = month
        while waiting:
            node = waiting.pop()
            for reader in self._readers.get(node, ()):
                missing[reader] -= 1
                if missing[reader] == 0 and came[reader] == NEVER:
                    came[reader] = month
                    waiting.append(reader)
            for later, months in self._later.get(node, ()):
                when = month + months
                if months == 0 or when < 0:
                    if came[later] == NEVER:
                        came[later] = month
                        waiting.append(later)
                else:
                    due.setdefault(when, []).append(later)
