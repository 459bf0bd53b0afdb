"""Hours as time goes by: the same for everybody, spread over the work processes as the program plans them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.gates.program import Minutes
from graph.requirement import OJL, RTI
from graph.simulating.assumptions import HOUR, MONTHS_A_YEAR, TICKS_A_MONTH, Assumptions
from graph.world import Program

RELATED_HOURS_A_YEAR = 144
"""Of related instruction, where a program registers none: what 29 CFR 29.5(b)(4) recommends."""


@dataclass(frozen=True)
class Timesheet:
    """The minutes that everybody has logged by each tick, from 0."""

    program: Program
    assumptions: Assumptions
    ticks: int

    @cached_property
    def logged(self) -> dict[str, NDArray[np.int64]]:
        """By where they are logged: a work process, ``ojl`` where the program has none, and ``rti``."""
        total = np.arange(self.ticks + 1, dtype=np.int64) * self.assumptions.job_minutes
        weights = planned_weights(self.program)
        found = {key: total * weight // sum(weights.values()) for key, weight in weights.items()}
        per_month = round(self._related_hours() * HOUR)
        return {**found, RTI: np.arange(self.ticks + 1, dtype=np.int64) * per_month // TICKS_A_MONTH}

    def counted(self, amount: Minutes) -> NDArray[np.int64]:
        """The minutes that count for an amount by each tick, caps applied; none in other programs."""
        nothing = np.zeros(self.ticks + 1, np.int64)
        if amount.within != OJL:
            return self._capped(amount.within) if amount.within in self.logged else nothing
        if amount.program not in (None, self.program.key):
            return self.logged.get(OJL, nothing)
        return sum((self._capped(key) for key in self.logged if key != RTI), nothing)

    def _capped(self, key: str) -> NDArray[np.int64]:
        most = next((p.maximum for p in self.program.work_processes if p.key == key), None)
        return self.logged[key] if most is None else np.minimum(self.logged[key], most)

    def _related_hours(self) -> float:
        """Of related instruction in a month."""
        assumed = self.assumptions.related_hours_per_month
        return related_hours(self.program) if assumed is None else assumed


def registers_related_hours(program: Program) -> bool:
    """Whether a program says how much related instruction it has, and over which term."""
    return bool(program.rti_minutes and program.term_months)


def related_hours(program: Program) -> float:
    """Of related instruction in a month: what is registered, spread evenly over the term, else what is usual."""
    if program.rti_minutes and program.term_months:
        return program.rti_minutes / HOUR / program.term_months
    return RELATED_HOURS_A_YEAR / MONTHS_A_YEAR


def planned_weights(program: Program) -> dict[str, int]:
    """How much of each work process the program plans: its minimum, else its maximum, else what is usual there."""
    planned = {process.key: process.minimum or process.maximum or 0 for process in program.work_processes}
    stated = [minutes for minutes in planned.values() if minutes]
    usual = sum(stated) // len(stated) if stated else 1
    return {key: minutes or usual for key, minutes in planned.items()} or {OJL: 1}
