"""Small crews to be forecast: a program of hours, months and things, and people at a steady pace."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from graph.dates import add_months
from graph.facts import Enrolment, Fact, Hours, Person, Rating
from graph.forecasting.crew import CrewForecast, forecast_crew
from graph.gates.columns import Crowd, Vocabulary, crowd_of, rows_of
from graph.gates.compiling import compile_gates
from graph.world import World
from standards.compiling import compile_world
from standards.reading import read_text

AS_OF = date(2026, 7, 1)
RECORDED = datetime(2020, 1, 1, tzinfo=UTC)
PROGRAM = "p"
WEEK = timedelta(days=7)
DAY = 24 * 60

TEXT = """
journeymark: 1
framework:
  id: f
  title: Trade
  version: "1"
competencies:
  - {id: a, title: A, kind: competency, effort: {hours: 40}}
  - {id: b, title: B, kind: competency, effort: {hours: 40}, prerequisites: {competency: a}}
  - {id: c, title: C, kind: competency, effort: {hours: 40}}
  - {id: d, title: D, kind: competency, effort: {hours: 40}}
  - {id: e, title: E, kind: competency, effort: {hours: 400}}
---
journeymark: 1
program:
  id: p
  title: Program
  uses: [f]
  approach: hybrid
  work_processes:
    - {id: milling, title: Milling, hours: {min: 500, max: 900}}
    - {id: turning, title: Turning, hours: {min: 500, max: 900}}
  completion: {all: [{step: s4}, {competency: "f:d"}]}
  wages:
    journey_rate: [{usd_per_hour: 30.00, from: 2026-01-01}, {usd_per_hour: 33.00, from: 2027-01-01}]
    steps:
      - {id: start, percent: 50}
      - {id: s2, percent: 60, when: {all: [{hours: 1000, in: ojl}, {months: 6, since: registered}]}}
      - {id: s3, percent: 70, when: {any: [{competency: "f:b"}, {competency: "f:e"}]}}
      - id: s4
        percent: 80
        when: {all: [{hours: 400, in: milling}, {hours: 400, in: turning}, {months: 12, since: step}]}
"""


def world(text: str = TEXT) -> World:
    return compile_world(read_text("trade.yaml", text))


def person(name: str, *facts: Fact, months: int = 12, enrolments: Sequence[Enrolment] = ()) -> Person:
    """Somebody registered so many months before the day."""
    own = enrolments or (Enrolment(PROGRAM, add_months(AS_OF, -months)),)
    return Person(name, name, tuple(own), facts)


def signed(competency: str, on: date) -> Rating:
    return Rating(id=f"{competency} {on}", on=on, recorded=RECORDED, competency=f"f:{competency}", value=3)


def hours(months: int, each: float, within: str = "milling") -> list[Hours]:
    """So many hours in the middle of each of the last months, in logs of a day's length at most."""
    days = [add_months(AS_OF, -back) - timedelta(days=14) for back in range(months)]
    minutes = round(each * 60)
    logs = [min(DAY, minutes - begun) for begun in range(0, minutes, DAY)]
    return [
        Hours(id=f"{within} {day} {number}", on=day, recorded=RECORDED, minutes=log, within=within)
        for day in days
        for number, log in enumerate(logs)
    ]


def crowd(people: Sequence[Person]) -> Crowd:
    vocabulary = Vocabulary()
    return crowd_of([rows_of(one, vocabulary) for one in people], vocabulary)


def forecast(*people: Person, text: str = TEXT, as_of: date = AS_OF, horizon: int = 60) -> CrewForecast:
    gates = compile_gates(world(text), PROGRAM)
    names = [one.id for one in people]
    return forecast_crew(gates, crowd(people), names, as_of=as_of, horizon_months=horizon, futures=40)
