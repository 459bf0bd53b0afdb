"""The rules of a world as gates: what `graph.reckoning` works out over all days, for one day."""

from graph.gates.building import Builder
from graph.gates.program import (
    FALSE,
    TRUE,
    Excused,
    Graded,
    Minutes,
    Months,
    Rated,
    Reached,
    Registered,
    Scored,
    Tested,
)
from graph.order import (
    Node,
    Scope,
    counted_competencies,
    counted_credentials,
    order,
    previous_step,
)
from graph.requirement import (
    OJL,
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    Group,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
    leaves,
)
from graph.world import Competency, Credential, Program, World


class Rules:
    """The gates of one world. With ``real``, those of the same world in which no credential ever expires.

    What rests neither on expiry nor on the day of a step is the same in both, and is built once.
    """

    def __init__(
        self, builder: Builder, world: World, focus: str | None, *, real: "Rules | None" = None
    ) -> None:
        self.world = world
        self.focus = focus
        self.builder = builder
        self._real = real
        self._dated = order(world, focus).dated
        self._lifetimes = _lifetimes(world)
        self._nodes: dict[Node, int] = {}
        self._recent: dict[tuple[str, int], int] = {}
        self._reserved: dict[Node | tuple[str, int], int] = {}

    def build(self) -> None:
        """Define every node; those that are named before their turn are reserved and tied."""
        for node in order(self.world, self.focus).nodes:
            if self._real is not None and node not in self._dated:
                continue
            self._nodes[node] = self._define(node)
            if node in self._reserved:
                self.builder.tie(self._reserved[node], self._nodes[node])
            if node.kind == "credential" and self._real is None:
                self._define_recent(node.key)

    def node(self, node: Node) -> int:
        """Where a competency is met, a credential held, a rule, step or completion true."""
        if self._real is not None and node not in self._dated:
            return self._real.node(node)
        return self._nodes[node] if node in self._nodes else self._before_its_turn(node)

    def met(self, key: str) -> int:
        """A competency met, waivers left aside."""
        return self.node(Node("competency", key))

    def held(self, key: str) -> int:
        """A credential held, waivers left aside."""
        return self.node(Node("credential", key))

    def current(self, key: str) -> int:
        """A credential held whose latest award has not expired."""
        lifetime = self.world.credentials[key].valid_for
        if self._real is not None or lifetime is None:
            return self.held(key)
        return self.builder.all_of(self.held(key), self._recently(key, lifetime.in_months))

    def waived(self, kind: str, key: str) -> int:
        """An item waived."""
        return self.builder.source(Excused(kind, key))

    def begun(self, key: str) -> int:
        """Any part of a credential passed."""
        return self.builder.any_of(*self._passes(key))

    def ready(self, item: Competency | Credential) -> int:
        """An item's prerequisites."""
        return TRUE if item.prerequisites is None else self.holds(item.prerequisites, Scope(self.focus))

    def holds(self, rule: Requirement, scope: Scope) -> int:
        """The node of a requirement."""
        match rule:
            case All() | Any() | AtLeast():
                return self.builder.gate(rule.needed, [self.holds(member, scope) for member in rule.members])
            case CompetencyLeaf():
                return self._competency_leaf(rule)
            case CredentialLeaf():
                return self.credential_leaf(rule.key, current=rule.current)
            case CredentialCount():
                return self.builder.gate(rule.needed, self.counted(rule, scope))
            case CompetencyCount():
                return self.builder.gate(rule.needed, self.counted(rule, scope))
            case HoursLeaf():
                minutes = minutes_of(rule, scope)
                return self.builder.source(Reached(minutes, rule.minutes)) if rule.minutes > 0 else TRUE
            case MonthsLeaf():
                return self._months(rule, scope)
            case CourseLeaf():
                accepted = None if rule.grade is None else frozenset(rule.accepted)
                return self.builder.source(Graded(rule.key, accepted))
            case ScoreLeaf():
                return self.builder.source(Scored(rule.key, rule.at_least))
            case NamedLeaf():
                return self.node(Node("requirement", rule.key, scope.program))
            case StepLeaf():
                return self.node(Node("step", rule.key))
            case ProgramLeaf():
                return self.node(Node("program", rule.key))

    def counted(self, rule: CredentialCount | CompetencyCount, scope: Scope) -> list[int]:
        """The nodes that a count counts."""
        if isinstance(rule, CredentialCount):
            keys = counted_credentials(self.world, rule)
            return [self.credential_leaf(key, current=rule.current) for key in keys]
        keys = counted_competencies(self.world, rule, scope.program)
        return [self.competency(key) for key in keys]

    def months(self, rule: MonthsLeaf, scope: Scope) -> tuple[int, Months] | None:
        """The node without which no months count, and the months; None where they never do."""
        if scope.program is None or (rule.since == "step" and scope.previous is None):
            return None
        if rule.since == "registered" or scope.previous is None:
            return TRUE, Months(scope.program)
        reached = self.node(scope.previous)
        if previous_step(self.world, scope.previous.key) is None:
            return reached, Months(scope.program)
        lasting = self._real is not None and scope.previous in self._dated
        return reached, Months(scope.program, reached, scope.previous.key, lasting)

    def competency(self, key: str) -> int:
        """A competency met or waived."""
        return self.builder.any_of(self.met(key), self.waived("competency", key))

    def credential_leaf(self, key: str, *, current: bool) -> int:
        """A credential held or waived, or held and not expired."""
        if current:
            return self.current(key)
        return self.builder.any_of(self.held(key), self.waived("credential", key))

    def _competency_leaf(self, rule: CompetencyLeaf) -> int:
        if rule.rating is None:
            return self.competency(rule.key)
        return self.builder.all_of(self.met(rule.key), self.builder.source(Rated(rule.key, rule.rating)))

    def _months(self, rule: MonthsLeaf, scope: Scope) -> int:
        found = self.months(rule, scope)
        if found is None:
            return FALSE
        reached, amount = found
        return self.builder.all_of(reached, self.builder.source(Reached(amount, rule.months)))

    # definitions

    def _before_its_turn(self, what: Node | tuple[str, int]) -> int:
        if what not in self._reserved:
            self._reserved[what] = self.builder.reserve()
        return self._reserved[what]

    def _define(self, node: Node) -> int:
        match node.kind:
            case "competency":
                return self._define_competency(self.world.competencies[node.key])
            case "credential":
                return self._define_held(self.world.credentials[node.key])
            case "requirement":
                return self.holds(self.world.requirements[node.key].when, Scope(node.context))
            case "program":
                completion = self.world.programs[node.key].completion
                return FALSE if completion is None else self.holds(completion, Scope(node.key))
            case _:
                return self._define_step(node)

    def _define_competency(self, item: Competency) -> int:
        proofs = [self.builder.source(Rated(item.key, item.framework.competent))]
        if item.satisfied_by is not None:
            proofs.append(self.holds(item.satisfied_by, Scope(self.focus)))
        return self._gated(item, self.builder.any_of(*proofs))

    def _define_held(self, item: Credential) -> int:
        proofs = [self.builder.all_of(*self._passes(item.key))]
        if item.composed_of is not None:
            proofs.append(self.holds(item.composed_of, Scope(self.focus)))
        return self._gated(item, self.builder.any_of(*proofs))

    def _gated(self, item: Competency | Credential, proof: int) -> int:
        return self.builder.all_of(proof, self.ready(item)) if item.framework.enforce else proof

    def _define_step(self, node: Node) -> int:
        program, position = self.world.step(node.key)
        previous = previous_step(self.world, node.key)
        before = self._registered(program) if previous is None else self.node(previous)
        when = program.steps[position].when
        return (
            before
            if when is None
            else self.builder.all_of(before, self.holds(when, Scope(program.key, previous)))
        )

    def _registered(self, program: Program) -> int:
        return self.builder.source(Registered(program.key))

    def _passes(self, key: str, months: int | None = None) -> list[int]:
        tests = dict.fromkeys(self.world.credentials[key].tests.values())
        return [self.builder.source(Tested(test, months)) for test in tests]

    # how lately something was awarded, for what expires

    def _recently(self, key: str, months: int) -> int:
        """The latest award of a credential still lasts, were it one that lasts so many months."""
        asked = (key, months)
        return self._recent[asked] if asked in self._recent else self._before_its_turn(asked)

    def _define_recent(self, key: str) -> None:
        item = self.world.credentials[key]
        for months in self._lifetimes.get(key, ()):
            lately = self.builder.any_of(*self._passes(key, months))
            ways = [self.builder.all_of(*self._passes(key), lately)]
            if item.composed_of is not None:
                ways.append(self._member_recent(item.composed_of, months))
            node = self._recent[key, months] = self.builder.any_of(*ways)
            if (key, months) in self._reserved:
                self.builder.tie(self._reserved[key, months], node)

    def _member_recent(self, rule: Requirement, months: int) -> int:
        """A member that holds was awarded, or waived, lately enough; only while the rule itself holds."""
        holds = self.holds(rule, Scope(self.focus))
        if isinstance(rule, Group):
            members = [self._member_recent(member, months) for member in rule.members]
            return self.builder.all_of(holds, self.builder.any_of(*members))
        if not isinstance(rule, CredentialLeaf):
            return FALSE
        awarded = self.builder.all_of(self.held(rule.key), self._recently(rule.key, months))
        excused = self.builder.source(Excused("credential", rule.key, months))
        return self.builder.all_of(holds, self.builder.any_of(awarded, excused))


def minutes_of(rule: HoursLeaf, scope: Scope) -> Minutes:
    """The amount that a rule of hours asks for."""
    return Minutes(rule.within, scope.program if rule.within == OJL else None)


def _lifetimes(world: World) -> dict[str, dict[int, None]]:
    """For every credential the lifetimes, in months, under which its latest award is asked for."""
    found: dict[str, dict[int, None]] = {}
    stack = [(key, c.valid_for.in_months) for key, c in world.credentials.items() if c.valid_for is not None]
    while stack:
        key, months = stack.pop()
        if months in found.setdefault(key, {}):
            continue
        found[key][months] = None
        rule = world.credentials[key].composed_of
        named = () if rule is None else leaves(rule)
        stack += [(leaf.key, months) for leaf in named if isinstance(leaf, CredentialLeaf)]
    return found
