"""A crew as it might be beside the crew as it is: money, raises, completions, and whose days move. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil
from uuid import UUID

import numpy as np

from apprenticeship.forecasts.making import MONTHS, Group, Made, foresee, make, months_of
from apprenticeship.forecasts.model import MonthPay
from apprenticeship.forecasts.questions import CrewQuestion
from apprenticeship.forecasts.supposing import Hire, Supposed, Training, supposing, who_gains
from apprenticeship.ratio.counting import share_of
from apprenticeship.ratio.model import Ratio
from apprenticeship.snapshots.model import identifiers
from graph.actions import Earn
from graph.dates import add_months
from graph.forecasting.crew import EXPECTED, HORIZON, CrewForecast, Outlook
from graph.forecasting.payroll import month_starts
from graph.forecasting.totals import totals
from graph.world import World


@dataclass(frozen=True, kw_only=True)
class Side:
    """A crew as it is, or as it might be; means over all futures, month by month."""

    pay: tuple[MonthPay, ...]
    raises: tuple[float, ...]
    completions: tuple[float, ...]
    apprentices: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A goal whose expected day is another one; None is none foreseen."""

    person: UUID
    name: str
    goal: str
    before: date | None
    after: date | None


@dataclass(frozen=True, kw_only=True)
class CrewDifference:
    """The answer.

    Attributes:
        ratio: so many apprentices to so many journeyworkers, as the program is registered; None where it says none.
        certified: names of those who were taken for the ones to certify.
        moved: of whose goals the expected day moves, the most moved first.
        new: of those who are hired, what is foreseen.
    """

    as_of: date
    today: Side
    then: Side
    ratio: Ratio | None
    certified: tuple[str, ...]
    moved: tuple[Moved, ...]
    new: tuple[Moved, ...]

    @property
    def journeyworkers(self) -> tuple[tuple[int, int], ...]:
        """By month how many journeyworkers the ratio asks for as things are and then; nothing where there is none."""
        if self.ratio is None:
            return ()
        sides = zip(self.today.apprentices, self.then.apprentices, strict=True)
        return tuple((_wanted(now, self.ratio), _wanted(then, self.ratio)) for now, then in sides)


def _wanted(apprentices: float, ratio: Ratio) -> int:
    """How many journeyworkers for a mean of so many apprentices, which is known to a hundredth."""
    return ceil(share_of(ratio) * Fraction(round(100 * apprentices), 100))


@dataclass(frozen=True, eq=False)
class Crew:
    """The people of one program whose wages somebody may know, by the standards that they are read with."""

    program: str
    groups: tuple[Group, ...]

    @property
    def world(self) -> World:
        """The standards of most of them."""
        return self.largest.gates.world

    @property
    def largest(self) -> Group:
        """The people read with the same standards of whom there are most."""
        return max(self.groups, key=lambda one: len(one.kept.people))

    def people(self) -> dict[UUID, str]:
        """Who there is, by name."""
        found = [(group.names[one], one) for group in self.groups for one in group.shown]
        return {one: name for name, one in sorted(found)}


def difference(
    crew: Crew, asked: CrewQuestion, worlds: Sequence[World | None], as_of: date
) -> CrewDifference:
    """Answer a question; `worlds` are each group's standards with other wages, None where they stay."""
    before = [make(group, as_of) for group in crew.groups]
    supposed = [
        Supposed(
            trainings=_trainings(asked, group),
            hires=_hires(asked) if group is crew.largest else (),
            world=world,
        )
        for group, world in zip(crew.groups, worlds, strict=True)
    ]
    certified: frozenset[UUID] = frozenset()
    if asked.certify is not None and asked.more:
        certified = _certified(crew, asked.certify, asked.more, before, on=asked.on, as_of=as_of)
        more = Training(what=asked.certify, people=certified, on=asked.on)
        supposed = [replace(one, trainings=(*one.trainings, more)) for one in supposed]
    after = [
        make(
            supposing(group, one, as_of),
            as_of,
            _kept(made, asked.on, as_of) if one.world is None else None,
        )
        for group, one, made in zip(crew.groups, supposed, before, strict=True)
    ]
    known = crew.people()
    moved = _moved(before, after, as_of)
    return CrewDifference(
        as_of=as_of,
        today=_side(before, as_of),
        then=_side(after, as_of),
        ratio=crew.world.programs[crew.program].ratio,
        certified=tuple(name for one, name in known.items() if one in certified),
        moved=tuple(one for one in moved if one.person in known),
        new=tuple(one for one in moved if one.person not in known),
    )


