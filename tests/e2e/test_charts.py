"""Charts in a browser: drawn by Plotly from our own host, and complete as a table without scripts."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, Browsing

pytestmark = pytest.mark.e2e

CHARTS = [("ada", "/completion"), ("rosa", "/crew")]


@pytest.mark.parametrize(("login", "path"), [*CHARTS, ("rosa", "/payroll")])
def test_a_chart_is_drawn_and_its_table_is_folded(browsing: Browsing, login: str, path: str) -> None:
    page = browsing.open(login)
    page.goto(path)
    expect(page.locator(".chart svg.main-svg").first).to_be_visible()
    expect(page.locator(".figure table")).not_to_be_visible()
    page.get_by_text("The same numbers as a table").click()
    expect(page.locator(".figure table")).to_be_visible()


@pytest.mark.parametrize(("login", "path"), CHARTS)
def test_without_scripts_the_table_says_it_all(browsing: Browsing, login: str, path: str) -> None:
    page = browsing.open(login, script=False)
    page.goto(path)
    expect(page.locator(".chart")).not_to_be_visible()
    expect(page.locator(".figure figcaption")).not_to_be_empty()
    drawn = json.loads(page.locator(".chart").get_attribute("data-figure") or "")["data"][-1]["y"]
    cells = page.locator(".figure tbody tr td:nth-child(2)").all_inner_texts()
    said = [float(cell.removesuffix("%")) for cell in cells]
    assert said in (drawn, drawn[::-1])
    assert len(said) > 3


@pytest.mark.parametrize(("width", "bars"), [(PHONE, 0), (1280, 1)])
def test_a_phone_has_no_bar_of_tools(browsing: Browsing, width: int, bars: int) -> None:
    page = browsing.open("rosa", width=width)
    page.goto("/crew")
    expect(page.locator(".chart svg.main-svg").first).to_be_visible()
    expect(page.locator(".chart .modebar-group").first).to_have_count(bars)


def test_only_pages_with_charts_load_plotly_and_loosen_the_policy(browsing: Browsing) -> None:
    page = browsing.open("ada")
    for path, charts in (("/home", False), ("/completion", True), ("/map", False)):
        with page.expect_response(f"{browsing.address}{path}") as answer:
            page.goto(path)
        policy = answer.value.headers["content-security-policy"]
        assert ("style-src 'self' 'unsafe-inline'" in policy) is charts, path
        assert page.locator("script[src*=plotly]").count() == int(charts), path
