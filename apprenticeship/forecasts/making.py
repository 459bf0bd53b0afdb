"""Making the forecast of people who are read with the same standards. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from apprenticeship.forecasts.model import Measured, MonthPay, PersonForecast
from apprenticeship.raises.model import InForce
from apprenticeship.snapshots.model import Kept, Versions, identifiers
from apprenticeship.snapshots.seeing import seen_in
from graph.forecasting.crew import CrewForecast, forecast_crew
from graph.forecasting.needs import Kind
from graph.forecasting.payroll import Payroll, Terms, month_starts, paid_minutes, payroll, together
from graph.gates.program import GateProgram
from graph.world import Step

MONTHS = 24


@dataclass(frozen=True, eq=False)
class Group:
    """People who are read with the same standards.

    Attributes:
        names: by person.
        decided: by person what stands of what was decided about their raises.
        shown: of whom a forecast is wanted; everybody is measured.
        versions: the published versions of the standards.
    """

    gates: GateProgram
    kept: Kept
    names: Mapping[UUID, str]
    decided: Mapping[UUID, InForce]
    shown: frozenset[UUID]
    versions: Versions


@dataclass(frozen=True, eq=False)
class Made:
    """The forecast of a group."""

    people: tuple[PersonForecast, ...]
    pay: Payroll | None
    forecast: CrewForecast


def foresee(group: Group, as_of: date, otherwise: CrewForecast | None = None) -> CrewForecast:
    """Foresee the days of a group of people.

    `otherwise` is what was foreseen of it without what some are to show after the day, and without those who join.
    """
    people = identifiers(group.kept.people)
    crowd = seen_in(group.gates.world, group.kept.crowd)
    names = [str(one) for one in people]
    places = [place for place, one in enumerate(people) if one in group.shown]
    wanted = None if len(places) == len(people) else places
    return forecast_crew(group.gates, crowd, names, as_of=as_of, places=wanted, otherwise=otherwise)


def make(group: Group, as_of: date, otherwise: CrewForecast | None = None) -> Made:
    """Forecast a group of people; `otherwise` as in `foresee`."""
    people = identifiers(group.kept.people)
    forecast = foresee(group, as_of, otherwise)
    minutes = paid_minutes(forecast.history)
    pay = _pay(forecast, group, people, minutes, as_of)
    made = [
        _person(forecast, place, group, person, paid=int(minutes[place]), pay=pay)
        for place, person in enumerate(people)
        if person in group.shown
    ]
    return Made(tuple(made), pay, forecast)


def months_of(parts: Sequence[Made], as_of: date) -> tuple[MonthPay, ...]:
    """What several groups are paid together, month by month; nothing where no program states wages."""
    paid = [part.pay for part in parts if part.pay is not None]
    if not paid:
        return tuple(
            MonthPay(month=month, low=0, expected=0, high=0) for month in month_starts(as_of, MONTHS)[:-1]
        )
    whole = together(paid)
    columns = zip(
        whole.months[:-1], whole.low.tolist(), whole.total.tolist(), whole.high.tolist(), strict=True
    )
    return tuple(
        MonthPay(month=month, low=low, expected=mean, high=high) for month, low, mean, high in columns
    )


def _pay(
    forecast: CrewForecast,
    group: Group,
    people: Sequence[UUID],
    minutes: NDArray[np.int64],
    as_of: date,
) -> Payroll | None:
    program = forecast.needs.own
    stated = any(step.cents is not None or (step.percent and program.rates) for step in program.steps)
    if not stated:
        return None
    place = _places(program.steps)
    paid = np.full(len(people), -1, np.int64)
    put_off = np.zeros((len(forecast.goals), len(people)), np.int32)
    refused = np.zeros(put_off.shape, bool)
    for number, person in enumerate(people):
        decided = group.decided.get(person, InForce())
        paid[number] = _given(decided, place)
        for step, decision in decided.postponed.items():
            if step in place and decision.postponed_until is not None:
                put_off[place[step], number] = decision.postponed_until.toordinal()
        refused[[place[step] for step in _refused(decided, place)], number] = True
    terms = Terms(paid, minutes, put_off, refused)
    return payroll(forecast, program, terms, as_of=as_of, months=MONTHS)


def _places(steps: Iterable[Step]) -> dict[str, int]:
    return {step.key: at for at, step in enumerate(steps)}


def _given(decided: InForce, place: Mapping[str, int]) -> int:
    """The place of the highest step that was given; -1 for none."""
    return max((place[step] for step in decided.given if step in place), default=-1)


def _refused(decided: InForce, place: Mapping[str, int]) -> list[str]:
    """The steps above the one given that were denied: not paid before they are decided anew, which has no day."""
    given = _given(decided, place)
    return [step for step in decided.denied if place.get(step, -1) > given]


def _person(
    forecast: CrewForecast, place: int, group: Group, person: UUID, *, paid: int, pay: Payroll | None
) -> PersonForecast:
    program, history = forecast.needs.own, forecast.history
    titles = {step.key: step.title or f"Step {number}" for number, step in enumerate(program.steps, 1)}
    return PersonForecast(
        person=person,
        name=group.names.get(person, ""),
        program=program.title or program.key,
        program_key=program.key,
        outlooks=tuple(forecast.outlook(place)),
        titles={**titles, program.key: "Completion"},
        measured=Measured(
            months=int(history.months[place]),
            weight=float(forecast.weights[place]),
            learning=round(float(history.own_pace[place, Kind.LEARNING])),
            usual=round(float(history.pace[Kind.LEARNING])),
            job=round(float(history.own_pace[place, Kind.JOB])),
            paid=paid,
        ),
        cents=() if pay is None else tuple(pay.expected[place].tolist()),
        refused=frozenset(_refused(group.decided.get(person, InForce()), _places(program.steps))),
    )
