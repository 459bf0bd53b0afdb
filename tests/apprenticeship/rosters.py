"""Roster files for tests: rows of cells as CSV or as a workbook, and what a small world knows."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from apprenticeship.roster.model import ImportPlan
from apprenticeship.roster.planning import plan_import
from apprenticeship.roster.reading import read_table
from apprenticeship.roster.rows import Known

TODAY = date(2026, 11, 21)
HEADING = (
    *("number", "name", "program", "registered", "credential", "part", "result"),
    *("hours", "work process", "date"),
)
KNOWN = Known(
    programs={"machinist": frozenset({"milling", "turning"}), "operator": frozenset({"turning"})},
    enrols=True,
    credentials={
        "nims:mms": frozenset({"performance"}),
        "nims:tcs1": frozenset({"theory", "performance"}),
        "nims:tcs2": frozenset({"theory", "performance"}),
    },
    credential_names={
        "mms": frozenset({"nims:mms"}),
        "measurement, materials & safety": frozenset({"nims:mms"}),
        "tcs1": frozenset({"nims:tcs1"}),
        "tcs2": frozenset({"nims:tcs2"}),
        "turning": frozenset({"nims:tcs1", "nims:tcs2"}),
    },
    today=TODAY,
)


def row(**cells: Any) -> list[Any]:
    """Give a row by column, with underscores for spaces; a person is there unless told otherwise."""
    given = {"number": "17", "name": "Ada Tran", **{key.replace("_", " "): cells[key] for key in cells}}
    return [given.get(column, "") for column in HEADING]


def csv_file(rows: Sequence[Sequence[Any]], heading: Sequence[Any] = HEADING) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue().encode()


def xlsx_file(rows: Sequence[Sequence[Any]], heading: Sequence[Any] = HEADING) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in [heading, *rows]:
        sheet.append([None if cell == "" else cell for cell in cells])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Replace or add parts of a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in parts:
                new.writestr(member.filename, old.read(member))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def plan(data: bytes, known: Known = KNOWN) -> ImportPlan:
    return plan_import(read_table("crew.csv", data), known)


def said(planned: ImportPlan) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.column, one.what, one.right) for one in planned.findings]
