"""How somebody stands on a day: the rows, the standards, and the answers worked out from them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence.model import Evidence
from apprenticeship.people.model import Person
from apprenticeship.raises.model import InForce, Kind, RaiseDecision, in_force
from apprenticeship.standing.facts import learner_with, person_with
from graph.evaluating import Evaluation, WageAnswer, cents_of, evaluate
from graph.explaining import Explanation, explain
from graph.facts import Fact
from graph.facts import Person as Learner
from graph.fixing import Fix, NoFix, fix
from graph.next_steps import NextStep, Ways, next_steps
from graph.order import Scope
from graph.requirement import CompetencyLeaf, CredentialLeaf, NamedLeaf, Requirement
from graph.searches import Searches
from graph.supposing import Difference, Supposition, suppose
from graph.world import Program, Step, World
from standards.naming import Names
from standards.suppositions import Asked, Known, supposition_of


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One person in one program on one day. Answers are worked out when first asked for, then kept.

    Attributes:
        known_at: what was known at this moment; None is everything.
        evidence: the rows that stand, the oldest entry first.
        decisions: what was decided about raises, the first decision first.
        standards_sha256: the hash of the standards that decide here.
        facts: the evidence as the engine reads it, where that is known already.
        about: the key of the one wage step that is asked about, which is quicker; None for everything.
        searches: those of the same person's other standings under the same standards, to be shared.
    """

    person: Person
    enrolment: Enrolment
    enrolments: tuple[Enrolment, ...]
    as_of: date
    known_at: datetime | None
    world: World
    evidence: tuple[Evidence, ...]
    decisions: tuple[RaiseDecision, ...]
    standards_sha256: str
    facts: tuple[Fact, ...] | None = None
    about: str | None = None
    searches: Searches | None = None

    @cached_property
    def learner(self) -> Learner:
        """The person as the engine sees them."""
        if self.facts is not None:
            return learner_with(self.person, self.enrolments, self.facts)
        return person_with(self.world, self.person, self.enrolments, self.evidence)

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate(
            self.world,
            self.learner,
            program=self.enrolment.program_key,
            as_of=self.as_of,
            known_at=self.known_at,
            step=self.about,
            searches=self.searches,
        )

    @property
    def program(self) -> Program:
        return self.world.programs[self.enrolment.program_key]

    @cached_property
    def completion(self) -> Explanation | None:
        """Why the program is complete or not."""
        rule = self.program.completion
        return None if rule is None else explain(self.evaluation, rule)

    @cached_property
    def in_force(self) -> InForce:
        """The decisions that stand."""
        return in_force(self.decisions)

    @property
    def awarded(self) -> tuple[RaiseDecision, ...]:
        """The approvals in force on the day, the first given first; what is paid later is not looked ahead at."""
        given = self.in_force.given.values()
        return tuple(one for one in given if one.effective_on is not None and one.effective_on <= self.as_of)

    @property
    def awarded_step(self) -> Step | None:
        """The highest wage step that was given."""
        given = {award.step for award in self.awarded}
        return next((step for step in reversed(self.program.steps) if step.key in given), None)

    @property
    def reached_step(self) -> Step | None:
        """The wage step that the rules say on the day."""
        wage = self.evaluation.wage
        return None if wage is None else next((s for s in self.program.steps if s.key == wage.step), None)

    @cached_property
    def wage(self) -> WageAnswer | None:
        """The wage step by the rules and the way to the next raise; None where the program has no schedule.

        The next is above what was given, too: a step given stays paid where its rule holds no more.
        """
        wage, given, steps = self.evaluation.wage, self.awarded_step, self.program.steps
        if wage is None or wage.next is None or given is None:
            return wage
        place = steps.index(given)
        if [step.key for step in steps].index(wage.next) > place:
            return wage
        if place + 1 == len(steps):
            return replace(wage, next=None, next_cents=None, progress=Fraction(1))
        following = steps[place + 1].key
        cents = cents_of(self.program, following, self.as_of)
        progress = self.evaluation.step_progress(following)
        return replace(wage, next=following, next_cents=cents, progress=progress)

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """The steps that are reached beyond the highest that was given; the first comes with registration."""
        steps, reached = self.program.steps, self.reached_step
        if reached is None:
            return ()
        given = 0 if self.awarded_step is None else steps.index(self.awarded_step)
        return steps[given + 1 : steps.index(reached) + 1]

    @property
    def raise_reached(self) -> bool:
        """Whether a step is reached beyond the highest that was given."""
        return bool(self.open_steps)

    @cached_property
    def due_step(self) -> Step | None:
        """The highest step that is to be decided: it is reached and open, and nobody has set it aside."""
        return next((step for step in reversed(self.open_steps) if self.set_aside(step.key) is None), None)

    @property
    def raise_due(self) -> bool:
        """Whether a raise is to be decided."""
        return self.due_step is not None

    @property
    def step_asked(self) -> Step | None:
        """The step that a decision is about: the one that is due, else the one reached."""
        return self.due_step or self.reached_step

    @property
    def reached_set_aside(self) -> RaiseDecision | None:
        """The decision that keeps the step reached from being due."""
        reached = self.reached_step
        return None if reached is None else self.set_aside(reached.key)

    def set_aside(self, step: str) -> RaiseDecision | None:
        """Return the decision that keeps a step from being due.

        It is postponed to a day that has not come, or denied and rests on the same evidence still.
        """
        decision = self.in_force.of(step)
        if decision is None or decision.kind is Kind.APPROVED:
            return None
        if decision.postponed_until is not None:
            return decision if self.as_of < decision.postponed_until else None
        return decision if self.rests_on(step) == decision.because else None

    def rests_on(self, step: str) -> tuple[str, ...]:
        """Return the keys of the evidence on which a step rests; none for a step without a rule."""
        rule = next((one for one in self.program.steps if one.key == step and one.when is not None), None)
        return () if rule is None else self.explain(f"step:{step}").because

    def goal(self, goal: str) -> tuple[Requirement, Scope]:
        """Return the rule of `completion`, `step:s2`, `credential:x`, `competency:y` or `requirement:z`.

        Raises:
            KeyError: there is no such goal here, or a step without a rule.
        """
        kind, _, name = goal.partition(":")
        if goal == "completion" and self.program.completion is not None:
            return self.program.completion, self.evaluation.scope
        if kind == "step":
            return self._step(name)
        items = {
            "credential": (self.world.credentials, CredentialLeaf),
            "competency": (self.world.competencies, CompetencyLeaf),
            "requirement": (self.world.requirements, NamedLeaf),
        }
        if kind not in items:
            raise KeyError(goal)
        known, leaf = items[kind]
        found = [key for key in known if key == name or key.rpartition(":")[2] == name]
        if len(found) != 1:
            raise KeyError(goal)
        return leaf(found[0]), self.evaluation.scope

    def _step(self, name: str) -> tuple[Requirement, Scope]:
        for step in self.program.steps:
            if name in (step.key, step.key.rpartition(":")[2]) and step.when is not None:
                return step.when, self.evaluation.step_scope(step.key)
        raise KeyError(f"step:{name}")

    def explain(self, goal: str) -> Explanation:
        """Prove a goal, or say what it lacks; see `goal` for what may be asked."""
        if goal in self._proofs:
            return self._proofs[goal]
        requirement, where = self.goal(goal)
        proof = explain(self.evaluation, requirement, where)
        # those of steps are asked for again and again; a proof of every item would be too much to keep
        if goal.startswith("step:"):
            self._proofs[goal] = proof
        return proof

    @cached_property
    def _proofs(self) -> dict[str, Explanation]:
        return {}

    def fix(self, goal: str) -> Fix | NoFix:
        """Return a smallest set of things that makes a goal hold; see `goal` for what may be asked."""
        if goal not in self._ways:
            requirement, where = self.goal(goal)
            self._ways[goal] = fix(self.evaluation, requirement, where)
        return self._ways[goal]

    @cached_property
    def _ways(self) -> dict[str, Fix | NoFix]:
        return {}

    def ways(self, *, wages: bool = True) -> Ways:
        """Return the smallest ways to the next raise and to completion; without `wages` only to completion."""
        wage, evaluation = self.wage, self.evaluation
        raising = wage.next if wages and wage is not None and wage.step is not None else None
        finishing = self.program.completion is not None and not evaluation.complete
        return Ways(
            None if raising is None else self.fix(f"step:{raising}"),
            self.fix("completion") if finishing else None,
        )

    @cached_property
    def next_steps(self) -> tuple[NextStep, ...]:
        """What can be started now, the most useful first."""
        return next_steps(self.evaluation, self.ways())

    def supposing(self, asked: Asked, catalog: World) -> tuple[Supposition, Difference]:
        """Return what some words stand for, here or else in the catalog, and what it would change.

        Raises:
            SuppositionError: they cannot be supposed.
        """
        places = [Known(Names.of_world(world), world) for world in (self.world, catalog)]
        supposition = supposition_of(asked, places, self.evaluation)
        return supposition, Difference(self.evaluation, suppose(self.evaluation, supposition))
