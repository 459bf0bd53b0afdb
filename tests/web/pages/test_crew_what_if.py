"""The page that asks what would be of a crew: the question in the address, saved only when asked to."""

from datetime import date

import pytest

from tests.web.pages.conftest import Site
from web.pages.crew_what_if import moved_words

ASKED = "/payroll/what-if?program=machinist&train=credential:nims-machining-1:mil1&hires=1"


async def test_the_answer_stands_beside_today_and_nothing_is_kept(own_site: Site) -> None:
    site = own_site
    empty = await site.read("employer", "/payroll/what-if")
    assert "Train people, certify more, hire" in empty
    found = await site.read("employer", ASKED)
    assert "Pay in the next 24 months would be $" in found
    assert "New hire 1" in found
    assert "Nothing yet." in found, "nothing is saved unasked"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (date(2027, 1, 21), date(2027, 1, 1), "earlier by 20 days"),
        (date(2027, 1, 1), date(2027, 1, 2), "later by one day"),
        (None, date(2027, 1, 1), ""),
    ],
)
def test_which_way_a_day_moves_is_said(before: date | None, after: date | None, said: str) -> None:
    assert moved_words(before, after) == said


async def test_a_question_is_saved_under_a_name_opened_and_thrown_away(own_site: Site) -> None:
    site = own_site
    asked = {"program": "machinist", "train": "credential:nims-machining-1:mil1"}
    unnamed = await site.send("employer", "/payroll/what-if/saved", {**asked, "name": " "})
    assert (unnamed.status_code, "Give it a name" in unnamed.text) == (422, True)
    kept = await site.send("employer", "/payroll/what-if/saved", {**asked, "name": "Mill <first>"})
    address = kept.headers["location"]
    page = await site.get("employer", address)
    assert "Mill &lt;first&gt;" in page.text
    assert "Whose days move" in page.text or "Nobody" in page.text
    number = page.text.partition("/payroll/what-if/saved/")[2][:36]
    assert (await site.send("admin", f"/payroll/what-if/saved/{number}", {})).status_code == 404
    await site.send("employer", f"/payroll/what-if/saved/{number}", {})
    assert "Nothing yet." in await site.read("employer", "/payroll/what-if")


@pytest.mark.parametrize(
    "query",
    [
        "on=never&train=credential:nims-machining-1:mil1",
        "train=x",
        "who=ada&train=credential:nims-machining-1:mil1",
        "more=2",
        "rate=cheap",
        "rate=1e99&rate_from=2026-12-01",
        "rate=30",
        "hires=1e3",
        "wages=steps:%20[",
        "hires=9999",
    ],
)
async def test_what_cannot_be_read_is_said_at_its_field(site: Site, query: str) -> None:
    found = await site.get("employer", f"/payroll/what-if?{query}")
    assert found.status_code == 422
    assert 'aria-invalid="true"' in found.text or 'class="wrong"' in found.text


async def test_who_has_no_crew_is_told(site: Site) -> None:
    for who in ("ada", "mentor"):
        assert (await site.get(who, "/payroll/what-if")).status_code in (403, 404)


async def test_a_rate_needs_a_day(site: Site) -> None:
    found = await site.get("employer", "/payroll/what-if?program=machinist&rate=33")
    assert (found.status_code, "Say from which day the rate holds." in found.text) == (422, True)


async def test_each_hire_has_one_block(site: Site) -> None:
    found = await site.get("employer", "/payroll/what-if?program=machinist&hires=11")
    names = [found.text.index(f'<span class="name">New hire {number}</span>') for number in (1, 2, 10, 11)]
    assert names == sorted(names)
    assert found.text.count('<span class="name">New hire 1</span>') == 1


async def test_an_unknown_program_is_not_there(site: Site) -> None:
    assert (await site.get("employer", "/payroll/what-if?program=nowhere&hires=1")).status_code == 404
