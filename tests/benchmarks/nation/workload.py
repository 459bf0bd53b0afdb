"""One nation to measure on: a core, twelve trades above it, and rules of every shape, as large as asked for.

With 300 competencies it has 60 credentials, 12 occupations with 5 wage steps and 963 threshold gates, 28 deep. Half
of the trades enforce prerequisites. Prerequisites only point down, so that the depth hardly grows
with the size.
"""

from dataclasses import dataclass, field
from random import Random

from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    Requirement,
    ScoreLeaf,
)
from graph.world import Competency, Credential, Framework, Lifetime, Named, Program, Step, WorkProcess, World

TRADES = 12
LAYERS = 8
AREAS = 3
HOUR = 60
SEED = 13
CORE = Framework("core")
SIZES = (1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 192)
"""How many things a group of a completion may name: their shares have a small common denominator."""


@dataclass
class Shelf:
    """What one framework has, layer by layer."""

    framework: Framework
    competencies: list[list[str]] = field(default_factory=lambda: [[] for _ in range(LAYERS)])
    credentials: list[list[str]] = field(default_factory=lambda: [[] for _ in range(LAYERS)])

    def all_competencies(self) -> list[str]:
        """Every competency, lowest first."""
        return [key for layer in self.competencies for key in layer]

    def all_credentials(self) -> list[str]:
        """Every credential, lowest first."""
        return [key for layer in self.credentials for key in layer]


def nation(competencies: int = 300, seed: int = SEED) -> World:
    """A world of so many competencies, a fifth as many credentials and twelve programs; the same for a seed."""
    random = Random(seed)
    core, *trades = shelves(competencies)
    found: dict[str, Competency] = {}
    passes: dict[str, Credential] = {}
    for shelf in (core, *trades):
        writer = Writer(random, core, shelf)
        found |= {item.key: item for item in writer.competencies()}
        passes |= {item.key: item for item in writer.credentials()}
    named = [_named(core, trade) for trade in trades]
    return World(
        frameworks={shelf.framework.id: shelf.framework for shelf in (core, *trades)},
        competencies=found,
        credentials=passes,
        courses={f"{trade.framework.id}:theory": "Theory" for trade in trades},
        scores={"core:mathematics": "Mathematics"},
        requirements={one.key: one for one in named},
        programs={one.key: one for one in (_program(core, trade) for trade in trades)},
    )


