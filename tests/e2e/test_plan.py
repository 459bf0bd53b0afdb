"""The shortest way in a browser, on a desk and on a phone: asked in the form, answered in words, shown on the map."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import DESK, PHONE, Browsing
from tests.e2e.inspecting import look

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(("width", "script"), [(DESK, True), (PHONE, True), (PHONE, False)])
def test_a_way_is_asked_for_told_in_words_and_shown_on_the_map(
    browsing: Browsing, width: int, script: bool
) -> None:
    page = browsing.open("ada", width=width, script=script)
    page.goto("/map")
    page.get_by_role("link", name="Show the way in order").click()
    ask(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("The way to journeyworker")
    expect(page.locator(".lede")).to_contain_text("No way takes fewer hours: that is proven.")
    steps = page.locator("ol.turns > li")
    assert steps.count() > 3
    first = steps.first
    title = first.locator(".name").inner_text()
    expect(first).to_contain_text("Done by")
    top, drawing = steps.first.bounding_box(), page.locator("svg.map.way").first.bounding_box()
    assert top is not None
    assert drawing is not None
    assert top["y"] < drawing["y"], "the words come first"

    numbered = page.locator("svg.map a.goal")
    assert numbered.count() == page.locator("ol.turns a.turn").count()
    assert page.locator("svg.map a.node:not(.goal)").count() > numbered.count()
    first.get_by_role("link", name="On the map: 1").click()
    expect(page).to_have_url(re.compile("#turn-1$"))
    box = page.locator("#turn-1 rect.edge").bounding_box()
    assert box is not None
    assert box["x"] < width
    assert box["x"] + box["width"] > 0
    expect(page.locator("#turn-1 title")).to_contain_text(f"1. {title}")

    page.get_by_text("I won't do").click()
    page.get_by_role("group").get_by_role("checkbox", name=title, exact=True).first.check()
    page.get_by_role("button", name="Find the way").click()
    expect(page.get_by_role("status")).to_contain_text(f"Left out, as you asked: {title}.")
    assert title not in page.locator("ol.turns .name").all_inner_texts()
    if script:
        assert list(look(page)) == []


def ask(page: Page) -> None:
    form = page.locator("form[action='/plan']")
    form.get_by_label("Goal").select_option(label="Journeyworker")
    form.get_by_label("Fewest hours").check()
    form.get_by_role("button", name="Find the way").click()
