"""Everybody in a program in a browser: an agency evaluates them, watches the bar, and tries a draft on them."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from standards.catalog import load_catalog
from tests.e2e.browsing import DESK, PHONE, Browsing
from tests.e2e.inspecting import look

pytestmark = pytest.mark.e2e
PATIENCE = 60_000


def draft(folder: Path) -> Path:
    """Write the shipped program with completion after a year."""
    programs = (one.raw for one in load_catalog() if one.kind == "program")
    raw = next(one for one in programs if one["program"]["id"] == "machinist")
    later = {**raw["program"], "completion": {"months": 12, "since": "registered"}}
    path = folder / "draft.json"
    path.write_text(json.dumps({**raw, "program": later}, default=float))
    return path


def test_an_agency_evaluates_everybody_and_tries_a_draft_on_them(browsing: Browsing, tmp_path: Path) -> None:
    page = browsing.open("sam", width=DESK)
    page.goto("/cohort?whose=all&program=machinist")
    page.get_by_role("button", name="Evaluate everybody").click()
    # the page loads itself again when the bar is full
    expect(page.locator(".figure figcaption").first).to_have_text(
        "18 apprentices: two are complete and nobody is stuck.", timeout=PATIENCE
    )
    page.get_by_label("the draft in this file").check()
    page.get_by_label("Draft", exact=False).last.set_input_files(draft(tmp_path))
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="What the other standards would do")).to_be_visible(
        timeout=PATIENCE
    )
    gained = page.get_by_role("row", name="Complete").first
    assert int(gained.get_by_role("cell").first.inner_text()) > 0
    assert "Ada Tran" not in page.content()
    assert list(look(page)) == []


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_an_employer_sees_who_would_gain_by_name(browsing: Browsing, tmp_path: Path, width: int) -> None:
    page = browsing.open("rosa", width=width)
    page.goto("/cohort?program=machinist")
    page.get_by_label("the draft in this file").check()
    page.get_by_label("Draft", exact=False).last.set_input_files(draft(tmp_path))
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Gains")).to_be_visible()
    expect(page.get_by_role("heading", name="Would be stuck")).not_to_be_visible()
    page.get_by_role("link", name="Ada Tran").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Tran")
