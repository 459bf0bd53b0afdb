"""What a cohort page shows, from the answer of a look."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from apprenticeship.cohort.looks.seeing import GAINS, LOSES, STUCK, Seen
from apprenticeship.cohort.reading import reader_of
from apprenticeship.cohort.tally import expected
from apprenticeship.enrolments.services import pins_of
from apprenticeship.views_people import names_of
from graph.gates.parts import leaves_of
from graph.gates.program import GateProgram
from graph.requirement import CompetencyCount, CredentialCount, HoursLeaf, MonthsLeaf, Requirement
from graph.world import World
from standards.answers import Labels, requirement_answer
from web import words
from web.figures.cohort import completions_figure, progress_figure
from web.figures.figure import Figure
from web.pages.addresses import anchor, person_address
from web.rules import requirement_words

SHOWN = 8
MOVED = {GAINS: "Gains", LOSES: "Loses", STUCK: "Would be stuck"}


@dataclass(frozen=True)
class Line:
    """A number of people, and what is true of them."""

    what: str
    people: int
    href: str = ""


@dataclass(frozen=True)
class CohortShown:
    """Everybody in one program.

    Attributes:
        done: items, the fewest have done first; with the share that has.
    """

    people: int
    progress: Figure
    completions: Figure
    method: str
    steps: tuple[Line, ...]
    one_thing: tuple[Line, ...]
    bottlenecks: tuple[Line, ...]
    done: tuple[tuple[Line, Fraction], ...]


@dataclass(frozen=True)
class ChangeShown:
    """What other standards would do; `named`: by what would happen to them, how many, and the first by name."""

    finding: str
    lines: tuple[tuple[str, int, int], ...]
    steps: tuple[Line, ...]
    items: tuple[tuple[str, int, int], ...]
    named: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]


async def lack_words(program: str) -> dict[str, str]:
    """Say in words what a program asks for, by the same as data; of rules that are no longer in it nothing is said."""
    pins = (await pins_of([program])).get(program)
    if pins is None:
        return {}
    reader = await reader_of(program, pins)
    return await asyncio.to_thread(_lack_words, reader.gates)


def _lack_words(gates: GateProgram) -> dict[str, str]:
    labels = Labels(gates.world)
    rules = {leaf.rule for part in gates.parts if part is not None for leaf in leaves_of(part)}
    return {_key(requirement_answer(rule, labels)): _missing_words(gates.world, rule) for rule in rules}


def _missing_words(world: World, rule: Requirement) -> str:
    """Say what of a rule is the one thing missing."""
    said = requirement_words(world, rule)
    if isinstance(rule, CredentialCount | CompetencyCount):
        return f"One more toward {said}"
    return f"The rest of {said}" if isinstance(rule, HoursLeaf | MonthsLeaf) else said


def _key(asks: Mapping[str, Any]) -> str:
    return json.dumps(asks, sort_keys=True)


def cohort_shown(answer: Mapping[str, Any], lacks: Mapping[str, str], as_of: date) -> CohortShown:
    """Show the answer of a look."""
    return CohortShown(
        people=answer["people"],
        progress=progress_figure(_finding(answer), answer["progress"]),
        completions=completions_figure(answer["expected"], as_of),
        method=answer["expected"]["method"],
        steps=tuple(Line(words.sentence(one["title"]), one["people"]) for one in answer["steps"]),
        one_thing=tuple(_one_thing(answer, lacks)),
        bottlenecks=tuple(_item(one, one["people"]) for one in answer["bottlenecks"][:SHOWN]),
        done=tuple(
            (_item(one, one["done"]), _share(one["done"], answer["people"])) for one in answer["items"]
        ),
    )


@dataclass(frozen=True)
class ProgramLine:
    """One program among all."""

    title: str
    href: str
    people: int
    complete: int
    stuck: int
    soon: int


def program_line(title: str, href: str, seen: Seen, on: date) -> ProgramLine:
    """Show one program in a line; `soon`: expected to complete within twelve months."""
    soon = expected(seen.today, on).within_a_year
    return ProgramLine(title, href, seen.people, seen.today["complete",], seen.today["stuck",], soon)


def _share(some: int, everybody: int) -> Fraction:
    return Fraction(some, everybody) if everybody else Fraction(0)


def _finding(answer: Mapping[str, Any]) -> str:
    people, complete, stuck = answer["people"], answer["complete"], answer["stuck"]
    if not people:
        return "Nobody is in this program on that day."
    said = [f"{words.counted(complete, 'is', 'are')} complete" if complete else "nobody is complete yet"]
    said.append(f"{words.counted(stuck, 'is', 'are')} stuck" if stuck else "nobody is stuck")
    return f"{words.sentence(words.counted(people, 'apprentice'))}: {words.listed(said)}."


def _one_thing(answer: Mapping[str, Any], lacks: Mapping[str, str]) -> Iterator[Line]:
    titles = {f"step:{one['step']}": one["title"] for one in answer["steps"]}
    for one in answer["one_thing"][:SHOWN]:
        what = lacks.get(_key(one["asks"])) or " ".join(
            f"{key} {value}" for key, value in one["asks"].items()
        )
        goal = "completion" if one["goal"] == "completion" else titles.get(one["goal"], "the next raise")
        yield Line(f"{what}, for {goal}", one["people"])


def _kind(one: Mapping[str, Any]) -> str:
    return "competency" if "competency" in one else "credential"


def _item(one: Mapping[str, Any], people: int) -> Line:
    kind = _kind(one)
    key = one[kind]
    href = f"/standards/frameworks/{key.partition(':')[0]}#{anchor((kind, key))}"
    return Line(f"{one['title'] or key}, {kind}", people, href)


async def change_shown(answer: Mapping[str, Any], seen: Seen) -> ChangeShown:
    """Show what a candidate would change; people by name where the look kept them."""
    found = answer["candidate"]
    steps = {one["step"]: one["title"] for one in (*answer["steps"], *found["steps"])}
    names = await names_of(person for people in seen.who.values() for person in people)
    named = [
        (MOVED[word], seen.moves[word,], tuple(sorted((names[one], person_address(one)) for one in people)))
        for word in MOVED
        for people in (seen.who.get(word, ()),)
    ]
    return ChangeShown(
        finding=_change(found),
        lines=(
            ("Complete", found["gain"]["complete"], found["lose"]["complete"]),
            ("Nearer to completion, or further from it", found["gain"]["nearer"], found["lose"]["further"]),
            ("No longer stuck, or stuck", found["no_longer_stuck"], found["would_be_stuck"]),
        ),
        steps=tuple(
            Line(f"{steps.get(one['from'], 'No step')} to {steps.get(one['to'], 'no step')}", one["people"])
            for one in found["steps_changed"]
        ),
        items=tuple(
            (_item(one, 0).what, one["done_then"], one["no_longer_done"]) for one in found["items_changed"]
        ),
        named=tuple(one for one in named if one[2]),
    )


def _change(found: Mapping[str, Any]) -> str:
    if found["unchanged"] == found["people"]:
        return "Nothing would change for anybody."
    changed = found["people"] - found["unchanged"]
    return f"Something would change for {words.counted(changed, 'apprentice')} of {found['people']:,}."
