import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, Browsing

pytestmark = pytest.mark.e2e


def test_hours_logged_on_a_phone_wait_and_then_count(browsing: Browsing) -> None:
    phone = browsing.open("dina", width=PHONE)
    phone.goto("/log")
    form = phone.locator("form[action='/log/hours']")
    form.get_by_label("Hours", exact=True).fill("7.25")
    form.get_by_label("Note").fill("fixture plate")
    form.get_by_role("button", name="Send hours").tap()
    expect(phone.get_by_role("status")).to_be_visible()
    expect(phone.get_by_role("listitem").filter(has_text="7.3 hours")).to_have_count(1)

    mentor = browsing.open("hanh")
    mentor.goto("/sign-off")
    mentor.get_by_role("checkbox", name=re.compile("Dina Haddad\\s*7.3 hours")).check()
    mentor.get_by_role("button", name="Sign off the marked ones").click()

    phone.goto("/record")
    entry = phone.get_by_role("row").filter(has_text="7.3 hours")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("Signed off")


def test_evidence_comes_back_with_the_reason(browsing: Browsing) -> None:
    mentor = browsing.open("greta")
    mentor.goto("/sign-off")
    mentor.get_by_role("link", name=re.compile("^Look at .* of Noor Siddiqui$")).first.click()
    what = mentor.get_by_role("heading", level=1).inner_text()
    mentor.get_by_role("button", name="Send back").click()
    expect(mentor.get_by_role("alert")).to_be_visible()

    mentor.get_by_label("Comment, or the reason").fill("The bore is out of round; measure it again.")
    mentor.get_by_role("button", name="Send back").click()
    expect(mentor.get_by_role("status")).to_be_visible()

    phone = browsing.open("noor", width=PHONE)
    phone.goto("/log")
    row = phone.get_by_role("listitem").filter(has_text="The bore is out of round")
    expect(row).to_contain_text(what)
    expect(row).to_contain_text("Sent back")


def test_words_typed_before_a_lost_connection_are_still_there(browsing: Browsing) -> None:
    phone = browsing.open("caleb", width=PHONE)
    phone.goto("/log")
    words = phone.locator("form[action='/log/evidence']").get_by_label("What did you do?")
    words.fill("Half a sentence")
    phone.reload()
    expect(words).to_have_value("Half a sentence")


def test_hours_that_cannot_be_are_refused_at_their_field(browsing: Browsing) -> None:
    phone = browsing.open("caleb", width=PHONE)
    phone.goto("/log")
    form = phone.locator("form[action='/log/hours']")
    form.get_by_label("Hours", exact=True).fill("25")
    form.get_by_role("button", name="Send hours").tap()
    expect(phone.get_by_role("alert")).to_be_visible()
    field = phone.get_by_label("Hours", exact=True)
    expect(field).to_have_value("25")
    expect(field).to_have_attribute("aria-invalid", "true")
