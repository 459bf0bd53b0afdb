"""Reading a roster file: CSV or XLSX to rows of text, with every trick of either refused in words."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from apprenticeship.refusals import Invalid
from apprenticeship.roster.workbook import BadWorkbook, workbook_rows

LARGEST_FILE = 10_000_000
MOST_ROWS = 20_000


@dataclass(frozen=True)
class RosterTable:
    """The cells of a file as text: the heading, and (row as a spreadsheet counts, cells) below it."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(file_name: str, data: bytes) -> RosterTable:
    """Read a file by its content: a zip is a workbook, anything else is CSV.

    Raises:
        Invalid: the file cannot be read; the message says why and what would be right.
    """
    if len(data) > LARGEST_FILE:
        raise _refused(f"{file_name} has {len(data):,} bytes; {LARGEST_FILE:,} are the limit. Split it.")
    if not data.strip():
        raise _refused(f"{file_name} is empty. Begin with a row of headings.")
    if data.startswith(b"PK"):
        return _table(file_name, _workbook_rows(file_name, data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(f"{file_name} is an old workbook (.xls). Save it as .xlsx or .csv.")
    return _table(file_name, _csv_rows(file_name, data))


def _refused(message: str) -> Invalid:
    return Invalid(message, where="file")


def _csv_rows(file_name: str, data: bytes) -> Iterator[list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(f"{file_name} is UTF-16. Save it as CSV UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(f"{file_name}: line {line} is not UTF-8. Save it as CSV UTF-8.") from error
    if "\0" in text:
        raise _refused(f"{file_name} has a zero byte, so it is no text. Save it as CSV UTF-8 or .xlsx.")
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
    try:
        yield from csv.reader(lines, delimiter=_delimiter(text), strict=True)
    except csv.Error as error:
        raise _refused(f"{file_name}: {error}. Close every quotation mark.") from error


def _delimiter(text: str) -> str:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max((",", ";", "\t"), key=heading.count)


def _workbook_rows(file_name: str, data: bytes) -> Iterator[list[str]]:
    try:
        yield from workbook_rows(data)
    except BadWorkbook as error:
        raise _refused(f"{file_name} {error}") from error


def _table(file_name: str, rows: Iterator[list[str]]) -> RosterTable:
    heading: tuple[str, ...] = ()
    found: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(rows, start=1):
        trimmed = _trimmed(cells)
        if number > MOST_ROWS + 1:
            raise _refused(f"{file_name} has more than {MOST_ROWS:,} rows, empty ones counted. Split it.")
        if not trimmed:
            continue
        if not heading:
            heading = trimmed
        else:
            found.append((number, trimmed))
    if not heading:
        raise _refused(f"{file_name} is empty. Begin with a row of headings.")
    return RosterTable(heading, tuple(found))


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    """Leave out space around cells, and empty cells at the end."""
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return tuple(stripped)
