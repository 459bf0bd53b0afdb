"""What waits for an answer about somebody's raises: corrections, appeals, and proposals one may object to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from apprenticeship.proposals.looking import flows_of
from apprenticeship.proposals.model import Flow, Statement, StatementKind
from apprenticeship.proposals.standing_by import objection_days_of
from apprenticeship.raises.glance import Glance
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from web import words
from web.pages.raise_story import correction_words, step_name


@dataclass(frozen=True)
class Question:
    """One thing to answer: the proposal or appeal that a form names, the step, and what is to be said of it."""

    number: int
    step: str
    text: str


@dataclass(frozen=True)
class Questions:
    """Everything that is open about one person's raises.

    Attributes:
        corrections: to accept or to set aside.
        appeals: to answer by deciding again, or by leaving things as they are.
        objectable: proposals that stand by themselves unless somebody objects.
        objected: proposals that wait because somebody objected.
    """

    corrections: tuple[Question, ...] = ()
    appeals: tuple[Question, ...] = ()
    objectable: tuple[Question, ...] = ()
    objected: tuple[str, ...] = ()

    @property
    def answers_wanted(self) -> bool:
        """Whether the employer is to answer something."""
        return bool(self.corrections or self.appeals)


async def questions(standing: Standing, flow: Flow) -> Questions:
    """Return what is open about one person."""
    sponsor = standing.enrolment.sponsor
    days = (await objection_days_of([sponsor], standing.as_of))[sponsor]
    return _questions(standing, flow, days)


def _questions(standing: Standing, flow: Flow, days: int | None) -> Questions:
    waiting = [one for one in flow.open_raises if flow.about(one, StatementKind.OBJECTION)]
    free = [one for one in flow.open_raises if one not in waiting]
    return Questions(
        corrections=tuple(
            Question(one.id, step_name(standing, one.step), correction_words(standing, one))
            for one in flow.open_corrections
        ),
        appeals=tuple(_appeal(standing, flow, one) for one in flow.open_appeals),
        objectable=()
        if days is None
        else tuple(
            Question(one.id, step_name(standing, one.step), words.day(one.last_day_to_object(days)))
            for one in free
            if standing.as_of <= one.last_day_to_object(days)
        ),
        objected=tuple(step_name(standing, one.step) for one in waiting),
    )


def _appeal(standing: Standing, flow: Flow, appeal: Statement) -> Question:
    step, day = step_name(standing, flow.step_of(appeal)), words.day(appeal.said_at)
    why = f": {appeal.reason}" if appeal.reason else "."
    return Question(appeal.id, step, f"{standing.person.name} appealed on {day} about {step}{why}")


def _waits(flow: Flow) -> bool:
    return bool(flow.open_corrections or flow.open_appeals)


@dataclass(frozen=True)
class Asked:
    """Somebody whose raises an employer is to answer something about, in words."""

    name: str
    person: UUID
    texts: tuple[str, ...]


async def asked_of(crew: Sequence[Glance]) -> tuple[Asked, ...]:
    """Return those of a crew about whom something is to be answered, by name."""
    flows = await flows_of([one.enrolment.id for one in crew])
    open_ = [one for one in crew if _waits(flows[one.enrolment.id])]
    if not open_:
        return ()
    standings = await standings_of([one.person.id for one in open_], as_of=open_[0].as_of)
    found = [
        (one, _questions(one, flows[one.enrolment.id], None))
        for one in standings
        if one.enrolment.id in flows
    ]
    wanted = (
        Asked(
            one.person.name,
            one.person.id,
            (
                *(one.text for one in of.appeals),
                *(f"{question.step}: {question.text}" for question in of.corrections),
            ),
        )
        for one, of in found
        if of.answers_wanted
    )
    return tuple(sorted(wanted, key=lambda one: (one.name, one.person)))
