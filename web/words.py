"""The words of the shop: how states, dates, money and shares are said on every page."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

MINUTES = 60
THIN_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Look:
    """How a state is told: `look` picks sign, border and colour, `word` says it."""

    look: str
    word: str


COMPETENCY_LOOKS = {
    "met": Look("done", "Done"),
    "waived": Look("waived", "Waived"),
    "lapsed": Look("lapsed", "Lapsed"),
    "pending": Look("wait", "Waiting for sign-off"),
    "ready": Look("ready", "Ready"),
    "locked": Look("locked", "Locked"),
}
CREDENTIAL_LOOKS = {
    "held": Look("done", "Held"),
    "waived": Look("waived", "Waived"),
    "expired": Look("lapsed", "Expired"),
    "pending": Look("wait", "Waiting for sign-off"),
    "in_progress": Look("part", "Part passed"),
    "ready": Look("ready", "Ready"),
    "locked": Look("locked", "Locked"),
}
STATUS_LOOKS = {
    "claimed": Look("part", "Kept as a draft"),
    "submitted": Look("wait", "Waiting for sign-off"),
    "verified": Look("done", "Signed off"),
    "rejected": Look("back", "Sent back"),
}


def day(value: date | datetime | None) -> str:
    """Say a date as "12 May 2026"; nothing where there is none."""
    return f"{value.day} {value:%B %Y}" if value else ""


def money(cents: int) -> str:
    """Say cents as "$18.20"."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def percent(share: Fraction) -> str:
    """Say a share as a percentage floored to one decimal, so that 100 means all of it."""
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}{f'.{tenths % 10}' if tenths % 10 else ''}{THIN_SPACE}%"


def hours(minutes: int) -> str:
    """Say minutes as hours with at most one decimal, rounded half up."""
    tenths = (abs(minutes) * 10 * 2 + MINUTES) // (MINUTES * 2)
    whole, part = divmod(tenths, 10)
    return f"{'-' if minutes < 0 else ''}{whole:,}{f'.{part}' if part else ''}"


def credit_hours(hundredths: int) -> str:
    """Say hundredths of a credit without zeros that say nothing."""
    whole, part = divmod(hundredths, 100)
    return str(whole) if not part else f"{whole}.{part:02}".rstrip("0")


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Say a number of things; up to nine in words."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    said = words[number] if 0 <= number < len(words) else f"{number:,}"
    return f"{said} {noun if number == 1 else plural or noun + 's'}"


def listed(things: list[str], joiner: str = "and") -> str:
    """Say things one after the other: "a, b and c"."""
    if len(things) < 2:  # noqa: PLR2004 - one thing needs no joiner
        return "".join(things)
    return f"{', '.join(things[:-1])} {joiner} {things[-1]}"


def sentence(text: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]


PLACES = {
    "steps": "wage step",
    "credentials": "credential",
    "competencies": "competency",
    "courses": "course",
    "programs": "program",
    "requirements": "requirement",
    "work_processes": "work process",
    "areas": "area",
    "levels": "level",
    "awards": "award",
    "blocks": "block",
    "rules": "rule",
}
"""What one of a list in a document is called."""
LISTS = ("all", "any", "of")
SILENT = ("wages", "when")


def clause(text: str) -> str:
    """Say where a rule stands: "a.json#program.wages.steps[2].when.all[0]" as "program, wage step 3, condition 1".

    Places are counted from one. A document that is no program is named by its file; text without a place is left alone.
    """
    file, mark, path = text.partition("#")
    if not mark or not path:
        return text
    said: list[str] = [] if path.partition(".")[0] == "program" else [file.rpartition(".")[0] or file]
    inside = False
    for part in path.split("."):
        found = re.fullmatch(r"(\w+)\[(\d+)\]", part)
        name, number = (found[1], int(found[2]) + 1) if found else (part, None)
        if number is None:
            if name not in SILENT:
                said.append(name.replace("_", " "))
        elif name in LISTS:
            said.append(f"{'part' if inside else 'condition'} {number}")
            inside = True
        else:
            said.append(f"{PLACES.get(name) or name.replace('_', ' ')} {number}")
    return ", ".join(said)
