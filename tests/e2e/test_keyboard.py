"""From the address of the page to evidence handed in, by keys alone."""

import pytest
from playwright.sync_api import Page, expect

from apprenticeship.demo.services import PASSWORD
from tests.e2e.browsing import Browsing

pytestmark = pytest.mark.e2e

MANY = 200
FOCUSED = """() => {
    const at = document.activeElement;
    const label = at.labels?.[0]?.innerText ?? at.innerText ?? "";
    const seen = getComputedStyle(at).outlineStyle !== "none";
    return { said: label.trim().split("\\n")[0], seen };
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the words have the focus; every stop on the way can be seen."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["seen"], f"nothing shows that {focused['said']!r} has the focus"
        if focused["said"].startswith(words):
            return
    pytest.fail(f"{words!r} cannot be reached with Tab on {page.url}")


def test_signing_in_and_handing_in_by_keys_alone(browsing: Browsing) -> None:
    page = browsing.open()
    page.goto("/")
    tab_to(page, "Name")
    page.keyboard.type("luis")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")

    tab_to(page, "Log")
    page.keyboard.press("Enter")
    page.wait_for_url("**/log")
    tab_to(page, "What can you show?")
    page.keyboard.type("4.2")
    tab_to(page, "What did you do?")
    page.keyboard.type("Cut two minutes from the set-up.")
    tab_to(page, "Hand in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/log?sent=*")
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="4.2 ").first).to_be_visible()


def test_the_first_stop_skips_to_the_page(browsing: Browsing) -> None:
    page = browsing.open("ada")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["said"] == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_deciding_a_raise_and_taking_it_back_by_keys_alone(browsing: Browsing) -> None:
    """From who is due to the award, and from there to the undo with its reason."""
    page = browsing.open()
    page.goto("/")
    tab_to(page, "Name")
    page.keyboard.type("rosa")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/raises")
    page.wait_for_load_state("networkidle")
    tab_to(page, "Decide")
    page.keyboard.press("Enter")
    page.wait_for_url("**/raises/*")
    page.wait_for_load_state("networkidle")
    name = page.get_by_role("heading", level=1).inner_text().removeprefix("Raise of ")
    decided = page.url
    tab_to(page, "Award")
    page.keyboard.press("Enter")
    page.wait_for_url("**/raises?done=approved")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("status").filter(has_text="Awarded")).to_be_visible()

    tab_to(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/apprentices/*")
    page.wait_for_load_state("networkidle")
    tab_to(page, "Raises: what was decided")
    page.keyboard.press("Enter")
    page.wait_for_url(decided)
    page.wait_for_load_state("networkidle")
    tab_to(page, "Undo")
    page.keyboard.press("Enter")
    tab_to(page, "Reason")
    page.keyboard.type("The wrong person.")
    tab_to(page, "Take back")
    page.keyboard.press("Enter")
    page.wait_for_url("**/raises?done=undone")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name=f"Decide the raise of {name}")).to_be_visible()
