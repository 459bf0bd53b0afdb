"""Importing a roster in a browser: the dry run, its findings, and a progress that is found again."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.inspecting import look
from tests.e2e.rosters import check, file, person

pytestmark = pytest.mark.e2e


def test_a_dry_run_names_bad_rows_and_good_ones_can_go_ahead(browsing: Browsing) -> None:
    page = browsing.open("rosa")
    bad = "K-901,Kit Sommer,machinist,2026-01-05,mms,,,,the tenth"
    check(page, file("two-rows.csv", [person(900), bad]))
    finding = page.get_by_role("region", name="Findings").get_by_role("row").nth(1)
    expect(finding).to_contain_text("3")
    expect(finding).to_contain_text("date")
    expect(finding).to_contain_text("'the tenth' is no date")
    assert list(look(page)) == []

    people = browsing.open("rosa")
    people.goto("/crew")
    assert "Pat Number 900" not in people.content(), "a dry run changes nothing"

    page.get_by_role("button", name="Import the good rows").click()
    expect(page.get_by_text("Imported", exact=True)).to_be_visible(timeout=30_000)
    people.reload()
    expect(people.get_by_role("link", name="Pat Number 900")).to_be_visible()
    assert "Kit Sommer" not in people.content()


def test_progress_survives_leaving_the_page_and_the_same_file_changes_nothing(browsing: Browsing) -> None:
    page = browsing.open("ingrid")
    rows = [person(number) for number in range(300)]
    check(page, file("three-hundred.csv", rows))
    page.get_by_role("button", name="Import the rows").click()
    expect(page.get_by_role("progressbar")).to_be_visible()

    page.goto("/people")
    page.goto("/imports")
    page.get_by_role("link", name="three-hundred.csv").first.click()
    expect(page.get_by_role("progressbar")).to_have_js_property("max", 300)
    expect(page.get_by_text("Imported", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 300)
    expect(page.get_by_role("main")).to_contain_text("300 rows brought something new")

    check(page, file("three-hundred.csv", rows))
    page.get_by_role("button", name="Import the rows").click()
    expect(page.get_by_text("Imported", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("main")).to_contain_text("300 rows were there already")
