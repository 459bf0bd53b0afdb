import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Browsing

pytestmark = pytest.mark.e2e


def test_the_map_prints_on_wide_sheets_without_controls_and_light(browsing: Browsing) -> None:
    page = browsing.open("ada")
    page.goto("/map")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("navigation", name="Main")).not_to_be_visible()
    expect(page.get_by_role("button", name="Show")).not_to_be_visible()
    expect(page.locator("svg.map")).to_be_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('svg.map .node text')).fill") == "rgb(0, 0, 0)"
    )
    sheets = re.findall(rb"/MediaBox\s*\[\s*0 0 (\S+) (\S+)\s*\]", page.pdf(prefer_css_page_size=True))
    assert 2 <= len(sheets) <= 5
    assert all(float(wide) > float(high) for wide, high in sheets)


def test_a_chart_is_printed_in_light_colours_from_a_dark_screen(browsing: Browsing) -> None:
    page = browsing.open("ada")
    page.emulate_media(color_scheme="dark")
    page.goto("/completion")
    line = page.locator(".chart .scatterlayer .js-line").last
    dark = line.evaluate("(path) => getComputedStyle(path).stroke")
    page.emulate_media(media="print", color_scheme="dark")
    expect(line).not_to_have_css("stroke", dark)
    expect(line).to_have_css("stroke", "rgb(11, 92, 173)")
