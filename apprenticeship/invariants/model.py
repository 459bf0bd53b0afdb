"""What the product promises of its rows, and what a look at them found."""

from dataclasses import dataclass

MOST_EXAMPLES = 3


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        check: its short name.
        well: whether the promise holds.
        words: the promise, or where it is broken.
        repair: what to do about it; empty where all is well.
    """

    check: str
    well: bool
    words: str
    repair: str = ""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A rule that must hold of all rows, whoever wrote them.

    Attributes:
        holds: the sentence to say when it does.
        repair: what to do when it does not.
    """

    check: str
    holds: str
    repair: str


@dataclass(frozen=True, kw_only=True)
class RowPromise(Promise):
    """A promise that one query can look after.

    Attributes:
        broken: SQL that gives, in a column `what`, words for every row that breaks it.
    """

    broken: str


def found(promise: Promise, broken: int, examples: list[str]) -> Finding:
    """Return what a check found, with a few of the places that broke the promise."""
    if not broken:
        return Finding(promise.check, well=True, words=promise.holds)
    shown = "; ".join(examples[:MOST_EXAMPLES])
    more = f" and {broken - MOST_EXAMPLES} more" if broken > MOST_EXAMPLES else ""
    return Finding(promise.check, well=False, words=f"{shown}{more}", repair=promise.repair)
