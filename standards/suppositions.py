"""Suppositions as people write them: ``credential:mms#theory``, ``competency:layout=4``, ``milling=40``, evidence ids.

Each may end in ``@2026-05-01``, the day that it is pretended to be of; else it is of the day asked about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from graph.actions import Earn, EarnHours
from graph.evaluating import Evaluation
from graph.supposing import Earned, Revoked, Supposition
from graph.world import World
from standards.answers import Labels, action_answer
from standards.documents.values import Minutes, parse_day
from standards.naming import RESERVED, Names, UnknownNameError

MOST = 100
"""Things supposed at once."""

HIGHEST_SCORE = 1_000_000
FORMS = {
    "credential": "credential:ID or credential:ID#PART",
    "competency": "competency:ID or competency:ID=RATING",
    "course": "course:ID or course:ID=GRADE",
    "score": "score:ID=VALUE",
}
Well = TypeVar("Well", str, int)
MINUTES: TypeAdapter[int] = TypeAdapter(Minutes)


class SuppositionError(Exception):
    """Something that cannot be supposed: where it was asked, what is wrong and what would be right.

    Attributes:
        where: ``earn``, ``hours``, ``revoke`` or ``on``.
        word: what was written.
    """

    def __init__(self, where: str, word: str, what: str, right: str) -> None:
        super().__init__(f"{what}; {right}")
        self.where, self.word = where, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be supposed, in words; ``on`` is the day to ask about instead."""

    earn: Sequence[str] = ()
    hours: Sequence[str] = ()
    revoke: Sequence[str] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Where names are looked up: what they stand for, and the world that has it."""

    names: Names
    world: World


def supposition_of(
    asked: Asked,
    places: Sequence[Known],
    evaluation: Evaluation,
    ranges: Mapping[str, tuple[int, int]] | None = None,
) -> Supposition:
    """What the words stand for, names resolved as the program in focus would read them.

    Args:
        asked: the words.
        places: where names are looked up, one after the other; not empty.
        evaluation: the person who is asked about.
        ranges: (lowest, highest) of scores by key, as far as they are known.

    Raises:
        SuppositionError: a name is unknown, or a thing cannot be earned so.
    """
    reader = _Reader(places, evaluation, ranges or {}, asked.on or evaluation.as_of)
    words = [*asked.earn, *asked.hours, *asked.revoke]
    if len(words) > MOST:
        raise SuppositionError(
            "earn", words[MOST], f"{len(words)} things are supposed at once", f"ask about {MOST} at most"
        )
    things: tuple[Earned | Revoked, ...] = (
        *(reader.earned(word) for word in asked.earn),
        *(reader.worked(word) for word in asked.hours),
        *(reader.revoked(word) for word in asked.revoke),
    )
    return Supposition(things, asked.on)


def supposed_answer(supposition: Supposition, evaluation: Evaluation, labels: Labels) -> dict[str, Any]:
    """What is pretended, as plain data; ``on`` only where a thing has a day of its own."""
    return {
        "as_of": (supposition.day or evaluation.as_of).isoformat(),
        "things": [_thing(thing, labels) for thing in supposition.things],
    }


def _thing(thing: Earned | Revoked, labels: Labels) -> dict[str, Any]:
    if isinstance(thing, Revoked):
        answer: dict[str, Any] = {"revoke": thing.evidence}
    else:
        answer = action_answer(thing.what, labels)
    return answer if thing.on is None else {**answer, "on": thing.on.isoformat()}


class _Reader:
    def __init__(
        self,
        places: Sequence[Known],
        evaluation: Evaluation,
        ranges: Mapping[str, tuple[int, int]],
        day: date,
    ) -> None:
        self._places = places
        self._evaluation = evaluation
        self._ranges = ranges
        self._day = day

    def earned(self, word: str) -> Earned:
        text, on = self._dated("earn", word)
        kind, _, rest = text.partition(":")
        if kind not in FORMS or not rest:
            raise SuppositionError(
                "earn", word, f"{word!r} is nothing to earn", f"write {', '.join(FORMS.values())}"
            )
        rest, is_well, well = rest.partition("=")
        name, is_part, part = rest.partition("#")
        if (is_part and kind != "credential") or (is_well and kind == "credential"):
            raise SuppositionError("earn", word, f"a {kind} is not earned so", f"write {FORMS[kind]}")
        key, world = self._key("earn", word, kind, name)
        match kind:
            case "credential":
                tests = {name: name for name in world.credentials[key].tests}
                what = f"part of {key}"
                earn = Earn(kind, key, part=self._one_of(word, part, what, tests) if is_part else None)
            case "competency":
                scale = {str(mark): mark for mark in world.competencies[key].framework.scale}
                what = f"rating of {key}"
                earn = Earn(kind, key, rating=self._one_of(word, well, what, scale) if is_well else None)
            case "course":
                grades = {grade: grade for grade in world.frameworks[key.partition(":")[0]].grades}
                what = f"passing grade of {key}"
                earn = Earn(kind, key, grade=self._one_of(word, well, what, grades) if is_well else None)
            case _:
                earn = Earn(kind, key, at_least=self._score(word, key, well))
        return Earned(earn, on)

    def worked(self, word: str) -> Earned:
        text, on = self._dated("hours", word)
        name, _, amount = text.partition("=")
        try:
            minutes = MINUTES.validate_python(float(amount))
        except (ValueError, ValidationError):
            right = "write a work process, ojl or rti and the hours: milling=40"
            raise SuppositionError("hours", word, f"{amount!r} is no number of hours", right) from None
        within = name if name in RESERVED else self._key("hours", word, "work_process", name)[0]
        return Earned(EarnHours(minutes, within), on)

    def revoked(self, word: str) -> Revoked:
        known = {fact.id: fact.on for fact in self._evaluation.person.facts}
        text, on = (word, None) if word in known else self._dated("revoke", word)
        if text not in known:
            from difflib import get_close_matches  # noqa: PLC0415 - only on the way to a complaint

            near = get_close_matches(text, known, n=3, cutoff=0.5)
            right = f"did you mean {', '.join(near)}?" if near else "name evidence of this record"
            raise SuppositionError("revoke", word, f"no evidence has the id {text!r}", right)
        return Revoked(text, on)

    def _dated(self, where: str, word: str) -> tuple[str, date | None]:
        text, is_dated, day = word.rpartition("@")
        if not is_dated:
            return word, None
        try:
            on = parse_day(day)
        except ValueError:
            raise SuppositionError(where, word, f"{day!r} is no date", "write it as 2026-01-31") from None
        if on > self._day:
            what = f"{on} is after {self._day}, the day asked about, and would not count yet"
            raise SuppositionError(where, word, what, "ask about that day or a later one")
        return text, on

    def _key(self, where: str, word: str, kind: str, name: str) -> tuple[str, World]:
        """The key of a name and the first world that has it; work processes are those of the first."""
        for place in self._places[:1] if kind == "work_process" else self._places:
            try:
                return place.names.resolve(kind, name, self._evaluation.focus), place.world
            except UnknownNameError as error:
                failure = error
                if error.several:
                    break
        raise SuppositionError(where, word, failure.what, failure.right)

    def _score(self, word: str, key: str, value: str) -> int:
        low, high = self._ranges.get(key, (-HIGHEST_SCORE, HIGHEST_SCORE))
        try:
            found = int(value)
        except ValueError:
            found = high + 1
        if not low <= found <= high:
            right = f"write score:ID=VALUE with {low:,} to {high:,}"
            raise SuppositionError("earn", word, f"{value!r} is no value of {key}", right)
        return found

    def _one_of(self, word: str, given: str, what: str, known: Mapping[str, Well]) -> Well:
        if given not in known:
            right = f"expected one of {', '.join(known)}"
            raise SuppositionError("earn", word, f"{given!r} is no {what}", right)
        return known[given]
