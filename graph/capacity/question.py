"""What a capacity plan is asked: who is to be trained, where and by whom, for how long, and what it may cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.dates import add_months
from graph.evaluating import Evaluation
from graph.world import Effort

MOST_MONTHS = 36
FULL_MONTH = 160 * 60
"""Minutes on the job in a month, where no pace is given."""


@dataclass(frozen=True, slots=True)
class Place:
    """A station, or a mentor, with what it has room for.

    Attributes:
        trains: names of things (``competency:f:c0``); None: whatever is asked for.
        minutes: of training in each month of the plan; None: no limit.
        slots: people being trained in each month of the plan; None: no limit.
    """

    id: str
    title: str
    trains: frozenset[str] | None = None
    minutes: tuple[int, ...] | None = None
    slots: tuple[int, ...] | None = None

    def takes(self, name: str) -> bool:
        """Whether a thing is trained here."""
        return self.trains is None or name in self.trains


@dataclass(frozen=True, slots=True)
class Pace:
    """What everybody logs beside the training, in minutes a month; related instruction as registered where None."""

    job: int = FULL_MONTH
    related: int | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What a month earlier is worth.

    Attributes:
        raise_percent: of the cents an hour that a raise brings, 100 for all of them.
        completion: cents an hour that a completion counts for.
    """

    raise_percent: int = 100
    completion: int = 100


@dataclass(frozen=True)
class Question:
    """What is there to train with. Months are counted from ``start``: month 0 begins on it.

    Attributes:
        stations: every training takes place at one of them.
        mentors: every training is also given by one of them; none in it: nobody is asked for.
        budget: cents for all of the plan; None: no limit.
        monthly: cents for trainings that begin in each month; None: no limit.
        training: minutes of training that a person may take in a month.
        efforts: what things take, where it is to be other than their standard says.
        seconds: how long to look for something better.
    """

    start: date
    months: int
    stations: tuple[Place, ...]
    mentors: tuple[Place, ...] = ()
    budget: int | None = None
    monthly: tuple[int, ...] | None = None
    training: int = FULL_MONTH
    pace: Pace = Pace()
    weights: Weights = Weights()
    efforts: Mapping[str, Effort] = field(default_factory=dict)
    seconds: float = 20.0

    def ends(self, month: int) -> date:
        """The first day after a month of the plan."""
        return add_months(self.start, month + 1)


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody who may be trained, as of the start of the plan."""

    id: str
    evaluation: Evaluation
