"""A program version as threshold gates: numbers for everything that can be true, each worked out from smaller ones.

Node 0 never holds, node 1 always does; then come the inputs, which facts decide, then the gates in an order in which
each has its inputs before it. Where rules refer to one another in a circle the gates of the circle stand together, and
are worked out again until nothing changes: starting from false, that is the least fixed point.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import lcm

from graph.requirement import Requirement
from graph.world import World

FALSE, TRUE = 0, 1
FIRST_INPUT = 2


@dataclass(frozen=True, slots=True)
class Gate:
    """True where ``needed`` or more of ``inputs`` are, which are distinct."""

    needed: int
    inputs: tuple[int, ...]


# what facts decide ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rated:
    """The deciding rating of a competency is ``rating`` or more."""

    competency: str
    rating: int


@dataclass(frozen=True, slots=True)
class Tested:
    """A test was passed; with ``months``, so lately that an award of that day still lasts so many months."""

    test: str
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Excused:
    """An item is waived; with ``months``, by a waiver so young that an award of its day still lasts."""

    kind: str
    key: str
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """A course was passed; with ``accepted``, with one of those grades."""

    course: str
    accepted: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A test score of ``at_least`` or more."""

    score: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Registered:
    """Registered in a program by the day."""

    program: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """An amount: the minutes that count in a work process, or in ``ojl`` or ``rti``.

    ``program`` is the one whose work processes ``ojl`` sums up; None: those of every program enrolled in.
    """

    within: str
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Months:
    """An amount: whole months since registration, or since the day on which the node ``step`` came to hold.

    ``key`` is that wage step's, ``lasting`` whether it is read in the world in which nothing expires.
    """

    program: str
    step: int | None = None
    key: str = ""
    lasting: bool = False


Amount = Minutes | Months


@dataclass(frozen=True, slots=True)
class Reached:
    """An amount is ``needed`` or more."""

    amount: Amount
    needed: int


Source = Rated | Tested | Excused | Graded | Scored | Registered | Reached


def asked_day(source: Source) -> int | None:
    """The node whose day an input counts months from; None for every other input."""
    if isinstance(source, Reached) and isinstance(source.amount, Months):
        return source.amount.step
    return None


# progress ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Truth:
    """1 where a node holds, else 0."""

    node: int

    @property
    def denominator(self) -> int:
        """Of the fraction: one."""
        return 1


@dataclass(frozen=True, slots=True)
class Share:
    """An amount as a part of what is needed, at most 1; nothing while the node ``gate`` does not hold."""

    amount: Amount
    needed: int
    gate: int = TRUE

    @property
    def denominator(self) -> int:
        """Of the fraction: what is needed."""
        return self.needed


@dataclass(frozen=True)
class Best:
    """The sum of the best ``needed`` of the members, divided by ``needed``."""

    needed: int
    members: tuple["Measure", ...]

    @cached_property
    def common(self) -> int:
        """The least common denominator of the members."""
        return lcm(1, *(member.denominator for member in self.members))

    @cached_property
    def denominator(self) -> int:
        """Of the fraction; it never moves with the evidence."""
        return self.needed * self.common


Measure = Truth | Share | Best


# rules taken apart ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A rule or a part of one; a named requirement is taken apart like the rule that it names.

    Attributes:
        node: holds where the rule does.
        near: of a count, where at most one more is missing.
        needed: of a group, how many members must hold.
    """

    rule: Requirement
    node: int
    near: int = TRUE
    needed: int = 0
    members: tuple["Part", ...] = ()


# the whole -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CompetencyNodes:
    """Where to read a competency: ``lasting`` is ``met`` had no credential ever expired."""

    met: int
    waived: int
    lasting: int
    ready: int


@dataclass(frozen=True, slots=True)
class CredentialNodes:
    """Where to read a credential: ``begun`` is any part passed."""

    current: int
    held: int
    waived: int
    begun: int
    ready: int


@dataclass(frozen=True, eq=False)
class GateProgram:
    """One program version, compiled.

    Attributes:
        inputs: node ``FIRST_INPUT + n`` is the n-th.
        gates: node ``first_gate + n`` is the n-th.
        knots: half-open ranges of gate nodes that refer to one another in a circle.
        sequence: inputs and gates in an order in which also the day of a step is known before it is asked for,
            but for circles.
        steps: for each wage step its node and the progress of its rule (None: no rule).
        completion: its node and progress; None where the program has none.
        parts: the rules of all steps, and last that of completion, taken apart; None for those without a rule.
    """

    world: World
    focus: str | None
    inputs: tuple[Source, ...]
    gates: tuple[Gate, ...]
    knots: tuple[tuple[int, int], ...]
    sequence: tuple[int, ...]
    competencies: Mapping[str, CompetencyNodes]
    credentials: Mapping[str, CredentialNodes]
    steps: tuple[tuple[int, Measure | None], ...]
    completion: tuple[int, Measure] | None
    parts: tuple[Part | None, ...] = ()

    @property
    def first_gate(self) -> int:
        """The number of the first gate."""
        return FIRST_INPUT + len(self.inputs)

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return self.first_gate + len(self.gates)

    @cached_property
    def needed(self) -> tuple[int, ...]:
        """For every node how many of its inputs must hold; 0 for what is no gate."""
        return (*[0] * self.first_gate, *(gate.needed for gate in self.gates))

    @cached_property
    def readers(self) -> tuple[tuple[int, ...], ...]:
        """For every node the gates that read it."""
        found: list[list[int]] = [[] for _ in range(self.size)]
        for node, gate in enumerate(self.gates, self.first_gate):
            for read in gate.inputs:
                found[read].append(node)
        return tuple(tuple(nodes) for nodes in found)

    @cached_property
    def ways(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For every test the passes that count for it: (credential, part), the part empty for the whole."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for key, credential in self.world.credentials.items():
            for part, test in credential.tests.items():
                found.setdefault(test, {}).update({(key, ""): None, (key, part): None})
        return {test: tuple(ways) for test, ways in found.items()}

    @cached_property
    def days_asked(self) -> frozenset[int]:
        """The nodes from whose days months are counted, in a rule or in its progress."""
        return frozenset(amount.step for amount in self.months_since_steps if amount.step is not None)

    @cached_property
    def months_since_steps(self) -> frozenset[Months]:
        """The amounts that are months since a wage step."""
        measures = [measure for _, measure in self.steps if measure is not None]
        measures += [self.completion[1]] if self.completion else []
        amounts = [source.amount for source in self.inputs if isinstance(source, Reached)]
        amounts += [share.amount for measure in measures for share in shares(measure)]
        return frozenset(
            amount for amount in amounts if isinstance(amount, Months) and amount.step is not None
        )

    def reads(self, node: int) -> tuple[int, ...]:
        """What a node is worked out from: a gate's inputs, or the node whose day an input asks for."""
        if node >= self.first_gate:
            return self.gates[node - self.first_gate].inputs
        step = asked_day(self.inputs[node - FIRST_INPUT]) if node >= FIRST_INPUT else None
        return () if step is None else (step,)

    def below(self, nodes: Iterable[int]) -> frozenset[int]:
        """Everything that nodes rest on, themselves included."""
        found = set(nodes)
        stack = list(found)
        while stack:
            fresh = [read for read in self.reads(stack.pop()) if read not in found]
            found.update(fresh)
            stack.extend(fresh)
        return frozenset(found)


def shares(measure: Measure) -> Iterator[Share]:
    """The amounts that a measure reads."""
    if isinstance(measure, Share):
        yield measure
    elif isinstance(measure, Best):
        for member in measure.members:
            yield from shares(member)
