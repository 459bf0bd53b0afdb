"""The question of a plan: read from the address of the page, and shown again as a form to ask another."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from graph.actions import Earn
from graph.edges import Place, items
from graph.evaluating import DONE, State
from graph.planning import FULL_TIME, Plan
from graph.pricing import Minimise
from standards.naming import bare
from standards.wishing import EARNABLE, MOST, WAIVABLE
from web import words
from web.api.goals import requirement_of
from web.forms import Form
from web.pages import standings
from web.pages.maps import Option
from web.rules import item_title

FULL_TIME_HOURS = FULL_TIME // 60
MOST_HOURS = 168
MEASURES = {
    Minimise.COUNT: "Fewest things",
    Minimise.HOURS: "Fewest hours",
    Minimise.USD: "Least money",
}
STEPS_ARE_WAGES = "Wage steps are for those who may know wages."


@dataclass(frozen=True)
class PlanAsked:
    """What is asked: the goal as the contract writes it, and what is wished; items as ``credential:f:mms``."""

    goal: str
    minimise: Minimise = Minimise.COUNT
    refuse: tuple[str, ...] = ()
    waive: tuple[str, ...] = ()
    by: date | None = None
    pace: int = FULL_TIME_HOURS

    def address(self, base: str) -> str:
        """Give the page that answers this; `base` is empty for oneself."""
        asked = [("goal", self.goal), ("minimise", self.minimise.value)]
        asked += [*(("refuse", item) for item in self.refuse), *(("waive", item) for item in self.waive)]
        asked += [("by", self.by.isoformat())] if self.by else []
        asked += [("hours_per_week", str(self.pace))] if self.pace != FULL_TIME_HOURS else []
        return f"{base}/plan?{urlencode(asked)}"

    def without(self, item: str) -> "PlanAsked":
        """Ask the same without one thing more."""
        return replace(self, refuse=(*self.refuse, item))


def plan_asked(form: Form, standing: Standing, *, wages: bool) -> PlanAsked | None:
    """Read the question; without a goal it is about completion, and None where the program has none.

    Raises:
        Invalid: a field cannot be read, or is not for this visitor.
    """
    goal = form.text("goal") or ("completion" if standing.program.completion is not None else "")
    if not goal:
        return None
    if goal.startswith("step:") and not wages:
        raise Invalid(STEPS_ARE_WAGES, where="goal")
    requirement_of(standing, goal)
    if form.text("minimise") not in ("", *Minimise):
        raise Invalid(f"Choose one of: {', '.join(MEASURES.values())}.", where="minimise")
    pace = form.number("hours_per_week")
    if pace is not None and pace not in range(1, MOST_HOURS + 1):
        raise Invalid(f"Write hours a week from 1 to {MOST_HOURS}.", where="hours_per_week")
    return PlanAsked(
        goal=goal,
        minimise=Minimise(form.text("minimise") or Minimise.COUNT),
        refuse=_given(form, "refuse"),
        waive=_given(form, "waive"),
        by=form.day("by", "The day") if form.text("by") else None,
        pace=FULL_TIME_HOURS if pace is None else pace,
    )


def _given(form: Form, name: str) -> tuple[str, ...]:
    found = tuple(word for word in dict.fromkeys(form.texts(name)) if word)
    if len(found) > MOST:
        raise Invalid(f"Choose at most {MOST} things.", where=name)
    return found


# the form


@dataclass(frozen=True)
class Tick:
    """Something to tick."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class PlanForm:
    """The form as it is filled in; `where` and `what` say what is wrong with it."""

    goals: tuple[tuple[str, tuple[Option, ...]], ...]
    measures: tuple[Option, ...]
    refusable: tuple[Tick, ...]
    waivable: tuple[Tick, ...]
    others: tuple[tuple[str, tuple[Tick, ...]], ...]
    by: str
    pace: str
    where: str
    what: str

    @property
    def name(self) -> str:
        """What tells the fields of this form apart."""
        return "plan"

    def wrong(self, field: str) -> str:
        """Say what is wrong with a field; empty where nothing is."""
        return self.what if field == self.where else ""


