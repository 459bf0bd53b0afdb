"""What a training plan's page shows: who is trained where in which month, what comes of it, and what was too little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from apprenticeship.standing.model import Standing
from apprenticeship.training.model import TrainingPlan
from web import words
from web.pages.addresses import person_address
from web.rules import item_title, step_title

WHY = {
    "room": "others come first",
    "time": "its hours or months come too late",
    "long": "its trainings, one after the other, take longer than the plan",
    "training": "it needs what none of these stations trains",
}
GONE = "Somebody no longer in your crew"


@dataclass(frozen=True)
class Booked:
    """One training in a cell of the table; `on` where it began in an earlier month and goes on."""

    name: str
    href: str
    item: str
    detail: str
    on: bool = False


@dataclass(frozen=True)
class Comes:
    """A raise or completion that comes, with the day by which it has."""

    name: str
    href: str
    what: str
    by: date
    cents: int | None
    anyway: bool


@dataclass(frozen=True)
class Short:
    """Something that there was too little of."""

    what: str
    when: str
    waiting: int
    worth: str


@dataclass(frozen=True)
class TrainingShown:
    """The answer in words. Money as the page says it.

    Attributes:
        months: the first day of each month of the plan.
        rows: for each station that trains anybody a cell for each month.
    """

    finding: str
    proof: str
    cost: str
    hours: str
    months: tuple[date, ...]
    rows: tuple[tuple[str, tuple[tuple[Booked, ...], ...]], ...]
    comes: tuple[Comes, ...]
    short: tuple[Short, ...]
    missed: tuple[tuple[str, str, str, str], ...]
    left: tuple[tuple[str, str, str], ...]
    basis: str


def training_shown(plan: TrainingPlan, standings: Sequence[Standing]) -> TrainingShown:
    """Put a plan's answer in words, for whoever may see these people now."""
    answer = plan.answer
    people = {str(one.person.id): one for one in standings}
    worlds = {one.enrolment.program_key: one for one in standings}
    titles = _Titles(people, list(worlds.values()))
    months = tuple(date.fromisoformat(day) for day in answer["months"])
    stations = {one["id"]: one["title"] for one in answer["stations"]}
    return TrainingShown(
        finding=_finding(answer),
        proof=_proof(answer),
        cost=words.money(round(Decimal(answer["cost_usd"]) * 100)),
        hours=f"{answer['hours']:,}",
        months=months,
        rows=tuple(
            (title, cells)
            for key, title in stations.items()
            if any(cells := _cells(key, answer, months, titles))
        ),
        comes=tuple(
            Comes(
                titles.name(one["person"]),
                titles.href(one["person"]),
                titles.goal(one["person"], one["goal"]),
                date.fromisoformat(one["by"]),
                None if one["usd_per_hour"] is None else round(float(one["usd_per_hour"]) * 100),
                one["without_training"],
            )
            for one in answer["coming"]
        ),
        short=tuple(_short(one, stations, months) for one in answer["binds"]),
        missed=tuple(
            (
                titles.name(one["person"]),
                titles.href(one["person"]),
                titles.goal(one["person"], one["goal"]),
                _why(one, titles),
            )
            for one in answer["missed"]
        ),
        left=tuple(
            (titles.name(one["person"]), titles.href(one["person"]), one["reason"])
            for one in answer["not_trained"]
        ),
        basis=answer["basis"],
    )


class _Titles:
    def __init__(self, people: Mapping[str, Standing], standings: Sequence[Standing]) -> None:
        self._people = people
        self._standings = standings

    def name(self, person: str) -> str:
        found = self._people.get(person)
        return GONE if found is None else found.person.name

    def href(self, person: str) -> str:
        found = self._people.get(person)
        return "" if found is None else person_address(found.person.id)

    def item(self, name: str) -> str:
        """The title of ``credential:f:m1``; the name itself where nobody's standards have it any more."""
        kind, _, key = name.partition(":")
        for standing in self._standings:
            world = standing.world
            if key in world.competencies or key in world.credentials:
                return item_title(world, kind, key)
            if key in world.courses or key in world.scores:
                return world.courses.get(key) or world.scores.get(key) or key
        return name

    def goal(self, person: str, goal: str) -> str:
        kind, _, step = goal.partition(":")
        if kind != "step":
            return "Completion"
        found = self._people.get(person)
        steps = () if found is None else found.program.steps
        at = next((n for n, one in enumerate(steps) if one.key.rpartition(":")[2] == step), None)
        return f"Step {step}" if at is None else step_title(steps[at], at)


def _finding(answer: Mapping[str, Any]) -> str:
    raises = [one for one in answer["coming"] if one["goal"] != "completion"]
    sooner = sum(not one["without_training"] for one in answer["coming"])
    completions = len(answer["coming"]) - len(raises)
    said = f"{words.counted(len(raises), 'raise')} and {words.counted(completions, 'completion')} come"
    return f"{words.sentence(said)} within the plan, {sooner} of them by training."


def _proof(answer: Mapping[str, Any]) -> str:
    if answer["optimal"]:
        return "Proven best: no other plan brings raises and completions sooner, all weighed together."
    gap = answer["gap_percent"]
    said = f"Not proven best: another plan might be worth up to {gap:g} % more."
    return f"{said} Fewer people or months are proven sooner."


def _cells(
    station: str, answer: Mapping[str, Any], months: Sequence[date], titles: _Titles
) -> tuple[tuple[Booked, ...], ...]:
    """Give for each month who is trained at a station: those who go on, then those who begin."""
    cells: list[list[Booked]] = [[] for _ in months]
    for one in answer["trainings"]:
        if one["station"] == station:
            hours = f"{one['hours']:g} hours{' assumed' if one.get('assumed') else ''}"
            until = one["until_month"]
            longer = f", until {months[until - 1]:%B %Y}" if until > one["month"] else ""
            name, href, item = (
                titles.name(one["person"]),
                titles.href(one["person"]),
                titles.item(one["item"]),
            )
            cells[one["month"] - 1].append(Booked(name, href, item, f"{hours}{longer}"))
            for later in range(one["month"], until):
                cells[later].append(Booked(name, href, item, "", on=True))
    return tuple(tuple(sorted(cell, key=lambda one: not one.on)) for cell in cells)


def _short(one: Mapping[str, Any], stations: Mapping[str, str], months: Sequence[date]) -> Short:
    names = {"time": "Apprentices' own time for training", "budget": "The budget"}
    what = names.get(one["kind"]) or stations.get(one["id"], one["id"])
    if one["kind"] == "station" and one["unit"] == "slots":
        what = f"{what}: places"
    when = f"in {words.counted(len(one['months']), 'month')}" if one["months"] else "over all of the plan"
    if 0 < len(one["months"]) < len(months):
        first, last = months[one["months"][0] - 1], months[one["months"][-1] - 1]
        when += f", {first:%B %Y}" if first == last else f", {first:%B %Y} to {last:%B %Y}"
    worth = ""
    if one["worth_of_more"]:
        more = "$100 more" if one["unit"] == "usd" else "one hour more in each month"
        worth = f"{more} is worth about ${one['worth_of_more'] / 100:,.2f} an hour for a month"
    return Short(what, when, one["waiting"], worth)


def _why(one: Mapping[str, Any], titles: _Titles) -> str:
    needs = one.get("needs", ())
    if not needs:
        return WHY[one["why"]]
    named = words.listed([titles.item(need["item"]) for need in needs[:3]])
    more = f" and {len(needs) - 3} more" if len(needs) > 3 else ""  # noqa: PLR2004 - as many as are named
    return f"{WHY[one['why']]}: {named}{more}"
