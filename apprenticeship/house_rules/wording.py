"""How house rules say days, numbers and money: the words of the pages, for sentences that services answer with."""

from collections.abc import Sequence
from datetime import date

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def said_day(day: date) -> str:
    """Say a date as "12 May 2026"."""
    return f"{day.day} {day:%B %Y}"


def said_month(day: date) -> str:
    """Say a month as "May 2026"."""
    return f"{day:%B %Y}"


def said_money(cents: int) -> str:
    """Say cents as "$18.20"."""
    return f"${cents // 100:,}.{cents % 100:02}"


def counted(number: int, noun: str) -> str:
    """Say a number of things; up to nine in words."""
    said = SMALL[number] if 0 <= number < len(SMALL) else f"{number:,}"
    return f"{said} {noun if number == 1 else noun + 's'}"


def ordinal(number: int) -> str:
    """Say which one: "1st", "12th", "22nd"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def listed(things: Sequence[str]) -> str:
    """Say things one after the other: "a, b and c"."""
    if len(things) < 2:  # noqa: PLR2004 - one thing needs no joiner
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def sentence(text: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]
