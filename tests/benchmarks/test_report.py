from pathlib import Path

import pytest

from tests.benchmarks import report
from tests.benchmarks.__main__ import PARTS
from tests.benchmarks.measuring import Figure, Unit


def test_a_ratio_is_held_from_above_and_from_below() -> None:
    assert Figure("it", 2.0, "that", 1.0, most=2.0).verdict == "kept"
    assert Figure("it", 2.1, "that", 1.0, most=2.0).verdict == "MISSED"
    assert Figure("it", 30.0, "that", 10.0, least=3.0, unit=Unit.PEOPLE).verdict == "kept"
    assert Figure("it", 29.0, "that", 10.0, least=3.0, unit=Unit.PEOPLE).verdict == "MISSED"
    assert Figure("it", 29.0, "that", 10.0).verdict == ""


def test_a_part_is_written_into_its_own_place_and_again(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{report.mark('a')}\n{report.END}\nbetween\n{report.mark('b')}\n{report.END}\n")
    for amount in (3.0, 4.0):
        report.write("b", [Figure("it", amount, "that", 2.5, unit=Unit.PEOPLE)], page)
    said = page.read_text()
    assert said.startswith(f"before\n{report.mark('a')}\n{report.END}\nbetween\n{report.mark('b')}\n")
    assert "| it | 4 people/s | that | 2.5 people/s | 1.6 |  |  |" in said
    assert "3 people" not in said
    assert said.count("Measured on") == 1


def test_a_part_without_a_place_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("nothing here\n")
    with pytest.raises(ValueError, match="measured: a"):
        report.write("a", [], page)


def test_the_page_has_a_place_for_every_part() -> None:
    said = report.PAGE.read_text()
    assert [part for part in PARTS if report.mark(part) not in said] == []
