"""A roster check as a table, and as a workbook that holds nothing but its rows: the same rows are the same bytes.

Text is written as text: a spreadsheet runs nothing in it. Neither the check nor the moment is named in it, so a
check of the same records on the same day gives the same file.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.xml.functions import tostring

from apprenticeship.credit_rosters.model import AgreementLine, LearnerRow, RosterCheck

Cell = str | int | Decimal | None
LONGEST_CELL = 32_767
BEGAN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can say."""


def table_of(check: RosterCheck, rows: Sequence[LearnerRow]) -> list[list[Cell]]:
    """One row for each learner below a heading: for each agreement credits, courses and the share of each limit."""
    columns = _columns(rows)
    heading: list[Cell] = ["as of", "number", "name"]
    for key, unit, limits in columns:
        heading += [f"{key}: {unit} credits", f"{key}: granted already", f"{key}: courses"]
        heading += [f"{key}: {limit}, % used" for limit in limits]
    return [[*heading, "open questions"], *(_cells(check, columns, row) for row in rows)]


def _columns(rows: Sequence[LearnerRow]) -> list[tuple[str, str, tuple[str, ...]]]:
    """(agreement, unit, limits) of all rows, in order."""
    found = {line.agreement: line for row in rows for line in row.lines}
    return [
        (key, line.unit, tuple(limit.name for limit in line.limits)) for key, line in sorted(found.items())
    ]


def _cells(
    check: RosterCheck, columns: Sequence[tuple[str, str, tuple[str, ...]]], row: LearnerRow
) -> list[Cell]:
    lines = {line.agreement: line for line in row.lines}
    cells: list[Cell] = [check.as_of.isoformat(), row.number, row.name]
    for key, _, limits in columns:
        cells += _of_agreement(lines.get(key), limits)
    return [*cells, "; ".join(row.questions)]


def _of_agreement(line: AgreementLine | None, limits: Sequence[str]) -> list[Cell]:
    if line is None:
        return [None] * (3 + len(limits))
    shares = {limit.name: limit.percent for limit in line.limits}
    return [
        _hours(line.credits),
        _hours(line.granted),
        "; ".join(line.courses),
        *(shares.get(limit) for limit in limits),
    ]


def _hours(hundredths: int) -> int | Decimal:
    return hundredths // 100 if hundredths % 100 == 0 else Decimal(hundredths) / 100


def xlsx_file(table: Sequence[Sequence[Cell]]) -> bytes:
    """Write a table as a workbook of one sheet; every text is a cell of type text, never a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Roster")
    sheet.freeze_panes = "D2"
    for number, row in enumerate(table, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            if isinstance(value, str):
                cell.value = _writable(value)
                cell.data_type = "s"
            elif value is not None:
                cell.value = value
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _writable(text: str) -> str:
    """Without what XML cannot hold, and no longer than a cell may be."""
    return "".join(c for c in text if c in "\t\n" or c >= " ")[:LONGEST_CELL]


def _timeless(data: bytes) -> bytes:
    """The same workbook without the moment at which it was written."""
    moment = datetime(*BEGAN)  # noqa: DTZ001 - the format has no zone
    properties = DocumentProperties(creator="Journeymark", created=moment, modified=moment)
    core: Any = tostring(properties.to_tree())  # bytes, whatever its stub says
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = core
            entry = zipfile.ZipInfo(name, BEGAN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()


def file_name(check: RosterCheck, ending: str) -> str:
    """Name the file of a check."""
    return f"credit-{check.as_of}.{ending}"
