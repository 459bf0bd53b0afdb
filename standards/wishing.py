"""Wishes as people write them: what is never to be done, what is read as waived, what is to be done by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.planning import Wishes
from standards.documents.values import parse_day
from standards.naming import Names, UnknownNameError

EARNABLE = ("credential", "competency", "course", "score")
WAIVABLE = EARNABLE[:2]
MOST = 100
"""Wishes at once, where they come from afar."""


class WishError(Exception):
    """Something that cannot be wished: where it was asked, what is wrong and what would be right.

    Attributes:
        where: ``refuse``, ``waive`` or ``by``.
        word: what was written.
    """

    def __init__(self, where: str, word: str, said: str) -> None:
        super().__init__(said)
        self.where, self.word = where, word


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWishes:
    """What is wished, in words: items such as ``credential:mms``, and ``credential:mms=2027-01-31`` by when."""

    refuse: Sequence[str] = ()
    waive: Sequence[str] = ()
    by: Sequence[str] = ()


def wishes_of(asked: AskedWishes, names: Names) -> Wishes:
    """What the words stand for.

    Raises:
        WishError: a name is unknown, or a thing cannot be wished so.
    """
    return Wishes(
        refused=frozenset(":".join(_item("refuse", word, word, names)) for word in asked.refuse),
        waived=frozenset(_item("waive", word, word, names) for word in asked.waive),
        deadlines=dict(_deadline(word, names) for word in asked.by),
    )


def _item(where: str, word: str, item: str, names: Names) -> tuple[str, str]:
    kinds = WAIVABLE if where == "waive" else EARNABLE
    kind, _, name = item.partition(":")
    if kind not in kinds or not name:
        raise WishError(where, word, f"no such item; write {_forms(kinds)}")
    try:
        return kind, names.resolve(kind, name, None)
    except UnknownNameError as error:
        raise WishError(where, word, str(error)) from error


def _forms(kinds: Sequence[str]) -> str:
    *others, last = (f"{kind}:ID" for kind in kinds)
    return f"{', '.join(others)} or {last}"


def _deadline(word: str, names: Names) -> tuple[str, date]:
    item, _, day = word.rpartition("=")
    name = ":".join(_item("by", word, item, names))
    try:
        return name, parse_day(day)
    except ValueError:
        raise WishError("by", word, f"{day!r} is no date; write 2026-01-31") from None
