"""Forecasts of five hundred apprentices, and how often what came lay within the range."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import NAMESPACE_OID, uuid5

import numpy as np

from apprenticeship.forecasts.differing import Crew, difference
from apprenticeship.forecasts.making import Group
from apprenticeship.forecasts.questions import CrewQuestion
from apprenticeship.raises.model import in_force
from apprenticeship.snapshots.model import Kept
from graph.actions import Earn
from graph.evaluating import evaluate
from graph.facts import Person
from graph.forecasting.arriving import NEVER
from graph.forecasting.crew import EARLIEST, LATEST, CrewForecast, forecast_crew
from graph.forecasting.payroll import Payroll, Terms, paid_minutes, payroll
from graph.gates.columns import Crowd, Vocabulary, crowd_of, rows_of
from graph.gates.compiling import compile_gates
from graph.gates.program import GateProgram
from graph.simulating.assumptions import Assumptions
from graph.simulating.outcome import simulate
from graph.world import World
from standards.catalog import load_catalog
from standards.compiling import compile_world
from tests.benchmarks.measuring import Figure, Unit, best
from tests.graph.simulating.histories import day_of, history

PEOPLE = 500
TICK = 72
AS_OF = day_of(TICK)
SECONDS = 2.0
SLACK = 8
COVERED = 80.0
VERSIONS = (uuid5(NAMESPACE_OID, "versions"),)
MILLING = Earn("credential", "nims-machining-1:mil1")
SOON = AS_OF + timedelta(days=60)
QUESTIONS = {
    "everybody is trained": CrewQuestion(program="machinist", train=(MILLING,), on=SOON),
    "twenty are hired": CrewQuestion(program="machinist", hires=20, hold=(MILLING,), on=SOON),
    "two more are certified": CrewQuestion(program="machinist", certify=MILLING, more=2, on=SOON),
}


def figures() -> Iterator[Figure]:
    """The time of a forecast with its payroll, and the share of dates within their ranges."""
    world = compile_world([one for one in load_catalog() if one.kind in ("framework", "program")])
    outcome = simulate(
        world,
        "machinist",
        Assumptions(attrition=0.0),
        np.random.default_rng(296),
        people=PEOPLE,
        years=6,
        traced=True,
    )
    people = [history(outcome, place, TICK) for place in range(PEOPLE)]
    words = Vocabulary()
    rows = [rows_of(one, words) for one in people]
    gates = compile_gates(world, "machinist")
    names = [one.id for one in people]
    seconds = best(partial(_asked, gates, crowd_of(rows, words), names))
    what = f"forecast and payroll of {PEOPLE} apprentices"
    yield Figure(what, seconds, f"{SECONDS:g} seconds", SECONDS, most=1)
    alone = best(partial(_one_by_one, world, people))
    yield Figure(what, seconds, "the one-person engine asked once about each", alone)
    crew = _crew(gates, crowd_of(rows, words))
    for asked, question in QUESTIONS.items():
        seconds = best(partial(difference, crew, question, [None], AS_OF))
        yield Figure(
            f"what if of {PEOPLE} apprentices: {asked}", seconds, f"{SECONDS:g} seconds", SECONDS, most=1
        )
    found, _ = _asked(gates, crowd_of(rows, words), names)
    came = np.array([[_day(int(at)) for at in row] for row in outcome.reached])
    ahead = ~found.reached
    low, high = (found.by(percent)[ahead] for percent in (EARLIEST, LATEST))
    inside = (came[ahead] >= low - SLACK) & (came[ahead] <= high + SLACK)
    share = 100 * float(inside.mean())
    yield Figure("dates within the range", share, "as said", COVERED, least=0.9, unit=Unit.HUNDREDTHS)


def _crew(gates: GateProgram, crowd: Crowd) -> Crew:
    """The crew as the product has it: everybody read with the same versions, nothing decided yet."""
    ids = [uuid5(NAMESPACE_OID, str(place)) for place in range(PEOPLE)]
    numbers = np.frombuffer(b"".join(one.bytes for one in ids), "V16")
    kept = Kept(numbers, crowd, np.zeros(len(crowd.enrolments), np.uint32), (VERSIONS,))
    names = {one: f"Apprentice {place}" for place, one in enumerate(ids)}
    group = Group(gates, kept, names, {one: in_force(()) for one in ids}, frozenset(ids), VERSIONS)
    return Crew("machinist", (group,))


def _one_by_one(world: World, people: list[Person]) -> None:
    for one in people:
        _ = evaluate(world, one, program="machinist", as_of=AS_OF).wage


def _asked(gates: GateProgram, crowd: Crowd, names: list[str]) -> tuple[CrewForecast, Payroll]:
    found = forecast_crew(gates, crowd, names, as_of=AS_OF)
    terms = Terms(np.full(len(names), -1), paid_minutes(found.history))
    return found, payroll(found, found.needs.own, terms, as_of=AS_OF)


def _day(tick: int) -> int:
    return day_of(tick).toordinal() if tick < 10**6 else NEVER
