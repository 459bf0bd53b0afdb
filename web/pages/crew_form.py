"""The form of a question about a crew: what was filled in, and what it asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from apprenticeship.forecasts.differing import Crew
from apprenticeship.forecasts.questions import CrewQuestion
from apprenticeship.refusals import Invalid
from graph.actions import Earn
from graph.dates import add_months
from graph.world import World
from web.forms import Form

SOON = 3
MOST_DOLLARS = 1_000
ASKING = ("train", "more", "hires", "rate", "wages", "on")


@dataclass(frozen=True)
class Choice:
    """Something to choose."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class CrewForm:
    """The form as it is filled in."""

    programs: tuple[Choice, ...]
    train: tuple[tuple[str, tuple[Choice, ...]], ...]
    hold: tuple[tuple[str, tuple[Choice, ...]], ...]
    certify: tuple[Choice, ...]
    people: tuple[Choice, ...]
    wages: str
    values: Mapping[str, str]
    where: str = ""
    what: str = ""

    @property
    def name(self) -> str:
        """What tells the fields of this form apart."""
        return "crew-what-if"

    def text(self, field: str) -> str:
        """Give what was typed into a field."""
        return self.values.get(field, "")

    def wrong(self, field: str) -> str:
        """Say what is wrong with a field; empty where nothing is."""
        return self.what if field == self.where else ""


def crew_form(crews: Sequence[Crew], crew: Crew, form: Form, wages: str, today: date) -> CrewForm:
    """Give the form for a crew; `wages` is its schedule as it stands."""
    world = crew.world
    typed = {name: form.text(name) for name in ("more", "hires", "rate", "rate_from", "on")}
    return CrewForm(
        programs=tuple(
            Choice(one.program, one.world.programs[one.program].title or one.program, one is crew)
            for one in crews
        ),
        train=_items(world, crew.program, form.texts("train")),
        hold=_items(world, crew.program, form.texts("hold")),
        certify=_credentials(world, form.texts("certify")),
        people=tuple(
            Choice(str(one), name, str(one) in form.texts("who")) for one, name in crew.people().items()
        ),
        wages=form.text("wages") or wages,
        values={**typed, "on": typed["on"] or add_months(today, SOON).isoformat()},
    )


def _items(world: World, program: str, chosen: Iterable[str]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    frameworks = set(world.programs[program].frameworks)
    marked = set(chosen)
    kinds = (
        ("Credentials", "credential", world.credentials),
        ("Competencies", "competency", world.competencies),
    )
    found = []
    for title, kind, items in kinds:
        own = [
            (f"{kind}:{key}", item.title or key)
            for key, item in items.items()
            if item.framework.id in frameworks
        ]
        if own:
            found.append((title, tuple(Choice(value, name, value in marked) for value, name in own)))
    return tuple(found)


def _credentials(world: World, chosen: Iterable[str]) -> tuple[Choice, ...]:
    marked = set(chosen)
    return tuple(
        Choice(f"credential:{key}", item.title or key, f"credential:{key}" in marked)
        for key, item in world.credentials.items()
    )


def question_of(form: Form, crew: Crew, wages: str, today: date) -> CrewQuestion | None:
    """Read the question; None where nothing is asked yet.

    Raises:
        Invalid: a field cannot be read.
    """
    changed = form.text("wages")
    asked = CrewQuestion(
        program=crew.program,
        train=tuple(_earn(one, "train") for one in form.texts("train")),
        people=frozenset(_person(one) for one in form.texts("who")),
        on=form.day("on", "The day") if form.text("on") else add_months(today, SOON),
        certify=_earn(form.text("certify"), "certify") if form.text("certify") else None,
        more=form.number("more") or 0,
        hires=form.number("hires") or 0,
        hold=tuple(_earn(one, "hold") for one in form.texts("hold")),
        rate=_rate(form),
        wages="" if _same(changed, wages) else changed,
    )
    if asked.more and asked.certify is None:
        raise Invalid("Say in what they are certified.", where="certify")
    if asked.people and not asked.train:
        raise Invalid("Say what they are trained in.", where="train")
    asks = asked.train or asked.more or asked.hires or asked.rate or asked.wages
    return asked if asks else None


def _same(changed: str, wages: str) -> bool:
    return not changed or changed.split() == wages.split()


def _earn(text: str, where: str) -> Earn:
    kind, _, key = text.partition(":")
    if kind not in ("credential", "competency") or not key:
        raise Invalid("Choose one of the list.", where=where)
    return Earn(kind, key)


def _person(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("Choose people of the list.", where="who") from None


def _rate(form: Form) -> tuple[int, date] | None:
    text = form.text("rate").removeprefix("$")
    if not text:
        return None
    try:
        dollars = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise Invalid("Write dollars an hour as a number, like 33.50.", where="rate") from None
    if not dollars.is_finite() or not 0 < dollars <= MOST_DOLLARS:
        raise Invalid(
            f"A journey rate is more than 0 and at most {MOST_DOLLARS} dollars an hour.", where="rate"
        )
    if not form.text("rate_from"):
        raise Invalid("Say from which day the rate holds.", where="rate_from")
    return int((dollars * 200 + 1) // 2), form.day("rate_from", "The day")
