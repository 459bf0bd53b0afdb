"""Entry wages of the programs that an organisation sponsors, against its minimum wages."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from apprenticeship.house_rules import repo
from apprenticeship.house_rules.minimums import TooLow, too_low
from apprenticeship.house_rules.model import MinimumWage
from apprenticeship.views_standards import standard_view
from graph.world import Program


async def entry_wages_too_low(
    organisation: UUID, wages: Iterable[MinimumWage], *, today: date
) -> tuple[TooLow, ...]:
    """Return which of the sponsored programs begin under a minimum, today or from a later minimum's day on.

    A program is read in its newest version, which is the one that people are enrolled in from now on.
    """
    known = tuple(wages)
    days = [today, *(one.since for one in known if one.since > today)]
    found: list[TooLow] = []
    for key in await repo.programs_of(organisation):
        view = await standard_view("program", key)
        if view is not None and key in view.world.programs:
            first = _first(view.world.programs[key], known, days)
            found += [] if first is None else [first]
    return tuple(found)


def _first(program: Program, wages: tuple[MinimumWage, ...], days: Iterable[date]) -> TooLow | None:
    return next((found for day in days if (found := too_low(program, wages, day)) is not None), None)
