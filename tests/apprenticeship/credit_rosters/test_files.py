"""The table of a check, and its files: the same bytes each time, and nothing in them that runs."""

import csv
import io
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from apprenticeship.credit_rosters.files import table_of, xlsx_file
from apprenticeship.credit_rosters.model import AgreementLine, CheckState, LearnerRow, Limit, RosterCheck
from web.csv_text import FORMULAS, csv_text

CHECK = RosterCheck(
    id=UUID(int=1),
    asked_by=UUID(int=2),
    college=UUID(int=3),
    as_of=date(2026, 11, 21),
    agreements=(),
    unfound=(),
    people=2,
    done=2,
    state=CheckState.DONE,
    created_at=datetime(2026, 11, 21, tzinfo=UTC),
    finished_at=datetime(2026, 11, 21, tzinfo=UTC),
)
LINE = AgreementLine(
    agreement="mfgt",
    program="Manufacturing",
    unit="semester",
    credits=450,
    granted=300,
    courses=("MFG 101", "MFG 105"),
    limits=(Limit(name="share", allowed=3000, used=750), Limit(name="groups.none", allowed=0, used=0)),
)
ADA = LearnerRow(person=UUID(int=4), name="Ada Tran", number="L-1", lines=(LINE,), questions=("one", "two"))
UNSEEN = LearnerRow(person=UUID(int=5), name="", number="", lines=(), questions=("gone",))


def test_one_row_for_each_learner_with_the_share_of_each_limit() -> None:
    assert table_of(CHECK, [ADA, UNSEEN]) == [
        [
            "as of",
            "number",
            "name",
            "mfgt: semester credits",
            "mfgt: granted already",
            "mfgt: courses",
            "mfgt: share, % used",
            "mfgt: groups.none, % used",
            "open questions",
        ],
        ["2026-11-21", "L-1", "Ada Tran", Decimal("4.5"), 3, "MFG 101; MFG 105", 25, 100, "one; two"],
        ["2026-11-21", "", "", None, None, None, None, None, "gone"],
    ]


def test_a_workbook_is_the_same_bytes_whenever_it_is_written() -> None:
    table = table_of(CHECK, [ADA, UNSEEN])
    first = xlsx_file(table)
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert xlsx_file(table) == first


@given(st.text(max_size=30), st.sampled_from(["", *FORMULAS]))
def test_no_text_is_a_formula_in_either_file(text: str, sign: str) -> None:
    name = f"{sign}{text}"
    table = table_of(CHECK, [replace(ADA, name=name, number=name, questions=(name,))])
    sheet = load_workbook(io.BytesIO(xlsx_file(table))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    written = csv_text([["" if cell is None else str(cell) for cell in row] for row in table])
    cells = [
        cell for row in csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")) for cell in row
    ]
    assert not any(cell.lstrip(" ").startswith(FORMULAS) for cell in cells)
