"""Files of every kind: what can be read is read, what cannot is refused in words, whatever the bytes."""

import random
import re

import pytest

from apprenticeship.refusals import Invalid
from apprenticeship.roster.reading import LARGEST_FILE, MOST_ROWS, read_table
from tests.apprenticeship.rosters import csv_file, plan, row, said, with_parts, xlsx_file

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
BOOK = xlsx_file([row()])
PADDING = random.Random(5).randbytes(400_000)


def sheet(rows: str) -> str:
    return f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"


def padded(name: str, content: str) -> bytes:
    return with_parts(BOOK, {name: content, "xl/media/image1.png": PADDING})


REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty. Begin with a row of headings."),
    "blank lines": (b"\n , ,\n\n", "is empty. Begin with a row of headings."),
    "too large": (b"a" * (LARGEST_FILE + 1), "has 10,000,001 bytes; 10,000,000 are the limit. Split it."),
    "old workbook": (b"\xd0\xcf\x11\xe0 and more", "is an old workbook (.xls). Save it as .xlsx or .csv."),
    "a byte order mark alone": (b"\xef\xbb\xbf", "is empty. Begin with a row of headings."),
    "UTF-16": ("number,name".encode("utf-16"), "is UTF-16. Save it as CSV UTF-8."),
    "Latin-1": ("number,name\n17,Zoë".encode("latin-1"), "line 2 is not UTF-8. Save it as CSV UTF-8."),
    "zero byte": (b"number,name\n17,A\0da\n", "has a zero byte, so it is no text."),
    "open quote": (b'number,name\n17,"Ada\n', "Close every quotation mark."),
    "a field without end": (b'number,name\n17,"' + b"a" * 200_000, "Close every quotation mark."),
    "too many rows": (b"number,name\n" + b"\n" * MOST_ROWS + b"17,Ada\n", "has more than 20,000 rows"),
    "no zip at all": (b"PK\x03\x04 and then nothing", "Save it again as .xlsx or .csv."),
    "half a workbook": (BOOK[: len(BOOK) // 2], "Save it again as .xlsx or .csv."),
    "a zip of something else": (
        with_parts(BOOK, {"xl/workbook.xml": "<nothing/>"}),
        "Save it again as .xlsx or .csv.",
    ),
    "not XML": (with_parts(BOOK, {SHEET: "17, Ada"}), "Save it again as .xlsx or .csv."),
    "zip bomb": (with_parts(BOOK, {SHEET: sheet(" " * 20_000_000)}), "unpacks to 20,0"),
    "padded zip bomb of cells": (
        padded(SHEET, sheet('<row r="1">' + "<c/>" * 900_000 + "</row>")),
        "in one row. Split it.",
    ),
    "padded zip bomb of rows": (
        padded(SHEET, sheet("<row/>" * 1_000_001)),
        "has more than 1,000,000 elements",
    ),
    "padded zip bomb of styles": (
        padded("xl/styles.xml", f"<styleSheet {NS}><cellXfs>{'<xf/>' * 60_000}</cellXfs></styleSheet>"),
        "has more than 50,000 elements",
    ),
    "entities": (
        with_parts(
            BOOK, {SHEET: '<!DOCTYPE w [<!ENTITY a "aaaa">]>' + sheet("<row><c><v>&a;</v></c></row>")}
        ),
        "declares entities",
    ),
    "a row far below": (
        with_parts(BOOK, {SHEET: sheet('<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>')}),
        "has more than 20,000 rows",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(case: str) -> None:
    data, words = REFUSED[case]
    with pytest.raises(Invalid, match=re.escape(words)) as refusal:
        read_table("crew.csv", data)
    assert str(refusal.value).startswith("crew.csv")
    assert refusal.value.where == "file"


READ: dict[str, bytes] = {
    "byte order mark": b"\xef\xbb\xbfnumber,name\n17,Ada Tran\n",
    "semicolons": b"number;name\n17;Ada Tran\n",
    "tabs": b"number\tname\n17\tAda Tran\n",
    "bare carriage returns": b"number,name\r17,Ada Tran\r",
    "both line ends": b"number,name\r\n17,Ada Tran\r\n",
    "quotes and spaces": b'"number", name \n"17",  Ada Tran  \n',
    "no last line end": b"number,name\n17,Ada Tran",
    "blank rows between": b"\n\nnumber,name\n\n,\n17,Ada Tran\n\n",
}


@pytest.mark.parametrize("case", READ)
def test_what_spreadsheets_write_is_read(case: str) -> None:
    planned = plan(READ[case])
    assert said(planned) == []
    assert [(one.number, one.name) for one in planned.rows] == [("17", "Ada Tran")]


def test_rows_are_counted_as_a_spreadsheet_counts() -> None:
    table = read_table("crew.csv", b"\nnumber,name\n\n17,Ada\n")
    assert table.rows == ((4, ("17", "Ada")),)
    gap = with_parts(
        BOOK,
        {
            SHEET: sheet(
                '<row r="1"><c r="A1" t="inlineStr"><is><t>number</t></is></c></row>'
                '<row r="5"><c r="A5"><v>17</v></c></row>'
            )
        },
    )
    assert read_table("crew.xlsx", gap).rows == ((5, ("17",)),)


def test_a_workbook_is_known_by_its_content_not_its_name() -> None:
    assert read_table("crew.csv", BOOK) == read_table("crew.xlsx", BOOK)
    assert read_table("crew.xlsx", csv_file([row()])).rows[0][1][:2] == ("17", "Ada Tran")


def test_no_damage_to_a_workbook_goes_beyond_a_refusal() -> None:
    chance = random.Random(11)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(150):
        data = bytearray(BOOK)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(2, len(data))] = chance.randrange(256)
        try:
            read_table("crew.xlsx", bytes(data))
            outcomes["read"] += 1
        except Invalid:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 50


def test_no_damage_inside_a_sheet_goes_beyond_a_refusal() -> None:
    """Damage the XML itself, which a checksum of the zip would otherwise catch."""
    chance = random.Random(12)
    good = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="n"><v>4.5</v></c></row>')
    for _ in range(150):
        letters = list(good)
        for _ in range(chance.randint(1, 4)):
            letters[chance.randrange(len(letters))] = chance.choice("0<>/\"' atsnrv=5")
        with_damage = with_parts(BOOK, {SHEET: "".join(letters)})
        try:
            read_table("crew.xlsx", with_damage)
        except Invalid as refusal:
            assert str(refusal).startswith("crew.xlsx")  # noqa: PT017 - either outcome is right
