"""Consent to an employer from both sides: signed, seen, taken back; and the apprentice sees who looked."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, Browsing

pytestmark = pytest.mark.e2e


def test_consent_shows_credit_to_the_employer_until_it_is_taken_back(browsing: Browsing) -> None:
    learner = browsing.open("simone", width=PHONE)
    learner.goto("/consents")
    learner.locator("#employer").select_option("Keystone Precision (sample)")
    learner.get_by_label("What for").fill("Tuition paid back")
    learner.get_by_label("Sign with your name").fill("S. L.")
    learner.get_by_role("button", name="Let this employer see my credit").tap()
    expect(learner.get_by_text("Sign with your name as it is written here")).to_be_visible()
    learner.get_by_label("Sign with your name").fill("Simone Laurent")
    learner.get_by_role("button", name="Let this employer see my credit").tap()
    expect(learner.get_by_role("status")).to_contain_text("Given")

    employer = browsing.open("rosa")
    employer.goto("/shared-credit")
    employer.get_by_role("link", name="Simone Laurent").click()
    expect(employer.get_by_role("heading", name="College credit of Simone Laurent")).to_be_visible()
    expect(employer.get_by_text("Tuition paid back")).to_be_visible()

    learner.get_by_role("button", name="Take back from Keystone Precision (sample)").tap()
    expect(learner.get_by_role("status")).to_contain_text("Taken back")
    refused = employer.reload()
    assert refused is not None
    assert refused.status == 404
    employer.goto("/shared-credit")
    expect(employer.get_by_role("link", name="Ada Tran")).to_be_visible()
    expect(employer.get_by_text("Simone Laurent")).to_have_count(0)
    learner.goto("/credit")
    look = learner.get_by_role("listitem").filter(has_text="for the employer Keystone Precision (sample)")
    expect(look.first).to_contain_text("Rosa Novak")


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_nothing_of_it_is_wider_than_the_screen(browsing: Browsing, width: int) -> None:
    for who, path, title in (
        ("ada", "/consents", "Who may see my record"),
        ("rosa", "/shared-credit", "College credit shared with you"),
    ):
        page = browsing.open(who, width=width)
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
