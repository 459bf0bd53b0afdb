"""From what an employer asks to the question of a capacity plan, and what may be asked at all; pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from apprenticeship.training.model import REST, Station, TrainingAsked
from graph.capacity.question import Place, Question
from graph.world import World

MOST_PEOPLE = 60
MOST_MONTHS = 24
MOST_STATIONS = 40
USUAL_MINUTES = 160 * 60
SECONDS = 20.0


def usual_stations(standings: Iterable[Standing]) -> tuple[Station, ...]:
    """Give a station for each work process of the programs that people are in, and one for all the rest."""
    found: dict[str, Station] = {}
    for standing in standings:
        for process in standing.program.work_processes:
            if process.competencies and process.key not in found:
                found[process.key] = Station(key=process.key, title=process.title, minutes=USUAL_MINUTES)
    rest = Station(key=REST, title="Tests, classes and everything else", minutes=USUAL_MINUTES)
    return (*list(found.values())[: MOST_STATIONS - 1], rest)


def check_asked(asked: TrainingAsked, standings: Sequence[Standing]) -> None:
    """Refuse a question that cannot be answered.

    Raises:
        Invalid: nobody or too many people, no station, or a number out of bounds.
    """
    if not standings:
        raise Invalid("Choose at least one apprentice who is in a program.", where="people")
    if len(asked.people) > MOST_PEOPLE:
        raise Invalid(f"Choose at most {MOST_PEOPLE} apprentices at a time.", where="people")
    if not 1 <= asked.months <= MOST_MONTHS:
        raise Invalid(f"A plan is for 1 to {MOST_MONTHS} months.", where="months")
    if asked.budget is not None and not 0 <= asked.budget <= 10**11:
        raise Invalid("A budget is 0 dollars or more.", where="budget")
    if not 60 <= asked.training <= 744 * 60:  # noqa: PLR2004 - a month's hours
        raise Invalid("An apprentice is trained for 1 to 744 hours a month.", where="training")
    _check_stations(asked.stations, {station.key for station in usual_stations(standings)})


def _check_stations(stations: Sequence[Station], known: set[str]) -> None:
    if not stations or len(stations) > MOST_STATIONS:
        raise Invalid("Give at least one station some hours.", where="stations")
    for station in stations:
        if station.key not in known:
            raise Invalid(f"There is no station {station.key!r} for these people.", where="stations")
        if station.minutes is not None and not 0 <= station.minutes <= 10_000 * 60:
            raise Invalid("A station has 0 to 10,000 hours a month.", where=f"hours-{station.key}")
        if station.slots is not None and not 0 <= station.slots <= 1000:  # noqa: PLR2004 - a large hall
            raise Invalid("A station takes 0 to 1,000 people at a time.", where=f"slots-{station.key}")
    if len({station.key for station in stations}) < len(stations):
        raise Invalid("Name each station once.", where="stations")


def question_of(asked: TrainingAsked, standings: Sequence[Standing], as_of: date) -> Question:
    """Put what is asked as the engine's question."""
    worlds = list({id(one.world): one.world for one in standings}.values())
    return Question(
        as_of,
        asked.months,
        tuple(_place(station, worlds, asked.months) for station in asked.stations),
        budget=asked.budget,
        training=asked.training,
        seconds=SECONDS,
    )


def _place(station: Station, worlds: Sequence[World], months: int) -> Place:
    return Place(
        station.key,
        station.title,
        frozenset(name for world in worlds for name in _trained(station.key, world)),
        None if station.minutes is None else (station.minutes,) * months,
        None if station.slots is None else (station.slots,) * months,
    )


def _trained(key: str, world: World) -> Iterable[str]:
    """The names of what a station trains: the competencies of its work process, or all that is in none."""
    if key != REST:
        process = world.work_processes.get(key)
        return [] if process is None else [f"competency:{one}" for one in process.competencies]
    placed = {one for process in world.work_processes.values() for one in process.competencies}
    return [
        *(f"competency:{one}" for one in world.competencies if one not in placed),
        *(f"credential:{one}" for one in world.credentials),
        *(f"course:{one}" for one in world.courses),
        *(f"score:{one}" for one in world.scores),
    ]
