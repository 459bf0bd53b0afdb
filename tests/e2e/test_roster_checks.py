"""A roster check in the browser: asked for, its bar fills up, the files come, the learner sees the look."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, Browsing

pytestmark = pytest.mark.e2e


def test_a_registrar_checks_the_roster_and_the_learners_see_it(browsing: Browsing) -> None:
    registrar = browsing.open("lee")
    registrar.goto("/learners")
    registrar.get_by_role("link", name="Check a whole roster at once").click()
    registrar.get_by_role("button", name="Check them").click()
    expect(registrar.get_by_role("link", name="As a workbook")).to_be_visible(timeout=60_000)
    row = registrar.get_by_role("row").filter(has_text="Marcus Bell")
    expect(row).to_contain_text("granted already")
    registrar.get_by_role("link", name="with open questions").click()
    expect(registrar.get_by_role("link", name="Show everybody")).to_be_visible()
    with registrar.expect_download() as download:
        registrar.get_by_role("link", name="As CSV").click()
    assert download.value.suggested_filename.startswith("credit-")
    learner = browsing.open("marcus", width=PHONE)
    learner.goto("/credit")
    expect(learner.get_by_role("listitem").filter(has_text="Lee Whitfield").first).to_contain_text("credit")


def test_a_list_says_of_each_row_why_it_names_nobody(browsing: Browsing) -> None:
    registrar = browsing.open("priya")
    registrar.goto("/roster-checks")
    registrar.get_by_label("Those of a list").check()
    listed = b"name\nHector Villanueva\nNobody Known\n"
    registrar.get_by_label("The list").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": listed}
    )
    registrar.get_by_role("button", name="Check them").click()
    expect(registrar.get_by_text("Row 3, Nobody Known: nobody whom you may see")).to_be_visible(
        timeout=60_000
    )
