"""Cells of an XLSX file as text, after measuring what it unpacks to: openpyxl itself knows no limits."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.parsers import expat

from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

LARGEST_UNPACKED = 60_000_000
HIGHEST_RATIO = 200
MOST_COLUMNS = 50
# openpyxl takes up to 0.3 kB and 16 microseconds for an element of a sheet, and four times that in styles
MOST_ELEMENTS = 1_000_000
MOST_ELEMENTS_ELSEWHERE = 50_000
MOST_ELEMENTS_IN_ROW = 2_000
BLOCK = 65_536
SHEETS = "xl/worksheets/"
LONG_PARTS = (SHEETS, "xl/sharedStrings")
FORMULA = "="

if not DEFUSEDXML:
    raise ImportError("openpyxl must read XML through defusedxml: unset OPENPYXL_DEFUSEDXML.")


class BadWorkbook(Exception):  # noqa: N818 - it is the file that is bad
    """Why a file cannot be read, as the end of a sentence that begins with its name."""


def workbook_rows(data: bytes) -> Iterator[list[str]]:
    """Give the first columns of the rows of the first sheet, empty rows too.

    Formulas are given as they are (`=B2*8`), because what they came to may never have been worked out.

    Raises:
        BadWorkbook: it is none, is damaged, or unpacks to far more than it is.
    """
    _measure(data)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [_text(value) for value in row]
    except Exception as error:  # damaged parts raise anything: TypeError, AttributeError, IndexError ...
        raise BadWorkbook("is damaged or no workbook. Save it again as .xlsx or .csv.") from error


def _measure(data: bytes) -> None:
    """Refuse what unpacks to far more than it is, piece by piece, before openpyxl sees it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(sum(member.file_size for member in archive.infolist()), len(data))
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")):
                    _Meter(member.filename).read(archive, member)
    except BadWorkbook:
        raise
    except Exception as error:  # so do damaged zips: BadZipFile, zlib.error, ValueError, RuntimeError ...
        raise BadWorkbook("is damaged or locked. Save it again as .xlsx or .csv.") from error


def _check_size(unpacked: int, packed: int) -> None:
    if unpacked > LARGEST_UNPACKED or unpacked > HIGHEST_RATIO * packed:
        raise BadWorkbook(f"unpacks to {unpacked:,} bytes. Save the sheet as .csv.")


class _Meter:
    """Counts the elements of one part while it is unpacked, and stops where there are too many."""

    def __init__(self, name: str) -> None:
        self._most = MOST_ELEMENTS if name.startswith(LONG_PARTS) else MOST_ELEMENTS_ELSEWHERE
        self._elements = 0
        self._at_row = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        if name.startswith(SHEETS):
            self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        with archive.open(member) as part:
            while block := part.read(BLOCK):
                self._parser.Parse(block)
            self._parser.Parse(b"", True)  # noqa: FBT003 - expat's only way to say that this is the end

    def _begin(self, name: str, _: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > self._most:
            raise BadWorkbook(f"has more than {self._most:,} elements in one part. Save the sheet as .csv.")
        if _is_row(name):
            self._at_row = self._elements

    def _end(self, name: str) -> None:
        if _is_row(name) and self._elements - self._at_row > MOST_ELEMENTS_IN_ROW:
            raise BadWorkbook(f"has more than {MOST_ELEMENTS_IN_ROW:,} elements in one row. Split it.")

    def _entity(self, *_: Any) -> None:
        raise BadWorkbook("declares entities, which no spreadsheet does. Save it again as .xlsx or .csv.")


def _is_row(name: str) -> bool:
    return name.rpartition(":")[2] == "row"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, ArrayFormula | DataTableFormula):
        return FORMULA
    return str(value)
