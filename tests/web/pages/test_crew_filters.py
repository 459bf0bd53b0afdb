"""The filters of the crew matrix, the counts of its columns, and the table to take along."""

import csv
import io

import pytest

from tests.web.pages.conftest import Site
from web.csv_text import MARK, csv_text


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


async def people_in(site: Site, query: str) -> list[str]:
    rows = rows_of((await site.get("employer", f"/crew.csv?{query}")).text)
    return [row[0] for row in rows[1:-1]]


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("", ["Ada Tran", "Ben Okafor", "Cho Park"]),
        ("name=tran", ["Ada Tran"]),
        ("program=machinist", ["Ada Tran", "Ben Okafor"]),
        ("program=cnc-machinist-hybrid", ["Cho Park"]),
        ("state=waiting", ["Ada Tran", "Ben Okafor"]),
        ("state=lapsing", []),
        ("state=nonsense&program=&mentor=", ["Ada Tran", "Ben Okafor", "Cho Park"]),
        ("program=nonsense", []),
    ],
)
async def test_filters_leave_whom_they_say(site: Site, query: str, people: list[str]) -> None:
    assert await people_in(site, query) == people
    said = await site.read("employer", f"/crew?{query}")
    matrix = said.partition("Skills matrix")[2]
    assert ("Nobody and nothing is left by these filters." in matrix) == (not people)


async def test_a_mentors_apprentices(site: Site) -> None:
    assert await people_in(site, f"mentor={site.person('mentor')}") == ["Ada Tran", "Ben Okafor"]
    assert "Maria Ortiz" in await site.read("employer", "/crew")


async def test_columns_of_a_work_process_or_an_area(site: Site) -> None:
    def heading(text: str) -> list[str]:
        return rows_of(text)[0][3:]

    every = heading((await site.get("employer", "/crew.csv")).text)
    milling = heading((await site.get("employer", "/crew.csv?within=process:machinist:milling")).text)
    assert milling
    assert set(milling) < set(every)
    nothing = await site.get("employer", "/crew.csv?within=area:nims-machining-1:nothing")
    assert heading(nothing.text) == []


async def test_what_waits_has_a_column_and_nothing_else(site: Site) -> None:
    rows = rows_of((await site.get("employer", "/crew.csv?state=waiting")).text)
    waiting = {"Waiting for sign-off"}
    for column in range(3, len(rows[0])):
        assert waiting & {row[column] for row in rows[1:-1]}, rows[0][column]


async def test_only_gaps_leaves_out_what_everybody_can_do(site: Site) -> None:
    rows = rows_of((await site.get("employer", "/crew.csv?gaps=1&program=machinist")).text)
    for column in range(3, len(rows[0])):
        assert {row[column] for row in rows[1:-1]} - {"Done", "Held"}


async def test_counts_tell_how_many_can_do_it_and_what_only_one_can(site: Site) -> None:
    rows = rows_of((await site.get("employer", "/crew.csv")).text)
    assert rows[-1][0] == "Can do it, of 3"
    for column in range(3, len(rows[0])):
        can = sum(row[column] in ("Done", "Held") for row in rows[1:-1])
        assert rows[-1][column] == str(can), rows[0][column]
    said = await site.read("employer", "/crew")
    assert "Only one person" in said
    assert "only Ada Tran" in said


async def test_the_filters_stay_in_the_address_of_parts_and_table(site: Site) -> None:
    page = (await site.get("employer", "/crew?name=a%26b%22&state=waiting&gaps=1")).text
    assert "state=waiting&amp;name=a%26b%22&amp;gaps=1" in page
    assert 'value="a&amp;b&#34;"' in page
    strange = "name=%00%ED%A0%80&mentor=x&within=process&state=" + "y" * 5000
    assert (await site.get("employer", f"/crew?{strange}")).status_code == 200


async def test_the_table_is_sent_as_a_file(site: Site) -> None:
    found = await site.get("employer", "/crew.csv")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    assert found.headers["content-disposition"] == 'attachment; filename="crew.csv"'
    assert found.text.startswith(MARK)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    ((found, other),) = rows_of(csv_text([[cell, 'a "b", c']]))
    assert found == f"'{cell}"
    assert other == 'a "b", c'
