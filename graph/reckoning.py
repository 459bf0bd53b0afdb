"""The least fixed point: every rule of a world over all days, for one person's ledger.

All rules are monotone, so starting from "never" and working out each node again whenever something it reads has
changed ends in the least fixed point, also where proofs and prerequisites refer to one another.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from typing import assert_never

from graph import timeline
from graph.awards import Awards, Latest, current, latest_on
from graph.dates import months_reached
from graph.facts import Enrolment, Fact, Rating, Waiver
from graph.ledger import Changes, Ledger, capped
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
    RTI,
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
from graph.timeline import NEVER, Timeline
from graph.world import Competency, Credential, Framework, Program, World


@dataclass(frozen=True, slots=True)
class Held:
    """A credential over all days: ever held, not expired, and its latest award."""

    held: Timeline = NEVER
    current: Timeline = NEVER
    latest: Latest = ()


Line = Timeline | Held
"""What a node comes to."""


class Reckoning:
    """The truth of every rule over all days.

    Args:
        world: the compiled documents.
        ledger: the facts that count.
        focus: the program in whose context item rules are read; None for none.
        undying: pretend that no credential ever expires.
        nodes: work out only these, which must be all that is asked for with all that it rests on, in order.
        known: nodes that need not be worked out, with what they come to.
    """

    def __init__(
        self,
        world: World,
        ledger: Ledger,
        focus: str | None,
        *,
        undying: bool = False,
        nodes: Sequence[Node] | None = None,
        known: Mapping[Node, Line] | None = None,
    ) -> None:
        self.world = world
        self.ledger = ledger
        self.focus = focus
        self.awards = Awards(world, ledger)
        self._undying = undying
        self._lines: dict[Node, Timeline] = {}
        self._held: dict[str, Held] = {}
        self._minutes: dict[tuple[str, str | None], Changes] = {}
        self._reached: dict[tuple[int, str, str | None], Timeline] = {}
        for node, line in (known or {}).items():
            self._keep(node, line)
        nodes = order(world, focus).nodes if nodes is None else nodes
        self._settle({node: index for index, node in enumerate(nodes)}, nodes)

    def with_more(self, ledger: Ledger, about: Iterable[Node]) -> "tuple[Reckoning, frozenset[Node]]":
        """The same for a ledger with more evidence about some items and no more hours, and the nodes that change.

        Rules are monotone: going on from the fixed point of the smaller ledger ends in the least one of the larger.
        """
        more = copy(self)
        return more, frozenset(more._go_on(ledger, about))  # noqa: SLF001 - its own kind, made just now

    def _go_on(self, ledger: Ledger, about: Iterable[Node]) -> set[Node]:
        self.ledger, self.awards = ledger, Awards(self.world, ledger)
        self._lines, self._held = dict(self._lines), dict(self._held)
        known = order(self.world, self.focus)
        # a rule may ask for a rating, which an item that is met already does not tell
        start = {node for one in about for node in (one, *known.readers[one])}
        return self._settle(known.places, start)

    def _keep(self, node: Node, line: Line) -> None:
        if isinstance(line, Held):
            self._held[node.key] = line
        else:
            self._lines[node] = line

    # what answers read

    def line(self, node: Node) -> Line:
        """What a node comes to."""
        return self.held(node.key) if node.kind == "credential" else self._lines.get(node, NEVER)

    def met(self, key: str) -> Timeline:
        """Days on which a competency is met, waivers left aside."""
        return self._lines.get(Node("competency", key), NEVER)

    def held(self, key: str) -> Held:
        """A credential over all days, waivers left aside."""
        return self._held.get(key, Held())

    def waived(self, kind: str, key: str) -> Timeline:
        """Days on which an item is waived."""
        return self.ledger.waived(kind, key)

    def step(self, key: str) -> Timeline:
        """Days on which a wage step is reached."""
        return self._lines.get(Node("step", key), NEVER)

    def prerequisites(self, item: Competency | Credential) -> Timeline:
        """Days on which an item's prerequisites hold; always where it has none."""
        if item.prerequisites is None:
            return timeline.ALWAYS
        return self.holds(item.prerequisites, Scope(self.focus))

    def rated(self, key: str, rating: int | None) -> Timeline:
        """Days on which the deciding rating of a competency is ``rating`` or more (None: competent)."""
        framework = self.world.competencies[key].framework
        needed = framework.competent if rating is None else rating
        ratings = self.ledger.ratings.get(key, [])
        if framework.latest:
            return self._latest_rated(ratings, framework, needed)
        return timeline.any_of(
            self.ledger.valid(rating) for rating in ratings if value_of(rating, framework) >= needed
        )

    def holds(self, requirement: Requirement, scope: Scope) -> Timeline:
        """Days on which a requirement holds."""
        match requirement:
            case All() | Any() | AtLeast():
                lines = [self.holds(member, scope) for member in requirement.members]
                return timeline.at_least(requirement.needed, lines)
            case CompetencyLeaf():
                return self._competency_leaf(requirement)
            case CredentialLeaf():
                return self._credential_line(requirement.key, current=requirement.current)
            case HoursLeaf():
                return self._hours(requirement, scope.program)
            case MonthsLeaf():
                return self._months(requirement, scope)
            case CredentialCount():
                keys = counted_credentials(self.world, requirement)
                lines = [self._credential_line(key, current=requirement.current) for key in keys]
                return timeline.at_least(requirement.needed, lines)
            case CompetencyCount():
                keys = counted_competencies(self.world, requirement, scope.program)
                return timeline.at_least(requirement.needed, [self._competency_line(key) for key in keys])
            case CourseLeaf() | ScoreLeaf():
                return timeline.any_of(self.ledger.valid(fact) for fact in self.proving(requirement))
            case NamedLeaf():
                return self._lines.get(Node("requirement", requirement.key, scope.program), NEVER)
            case StepLeaf():
                return self.step(requirement.key)
            case ProgramLeaf():
                return self._lines.get(Node("program", requirement.key), NEVER)
            case _:
                assert_never(requirement)

    def proving(self, leaf: CourseLeaf | ScoreLeaf) -> list[Fact]:
        """The course results or scores that prove a leaf, whenever they are valid."""
        if isinstance(leaf, ScoreLeaf):
            return [s for s in self.ledger.scores.get(leaf.key, ()) if s.value >= leaf.at_least]
        return [
            result
            for result in self.ledger.courses.get(leaf.key, ())
            if result.passed and (leaf.grade is None or result.grade in leaf.accepted)
        ]

    def minutes(self, within: str, program: str | None) -> Changes:
        """(day, change) of the minutes that count in a work process, ``ojl`` or ``rti``; caps applied."""
        asked = (within, program)
        if asked not in self._minutes:
            self._minutes[asked] = self._counted(within, program)
        return self._minutes[asked]

    def _counted(self, within: str, program: str | None) -> Changes:
        if within == RTI:
            return self.ledger.minutes(RTI)
        if within != OJL:
            owner, _, name = within.rpartition(":")
            process = next(p for p in self.world.programs[owner].work_processes if p.key == within)
            return capped(self.ledger.minutes(name, within), process.maximum)
        changes = self.ledger.minutes(OJL)
        for key in self.process_keys(program):
            changes += self.minutes(key, program)
        return changes

    def _hours(self, leaf: HoursLeaf, program: str | None) -> Timeline:
        asked = (leaf.minutes, leaf.within, program)
        if asked not in self._reached:
            self._reached[asked] = timeline.reaches(leaf.minutes, self.minutes(leaf.within, program))
        return self._reached[asked]

    def enrolled(self, program: str) -> list[tuple[Enrolment, Timeline]]:
        """Every registration in a program with the days on which it is the one that counts."""
        found = self.ledger.enrolments_in(program)
        nexts = [*(e.registered for e in found[1:]), None]
        return [(e, timeline.between(e.registered, n)) for e, n in zip(found, nexts, strict=False)]

    # the fixed point

    def _settle(self, place: Mapping[Node, int], start: Iterable[Node]) -> set[Node]:
        """Work nodes out, and again whoever reads what has changed; give those that have."""
        readers = order(self.world, self.focus).readers
        nodes = list(place)
        queue = sorted(place[node] for node in start)
        queued = set(queue)
        changed = set()
        while queue:
            index = heappop(queue)
            queued.discard(index)
            if not self._work_out(nodes[index]):
                continue
            changed.add(nodes[index])
            for reader in readers[nodes[index]]:
                again = place.get(reader)
                if again is not None and again not in queued:
                    queued.add(again)
                    heappush(queue, again)
        return changed

    def _work_out(self, node: Node) -> bool:
        """Work a node out again; whether it changed."""
        if node.kind == "credential":
            held = self._credential(self.world.credentials[node.key])
            changed = held != self._held.get(node.key, Held())
            self._held[node.key] = held
            return changed
        line = self._line(node)
        changed = line != self._lines.get(node, NEVER)
        self._lines[node] = line
        return changed

    def _line(self, node: Node) -> Timeline:
        match node.kind:
            case "competency":
                return self._competency(self.world.competencies[node.key])
            case "requirement":
                return self.holds(self.world.requirements[node.key].when, Scope(node.context))
            case "program":
                completion = self.world.programs[node.key].completion
                return NEVER if completion is None else self.holds(completion, Scope(node.key))
            case _:
                return self._step(node)

    def _competency(self, item: Competency) -> Timeline:
        proofs = [self.rated(item.key, None)]
        if item.satisfied_by is not None:
            proofs.append(self.holds(item.satisfied_by, Scope(self.focus)))
        return self._gated(item, timeline.any_of(proofs))

    def _credential(self, item: Credential) -> Held:
        own = self.awards.own(item.key)
        held, latest = own.held, own.latest
        if item.composed_of is not None:
            composed = self.holds(item.composed_of, Scope(self.focus))
            held = timeline.any_of((own.held, composed))
            latest = self._latest_award(item.composed_of, composed, own.latest)
        held = self._gated(item, held)
        if self._undying or item.valid_for is None:
            return Held(held, held, latest)
        return Held(held, timeline.all_of(held, current(latest, item.valid_for)), latest)

    def _gated(self, item: Competency | Credential, proof: Timeline) -> Timeline:
        """Under ``enforce`` a proof counts only while the prerequisites hold."""
        if not proof or not item.framework.enforce or item.prerequisites is None:
            return proof
        return timeline.all_of(proof, self.prerequisites(item))

    def _latest_award(self, rule: Requirement, composed: Timeline, own: Latest) -> Latest:
        """The later of the own award and the latest of the members that hold, day by day of change."""
        days = {day for day, _ in own} | set(composed)
        for leaf in leaves(rule):
            if isinstance(leaf, CredentialLeaf):
                days.update(day for day, _ in self.held(leaf.key).latest)
                days.update(self.held(leaf.key).held, self.held(leaf.key).current)
                days.update(*(self.ledger.valid(w) for w in self._waivers(leaf.key)))
        out = []
        for day in sorted(days):
            award = latest_on(own, day)
            if timeline.is_true(composed, day):
                award = max(award, self._member_award(rule, day))
            out.append((day, award))
        return tuple(out)

    def _member_award(self, rule: Requirement, day: int) -> int:
        """The latest award among the members that hold on a day; a waived one counts from its waiver's day."""
        if not timeline.is_true(self.holds(rule, Scope(self.focus)), day):
            return 0
        if isinstance(rule, Group):
            return max(self._member_award(member, day) for member in rule.members)
        if not isinstance(rule, CredentialLeaf):
            return 0
        member = self.held(rule.key)
        award = latest_on(member.latest, day) if timeline.is_true(member.held, day) else 0
        waivers = [w for w in self._waivers(rule.key) if timeline.is_true(self.ledger.valid(w), day)]
        return max([award, *(waiver.on.toordinal() for waiver in waivers)])

    def _waivers(self, credential: str) -> Sequence[Waiver]:
        return self.ledger.waivers.get(("credential", credential), ())

    def _step(self, node: Node) -> Timeline:
        program, position = self.world.step(node.key)
        when = program.steps[position].when
        previous = previous_step(self.world, node.key)
        lines = [self._registered(program)] if previous is None else [self.step(previous.key)]
        if when is not None:
            lines.append(self.holds(when, Scope(program.key, previous)))
        return timeline.all_of(*lines)

    def _registered(self, program: Program) -> Timeline:
        return timeline.any_of(line for _, line in self.enrolled(program.key))

    def _competency_line(self, key: str) -> Timeline:
        waived = self.waived("competency", key)
        return timeline.any_of((self.met(key), waived)) if waived else self.met(key)

    def _credential_line(self, key: str, *, current: bool) -> Timeline:
        if current:
            return self.held(key).current
        held, waived = self.held(key).held, self.waived("credential", key)
        return timeline.any_of((held, waived)) if waived else held

    def _competency_leaf(self, leaf: CompetencyLeaf) -> Timeline:
        if leaf.rating is None:
            return self._competency_line(leaf.key)
        return timeline.all_of(self.met(leaf.key), self.rated(leaf.key, leaf.rating))

    def _months(self, leaf: MonthsLeaf, scope: Scope) -> Timeline:
        if scope.program is None:
            return NEVER
        spans = []
        for enrolment, counts in self.enrolled(scope.program):
            for began, days in self._beginnings(leaf, scope, enrolment, counts):
                reached = months_reached(began, leaf.months, enrolment.suspended)
                if reached is not None and (enrolment.ended is None or reached <= enrolment.ended):
                    spans.append(timeline.all_of(days, timeline.from_day(reached)))
        return timeline.any_of(spans)

    def _beginnings(
        self, leaf: MonthsLeaf, scope: Scope, enrolment: Enrolment, counts: Timeline
    ) -> Iterable[tuple[date, Timeline]]:
        """The days that months count from, each with the days for which it is so."""
        if leaf.since == "registered":
            return [(enrolment.registered, counts)]
        previous = scope.previous
        if previous is None:
            return []
        if previous_step(self.world, previous.key) is None:
            return [(enrolment.registered, timeline.all_of(counts, self.step(previous.key)))]
        reached = self.step(previous.key)
        stretches = [reached[place : place + 2] for place in range(0, len(reached), 2)]
        return [(date.fromordinal(s[0]), timeline.all_of(counts, s)) for s in stretches]

    def process_keys(self, program: str | None) -> list[str]:
        """The work processes summed up by ``ojl``: the program's, else those of every program enrolled in."""
        programs = [program] if program else sorted({e.program for e in self.ledger.enrolments})
        return [p.key for key in programs for p in self.world.programs[key].work_processes]

    def _latest_rated(self, ratings: list[Rating], framework: Framework, needed: int) -> Timeline:
        valid = {rating: self.ledger.valid(rating) for rating in ratings}
        days = sorted({day for line in valid.values() for day in line})
        changes = []
        value = 0
        for day in days:
            seen = [r for r, line in valid.items() if timeline.is_true(line, day)]
            best = max(seen, key=lambda r: (r.on, r.recorded, r.id), default=None)
            decides = int(best is not None and value_of(best, framework) >= needed)
            changes.append((day, decides - value))
            value = decides
        return timeline.reaches(1, changes)


def value_of(rating: Rating, framework: Framework) -> int:
    """A sign-off without a rating is one at competent."""
    return framework.competent if rating.value is None else rating.value