def plan_form(
    standing: Standing, form: Form, plan: Plan | None, wrong: tuple[str, str], *, wages: bool
) -> PlanForm:
    """Show the form with what was asked. To refuse is offered what the plan has: nothing else would change it."""
    steps = [step.action for step in plan.steps if isinstance(step.action, Earn)] if plan else []
    refused, waived = form.texts("refuse"), form.texts("waive")
    own = [f"{earn.kind}:{earn.key}" for earn in steps]
    waivable = [f"{earn.kind}:{earn.key}" for earn in steps if earn.kind in WAIVABLE]
    least = form.text("minimise") or Minimise.COUNT
    return PlanForm(
        goals=tuple(_goals(standing, form.text("goal") or "completion", wages=wages)),
        measures=tuple(Option(one.value, name, one.value == least) for one, name in MEASURES.items()),
        refusable=_ticks(standing, [*refused, *own], refused),
        waivable=_ticks(standing, [*waived, *waivable], waived),
        others=tuple(_others(standing, {*waived, *waivable})),
        by=form.text("by"),
        pace=form.text("hours_per_week"),
        where=wrong[0],
        what=wrong[1],
    )


def _ticks(standing: Standing, values: Collection[str], chosen: Collection[str]) -> tuple[Tick, ...]:
    given = [value for value in dict.fromkeys(values) if value]
    return tuple(Tick(value, item_words(standing, value), value in chosen) for value in given)


def item_words(standing: Standing, value: str) -> str:
    """Name an item by its title; what names nothing here stays as it is."""
    kind, _, key = value.partition(":")
    world = standing.world
    known = {
        "competency": world.competencies,
        "credential": world.credentials,
        "course": world.courses,
        "score": world.scores,
    }
    if kind not in EARNABLE:
        return value
    # a short id names the one item that ends in it, as in documents
    found = [known_key for known_key in known[kind] if known_key == key or bare(known_key) == key]
    return standings.earned_title(world, kind, found[0]) if len(found) == 1 else value


def _others(standing: Standing, shown: Collection[str]) -> Iterator[tuple[str, tuple[Tick, ...]]]:
    found = [place for place, _ in items(standing.world) if _is_open(standing, place)]
    for kind, title in (("competency", "Competencies"), ("credential", "Credentials")):
        values = [":".join(place) for place in found if place[0] == kind]
        ticks = _ticks(standing, [value for value in values if value not in shown], ())
        if ticks:
            yield title, ticks


def _is_open(standing: Standing, place: Place) -> bool:
    competency = standing.world.competencies.get(place[1]) if place[0] == "competency" else None
    area = competency is not None and competency.kind == "area"
    state = standing.evaluation.states[place]
    return not area and (state not in DONE or state is State.EXPIRED)


def _goals(standing: Standing, chosen: str, *, wages: bool) -> Iterator[tuple[str, tuple[Option, ...]]]:
    """Everything that is still ahead, by kind; a goal that is asked about though it is reached stands first."""
    world = standing.world
    open_items = [place for place, _ in items(world) if _is_open(standing, place)]
    groups: dict[str, list[tuple[str, str]]] = {
        "Raises": [(f"step:{rung.key}", _rung_words(rung)) for rung in _rungs(standing, wages=wages)],
        "Credentials": [_item(standing, place) for place in open_items if place[0] == "credential"],
        "Competencies": [_item(standing, place) for place in open_items if place[0] == "competency"],
        "Requirements": [
            (f"requirement:{key}", named.title or key) for key, named in world.requirements.items()
        ],
    }
    first = [("completion", "Journeyworker")] if standing.program.completion is not None else []
    known = {value for group in groups.values() for value, _ in group} | {value for value, _ in first}
    alike = {f"{v.partition(':')[0]}:{v.rpartition(':')[2]}": v for v in known if v.count(":") > 1}
    chosen = chosen if chosen in known else alike.get(chosen, chosen)
    if chosen not in known:
        first.append((chosen, item_words(standing, chosen)))
    for name, group in (("", first), *groups.items()):
        if group:
            yield name, tuple(Option(value, said, value == chosen) for value, said in group)


def _item(standing: Standing, place: Place) -> tuple[str, str]:
    return ":".join(place), item_title(standing.world, *place)


def _rungs(standing: Standing, *, wages: bool) -> list[standings.Rung]:
    return [rung for rung in standings.ladder(standing) if rung.look.look != "done"] if wages else []


def _rung_words(rung: standings.Rung) -> str:
    return rung.name if rung.cents is None else f"{rung.name}, {words.money(rung.cents)} an hour"