def _kept(made: Made, on: date, as_of: date) -> CrewForecast | None:
    """Today's forecast, where what is supposed is only planned; what is shown today changes more than that."""
    return made.forecast if on > as_of else None


def _trainings(asked: CrewQuestion, group: Group) -> tuple[Training, ...]:
    people = asked.people or group.shown
    return tuple(Training(what=what, people=frozenset(people), on=asked.on) for what in asked.train)


def _hires(asked: CrewQuestion) -> tuple[Hire, ...]:
    return tuple(Hire(name=f"New hire {number}", holds=asked.hold) for number in range(1, asked.hires + 1))


def _certified(
    crew: Crew, what: Earn, number: int, before: Sequence[Made], *, on: date, as_of: date
) -> frozenset[UUID]:
    """Those to whom a thing brings most: with it given to everybody, whose goals come soonest before their time."""
    people: list[UUID] = []
    was: list[int] = []
    then: list[int] = []
    for group, made in zip(crew.groups, before, strict=True):
        ids = identifiers(group.kept.people)
        everybody = Training(what=what, people=frozenset(ids), on=on)
        tried = foresee(
            supposing(group, Supposed(trainings=(everybody,)), as_of),
            as_of,
            _kept(made, on, as_of),
        )
        people += ids
        was += _sums(made.forecast, as_of)
        then += _sums(tried, as_of)
    known = crew.people()
    order = sorted(range(len(people)), key=lambda place: known.get(people[place], ""))
    ranked = [place for place in order if people[place] in known]
    found = who_gains(
        [was[place] for place in ranked],
        [then[place] for place in ranked],
        [people[place] for place in ranked],
        number,
    )
    return frozenset(found)


def _sums(forecast: CrewForecast, as_of: date) -> list[int]:
    """Of each person the days of all goals together, what lies too far ahead as the last day looked at."""
    last = add_months(as_of, HORIZON).toordinal()
    sums: list[int] = np.minimum(forecast.by(EXPECTED), last).astype(np.int64).sum(axis=0).tolist()
    return sums


def _side(made: Sequence[Made], as_of: date) -> Side:
    starts = month_starts(as_of, MONTHS)
    first, *others = [totals(part.forecast, starts) for part in made]
    for other in others:
        first = first.plus(other)
    return Side(
        pay=months_of(made, as_of),
        raises=tuple(first.raises.tolist()),
        completions=tuple(first.completions.tolist()),
        apprentices=tuple(first.apprentices.tolist()),
    )


def _moved(before: Sequence[Made], after: Sequence[Made], as_of: date) -> list[Moved]:
    was = {
        (one.person, outlook.goal): _expected(outlook, as_of)
        for made in before
        for one in made.people
        for outlook in one.outlooks
    }
    found = [
        Moved(
            person=one.person,
            name=one.name,
            goal=one.titles[outlook.goal],
            before=was.get((one.person, outlook.goal)),
            after=_expected(outlook, as_of),
        )
        for made in after
        for one in made.people
        for outlook in one.outlooks
        if was.get((one.person, outlook.goal)) != _expected(outlook, as_of)
    ]
    return sorted(found, key=lambda one: (-_days(one), one.name, one.goal))


def _expected(outlook: Outlook, as_of: date) -> date | None:
    if outlook.reached:
        return as_of
    return None if outlook.foreseen is None else outlook.foreseen.expected


def _days(one: Moved) -> int:
    far = date.max.toordinal() // 2
    before = far if one.before is None else one.before.toordinal()
    after = far if one.after is None else one.after.toordinal()
    return abs(before - after)