def shelves(competencies: int) -> list[Shelf]:
    """The core with a quarter of everything, and the trades."""
    made = [Shelf(CORE)]
    made += [Shelf(Framework(f"trade-{n:02d}", enforce=n % 2 == 1)) for n in range(TRADES)]
    for kind, many in (("c", competencies), ("k", competencies // 5)):
        for shelf, count in zip(made, _dealt(many), strict=True):
            layers = shelf.competencies if kind == "c" else shelf.credentials
            for number in range(count):
                layers[number * LAYERS // count].append(f"{shelf.framework.id}:{kind}{number}")
    return made


def layers_of(competencies: int) -> dict[str, int]:
    """For every item how high up it stands, from 0."""
    return {
        key: layer
        for shelf in shelves(competencies)
        for kind in (shelf.competencies, shelf.credentials)
        for layer, keys in enumerate(kind)
        for key in keys
    }


def _dealt(many: int) -> list[int]:
    core = many // 4
    each, rest = divmod(many - core, TRADES)
    return [core, *(each + (number < rest) for number in range(TRADES))]


class Writer:
    """Writes the rules of one shelf."""

    def __init__(self, random: Random, core: Shelf, shelf: Shelf) -> None:
        self.random, self.core, self.shelf = random, core, shelf

    def competencies(self) -> list[Competency]:
        """Every competency; most are also proven by a credential of their layer or of one below."""
        return [
            Competency(
                key=key,
                framework=self.shelf.framework,
                kind="duty",
                prerequisites=self.prerequisites(layer),
                satisfied_by=self.proof(layer),
            )
            for layer, keys in enumerate(self.shelf.competencies)
            for key in keys
        ]

    def credentials(self) -> list[Credential]:
        """Every credential; two of three have a theory test, every third expires."""
        return [
            Credential(
                key=key,
                framework=self.shelf.framework,
                level=1 + layer // 5,
                tests={part: f"{key}/{part}" for part in ("performance", "theory")[: 1 + (number % 3 > 0)]},
                valid_for=Lifetime(years=5) if number % 3 == 0 else None,
                prerequisites=self.prerequisites(layer),
            )
            for layer, keys in enumerate(self.shelf.credentials)
            for number, key in enumerate(keys, layer)
        ]

    def prerequisites(self, layer: int) -> Requirement | None:
        """What should be met before: one of the layer right below, and what stands lower."""
        own = self._below(self.shelf, layer)
        if not own:
            return None
        near = CompetencyLeaf(self.random.choice(own[-2:]))
        core = self._below(self.core, layer) if self.core is not self.shelf else []
        lower = self.random.sample([*own, *core], min(3, len(own) + len(core)))
        far = [CompetencyLeaf(key) for key in lower if key != near.key][:2]
        if len(far) < 2:
            return near
        forms: list[Requirement] = [
            All((near, Any((*far,)))),
            AtLeast(2, (near, *far)),
            All((near, far[0])),
            Any((near, far[0])),
        ]
        return self.random.choice(forms)

    def proof(self, layer: int) -> Requirement | None:
        """What proves a competency besides a sign-off; nothing for two of five."""
        around = [k for keys in self.shelf.credentials[max(0, layer - 1) : layer + 1] for k in keys]
        if not around or self.random.random() < 2 / 5:
            return None
        first = CredentialLeaf(self.random.choice(around))
        below = self._below(self.shelf, layer)
        if below and self.random.random() < 1 / 4:
            return All((first, CompetencyLeaf(below[-1])))
        return first

    def _below(self, shelf: Shelf, layer: int) -> list[str]:
        return [key for keys in shelf.competencies[:layer] for key in keys]


def _named(core: Shelf, trade: Shelf) -> Named:
    """A sound basis: a course, a score, or two of the first credentials."""
    home = trade.framework.id
    first = [CredentialLeaf(key) for key in (core.all_credentials() + trade.all_credentials())[:4]]
    when = Any(
        (
            CourseLeaf(f"{home}:theory", "B", ("A", "B")),
            ScoreLeaf("core:mathematics", 5),
            AtLeast(2, (*first,)) if len(first) > 2 else All((*first,)),
        )
    )
    return Named(f"{home}:basis", "A sound basis", when)


def _program(core: Shelf, trade: Shelf) -> Program:
    home = trade.framework.id
    key = f"{home}-program"
    areas = [trade.all_competencies()[number::AREAS] for number in range(AREAS)]
    processes = tuple(
        WorkProcess(f"{key}:area-{number}", maximum=3000 * HOUR, competencies=frozenset(area))
        for number, area in enumerate(areas)
    )
    groups: list[Requirement] = [All(tuple(map(CompetencyLeaf, _whole(area)))) for area in areas if area]
    groups.append(All(tuple(map(CompetencyLeaf, _whole(core.competencies[-1] or core.all_competencies())))))
    groups.append(All(tuple(_lasting(_whole(trade.all_credentials() + core.all_credentials()[-2:])))))
    return Program(
        key,
        frameworks=("core", home),
        work_processes=processes,
        completion=All(tuple(groups)),
        steps=_steps(core, trade, key, areas),
    )


def _whole(keys: list[str]) -> list[str]:
    return keys[: max(size for size in SIZES if size <= len(keys))]


def _lasting(keys: list[str]) -> list[Requirement]:
    """Held, and every second one not expired."""
    return [CredentialLeaf(key, current=number % 2 == 0) for number, key in enumerate(keys)]


def _steps(core: Shelf, trade: Shelf, key: str, areas: list[list[str]]) -> tuple[Step, ...]:
    home, all_of_it = trade.framework.id, trade.all_competencies()
    rules: list[Requirement] = [
        Any(
            (
                All((HoursLeaf(1000 * HOUR, "ojl"), MonthsLeaf(6, "registered"))),
                CompetencyCount(1 + len(areas[0]) // 2, work_process=f"{key}:area-0"),
            )
        ),
        All((HoursLeaf(2000 * HOUR, "ojl"), CredentialCount(2, framework="core"))),
        All((NamedLeaf(f"{home}:basis"), CompetencyCount(1 + len(all_of_it) // 2, framework=home))),
        All(
            (
                Any((HoursLeaf(6000 * HOUR, "ojl"), MonthsLeaf(36, "registered"))),
                CompetencyLeaf(all_of_it[-1], rating=4),
                CompetencyCount(1 + len(core.all_competencies()) // 2, framework="core"),
            )
        ),
    ]
    return (Step(f"{key}:s1"), *(Step(f"{key}:s{n}", when=rule) for n, rule in enumerate(rules, 2)))
