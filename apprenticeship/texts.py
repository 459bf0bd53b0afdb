"""Text that people send: what the database can keep, and how much of it."""

from datetime import date
from unicodedata import category

from apprenticeship.refusals import Invalid

SPACES = frozenset("\n\r\t")
NO_TEXT = frozenset({"Cc", "Cs"})  # controls, and halves of a character


def is_plain(text: str) -> bool:
    """Whether the database can keep it and a person can read it."""
    return all(letter in SPACES or category(letter) not in NO_TEXT for letter in text)


def plain(text: str) -> str:
    """Leave out of text what the database cannot keep."""
    return "".join(letter for letter in text if is_plain(letter))


def check_text(text: str | None, *, longest: int, where: str) -> None:
    """Go on only with text that can be kept; None is none.

    `longest` is in characters, `where` is the field.

    Raises:
        Invalid: it is longer, or has characters that are not text.
    """
    if text is None:
        return
    if len(text) > longest:
        raise Invalid(f"This has {len(text):,} characters; at most {longest:,} are kept.", where=where)
    if not is_plain(text):
        raise Invalid("This has a character that is no text; type it anew.", where=where)


def in_words(day: date) -> str:
    """Write a day as people read it: 1 November 2026."""
    return f"{day.day} {day:%B %Y}"
