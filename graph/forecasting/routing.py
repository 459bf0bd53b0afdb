"""What each person is to do and in which turn: what the next step lacks first, then what the one after it does.

Nobody does what can be spared: of everything that is left to do, the longest, with what comes before it, is left out
first wherever the goals are reached without it. What no goal needs comes last. What is chosen rests on what somebody
has shown, not on their pace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.forecasting.needs import Flags, Needs, Numbers
from graph.gates.code import EVERYBODY, Planes
from graph.gates.coding import ProgramCode, write
from graph.gates.everybody import Inputs
from graph.gates.packing import packed, unpacked, words_of
from graph.gates.program import FIRST_INPUT, Minutes, Months, Reached, Registered, Source, asked_day

HALF = 2


@dataclass(frozen=True, eq=False)
class Route:
    """What each person of a crowd is to do.

    Attributes:
        needs: of the program.
        inputs: what holds today.
        pace: of the program, by kind; hours that nobody logs are not counted on.
        planned: things that are known to come on a day, things by people; nobody has to do those.
    """

    needs: Needs
    inputs: Inputs
    pace: NDArray[np.float64]
    planned: Flags

    @property
    def people(self) -> int:
        """How many there are."""
        return self.inputs.size

    # today

    def held(self, source: Source) -> Flags:
        """Who has an input of the rules as they are today."""
        if source not in self._known:
            self._known[source] = self._held(source)
        return self._known[source]

    @cached_property
    def _known(self) -> dict[Source, Flags]:
        return {}

    def _held(self, source: Source) -> Flags:
        if isinstance(source, Reached):
            found: Flags = self.inputs.amount(source.amount) >= source.needed
            return found
        if isinstance(source, Registered):
            return self.inputs.reading.registered(source.program)
        has = np.zeros(self.people, bool)
        has[self.inputs.reading.person[self.inputs.reading.proving(source)]] = True
        return has

    @cached_property
    def lacking(self) -> Flags:
        """Things by people: what is still to be shown, or to be shown again."""
        found = np.zeros((len(self.needs.things), self.people), bool)
        rules = (self.needs.rules, self.needs.strict_rules)
        for source in {one for part in rules for one in part.sources.values()}:
            if (thing := self.needs.thing(source)) is not None:
                found[thing] |= ~self.held(source)
        return found & ~self.planned

    # what can be spared

    @cached_property
    def _code(self) -> ProgramCode:
        return write(self.needs.strict, sorted(set(self.needs.strict_rules.goals)), ())

    def _given(self, *, hopeful: bool) -> Planes:
        """A plane for each input of the strict rules: who has it today, or by letting time pass.

        Args:
            hopeful: count also on hours that nobody logs.
        """
        found = np.zeros((len(self.needs.strict.inputs), words_of(self.people)), np.uint64)
        for node, source in self.needs.strict_rules.sources.items():
            if isinstance(source, Reached) and self._comes(source, hopeful=hopeful):
                found[node - FIRST_INPUT] = EVERYBODY
            elif asked_day(source) is None:
                found[node - FIRST_INPUT] = packed(self.held(source))
        return found

    def _comes(self, source: Reached, *, hopeful: bool) -> bool:
        if isinstance(source.amount, Months):
            return source.amount.program == self.needs.own.key
        if source not in self.needs.hours:
            return False
        most = self.needs.processes.get(source.amount.within)
        is_logged = hopeful or bool(self.pace[self.needs.hours[source]])
        return is_logged and (most is None or most >= source.needed)

    @cached_property
    def _rows(self) -> tuple[list[int], list[int]]:
        """The inputs that things decide, and beside each the thing."""
        found = {
            node - FIRST_INPUT: thing
            for node, source in self.needs.strict_rules.sources.items()
            if (thing := self.needs.thing(source)) is not None
        }
        return list(found), list(found.values())

    def _reached(self, inputs: Planes, goals: Sequence[int]) -> Planes:
        """The planes of goals."""
        found = self._code.code.run(inputs)
        return np.stack([found[self._code.nodes[goal]] for goal in goals])

    def _with(self, given: Planes, shown: Flags) -> Planes:
        """The inputs of whoever is given some and shows things."""
        inputs = given.copy()
        rows, things = self._rows
        inputs[rows] |= packed(shown)[things]  # each input is named once
        return inputs

    @cached_property
    def open(self) -> Flags:
        """Goals by people: whether there is any way, at whatever pace."""
        inputs = self._with(self._given(hopeful=True), self.lacking | self.planned)
        return np.stack([unpacked(one, self.people) for one in self._reached(inputs, self._goals)])

    @property
    def _goals(self) -> tuple[int, ...]:
        return self.needs.strict_rules.goals

    @cached_property
    def stages(self) -> Numbers:
        """Things by people: the first goal that needs a thing; past the last where none does."""
        last = len(self._goals)
        found = np.full(self.lacking.shape, last)
        given = self._with(self._given(hopeful=False), self.planned)
        wanted = self.lacking.copy()
        for count in range(last, 0, -1):
            self._spare(wanted, given, self._goals[:count])
            found[wanted] = count - 1
        return found

    def _spare(self, wanted: Flags, given: Planes, goals: Sequence[int]) -> None:
        """Leave out, the longest first, what the goals that are within reach can spare."""
        asked = self._reached(self._with(given, wanted), goals)
        order = np.argsort(np.where(wanted, -self._chains, 1), axis=0, kind="stable")
        everybody = np.arange(self.people)
        for chosen in order[: wanted.sum(axis=0).max(initial=0)]:
            before = wanted[chosen, everybody]
            wanted[chosen, everybody] = False
            lost = np.bitwise_or.reduce(asked & ~self._reached(self._with(given, wanted), goals), axis=0)
            wanted[chosen, everybody] = before & unpacked(lost, self.people)

    @cached_property
    def _chains(self) -> Numbers:
        """Things by people: the effort of a thing and of what it still needs in any case."""
        found: Numbers = self.needs.before @ np.where(self.lacking, self.needs.efforts[:, None], 0)
        return found

    # turns

    @cached_property
    def efforts(self) -> Numbers:
        """Things by people: the effort of everything to be done until then, the thing itself included; else 0.

        What is first in turn is taken to be half done.
        """
        order = np.argsort(np.where(self.lacking, self.stages, len(self._goals) + 1), axis=0, kind="stable")
        each = np.where(self.lacking, self.needs.efforts[:, None], 0)
        in_turn = np.take_along_axis(each, order, axis=0)
        until = np.cumsum(in_turn, axis=0) - in_turn[:1] // HALF
        found = np.zeros_like(each)
        np.put_along_axis(found, order, until, axis=0)
        return np.where(self.lacking, np.maximum(found, 1), 0)

    @cached_property
    def hour_stages(self) -> Mapping[Reached, Numbers]:
        """For inputs that are minutes, by people: the first goal ahead that rests on it; past the last for none."""
        rules, last = self.needs.strict_rules, len(self._goals)
        ahead = ~np.stack([unpacked(one, self.people) for one in self._today])
        found = {one: np.full(self.people, last) for one in self.needs.hours}
        for stage in range(last - 1, -1, -1):
            below = set(rules.below((self._goals[stage],)))
            for node, source in rules.sources.items():
                if node in below and isinstance(source, Reached) and source in found:
                    found[source][ahead[stage]] = stage
        return found

    @cached_property
    def _today(self) -> Planes:
        """The planes of the goals, by the rules as they are."""
        rules = self.needs.rules
        inputs = np.zeros((len(self.needs.program.inputs), words_of(self.people)), np.uint64)
        for node, source in rules.sources.items():
            inputs[node - FIRST_INPUT] = packed(self.held(source))
        code = write(self.needs.program, sorted(set(rules.goals)), ())
        found = code.code.run(inputs)
        return np.stack([found[code.nodes[goal]] for goal in rules.goals])

    @cached_property
    def minutes(self) -> dict[Reached, Numbers]:
        """For inputs that are minutes of this program how many more of their kind each person logs until then.

        Hours at work go to the work processes that the next step lacks, then to those that the one after it does.
        """
        needs, everybody = self.needs, np.arange(self.people)
        by_process: dict[str, list[Reached]] = {process: [] for process in needs.processes}
        for one in needs.hours:
            if isinstance(one.amount, Minutes) and one.amount.within in by_process:
                by_process[one.amount.within].append(one)
        until = np.zeros((len(needs.goals) + 1, self.people), np.int64)
        for asked in by_process.values():
            until += self._most_lacking(asked)
        found = {one: self._lack(one) for one in needs.hours}
        for one in (one for asked in by_process.values() for one in asked):
            found[one] = np.where(found[one] > 0, until[self.hour_stages[one], everybody], 0)
        return found

    def _lack(self, source: Reached) -> Numbers:
        """How much more of an amount is needed."""
        found: Numbers = np.maximum(source.needed - self.inputs.amount(source.amount), 0)
        return found

    def _most_lacking(self, asked: list[Reached]) -> Numbers:
        """Goals (and after the last, everything) by people: the most minutes lacking in one work process by then."""
        found = np.zeros((len(self._goals) + 1, self.people), np.int64)
        for one in asked:
            lack, stages = self._lack(one), self.hour_stages[one]
            for stage, most in enumerate(found):
                most[:] = np.maximum(most, np.where(stages <= stage, lack, 0))
        return found
