"""Random small shops: people of one random world, stations with little room, and every plan that there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from hypothesis import strategies as st

from graph.capacity.ahead import ahead_of
from graph.capacity.least_time import with_own_time
from graph.capacity.question import Place, Question, Trainee
from graph.capacity.room import Booking, Room
from graph.capacity.trainings import Outlook, outlook_of
from graph.capacity.value import worth_of
from graph.facts import Person
from graph.world import Effort
from tests.graph.asking import Asked
from tests.oracle.dice import Dice
from tests.oracle.worlds import PROGRAM, Shape, worlds

SMALL = Shape(competencies=3, credentials=2, evidence=5, expiry=False, latest=False)
MONTHS = 3
HOURS = (0, 10, 10, 20, 30)
MOST_THINGS = 4
"""Trainings of one person up to which every plan is tried."""


@dataclass(frozen=True)
class RandomShop:
    asked: Asked
    trainees: tuple[Trainee, ...]
    question: Question

    @property
    def outlooks(self) -> list[Outlook]:
        return [
            with_own_time(outlook_of(ahead_of(one, self.question), self.question), self.question)
            for one in self.trainees
        ]


@st.composite
def shops(draw: st.DrawFn) -> RandomShop:
    random = draw(worlds(SMALL))
    dice = Dice(draw)
    asked = Asked(random)
    today = asked.evaluation()
    newcomer = Person("newcomer", "", asked.person.enrolments)
    trainees = [Trainee("p", today)]
    if dice.chance(1, 2):
        trainees.append(
            Trainee(
                "newcomer",
                type(today)(today.world, newcomer, program=PROGRAM, as_of=today.as_of, known_at=None),
            )
        )
    names = [f"competency:{key}" for key in today.world.competencies]
    names += [f"credential:{key}" for key in today.world.credentials]
    names += [f"course:{key}" for key in today.world.courses]
    names += [f"score:{key}" for key in today.world.scores]
    stations = tuple(_place(dice, f"s{number}", names) for number in range(dice.number(1, 2)))
    mentors = tuple(_place(dice, f"m{number}", names) for number in range(dice.pick([0, 0, 1, 2])))
    question = Question(
        today.as_of,
        MONTHS,
        stations,
        mentors,
        budget=dice.pick([None, None, 0, 1000, 2000]),
        monthly=dice.pick([None, None, (1000, 0, 1000)]),
        training=dice.pick([20, 30, 40]) * 60,
        efforts={name: Effort(dice.pick(HOURS) * 60, dice.pick([0, 500, 1000])) for name in names},
    )
    return RandomShop(asked, tuple(trainees), question)


def _place(dice: Dice, name: str, names: Sequence[str]) -> Place:
    return Place(
        name,
        name,
        None if dice.chance(1, 2) else frozenset(dice.some(list(names), 5)),
        None if dice.chance(1, 4) else tuple(dice.pick([0, 10, 20, 40]) * 60 for _ in range(MONTHS)),
        None if dice.chance(1, 2) else tuple(dice.pick([0, 1, 2]) for _ in range(MONTHS)),
    )


def is_small(shop: RandomShop) -> bool:
    """Whether every plan can be tried."""
    return all(len(outlook.trainings) <= MOST_THINGS for outlook in shop.outlooks)


def most_worth(shop: RandomShop) -> int:
    """What the best of all plans is worth, every one tried."""
    outlooks, months = shop.outlooks, shop.question.months
    own = [
        sorted(_plans(outlook, at, shop.question), key=lambda one: -one[0])
        for at, outlook in enumerate(outlooks)
    ]
    best = 0
    for combined in product(*own):
        value = sum(worth for worth, _ in combined)
        if value > best and fits(outlooks, [one for _, plan in combined for one in plan], shop.question):
            best = value
        if value <= best and len(own) == 1:
            break
    return best if months else 0


def _plans(outlook: Outlook, person: int, question: Question) -> Iterator[tuple[int, tuple[Booking, ...]]]:
    """Every plan of one person that begins things after what they ask for, and fits alone."""
    choices = [
        [
            None,
            *(
                Booking(person, name, month, station, mentor)
                for month in range(question.months)
                for station in training.stations
                for mentor in (training.mentors or (None,))
            ),
        ]
        for name, training in outlook.trainings.items()
    ]
    for tried in product(*choices):
        plan = tuple(one for one in tried if one is not None)
        if any(one.month + len(outlook.trainings[one.name].loads) > question.months for one in plan):
            continue
        finished = {one.name: one.month + len(outlook.trainings[one.name].loads) - 1 for one in plan}
        came = outlook.unfolder.with_finished(finished)
        if all(came[outlook.trainings[one.name].thing.requires] < one.month for one in plan):
            alone = [replace(one, person=0) for one in plan]
            if not any(
                set(range(one.month, finished[one.name] + 1)) & outlook.ahead.away for one in plan
            ) and fits([outlook], alone, question):
                yield worth_of(outlook, finished, question.months), plan


def fits(outlooks: Sequence[Outlook], plan: Sequence[Booking], question: Question) -> bool:
    """Whether nothing is taken that is not there."""
    room = Room(question, len(outlooks))
    for one in plan:
        room.book(one, outlooks[one.person].trainings[one.name])
    return not room.over()
