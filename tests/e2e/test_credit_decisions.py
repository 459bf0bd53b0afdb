"""College credit from both sides: looked up, read with reasons, decided, seen by the learner; kept from others."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, Browsing

pytestmark = pytest.mark.e2e


def test_look_up_reasons_decide_and_the_learner_sees_it(browsing: Browsing) -> None:
    learner = browsing.open("simone", width=PHONE)
    learner.goto("/credit")
    learner.get_by_role("button", name="Ask Lakeside College (sample) for this credit").tap()
    expect(learner.get_by_role("status")).to_contain_text("Sent")
    expect(learner.get_by_text("Waits for the college")).to_be_visible()

    registrar = browsing.open("lee")
    registrar.goto("/learners")
    registrar.get_by_role("link", name="Simone Laurent", exact=True).click()
    expect(registrar.get_by_role("heading", name="Left out, and why")).to_be_visible()
    registrar.goto("/credit-requests")
    registrar.get_by_role("link", name="Simone Laurent").click()
    expect(registrar.get_by_role("heading", name="What the rules leave out, and why")).to_be_visible()
    first = registrar.get_by_role("group").filter(has=registrar.get_by_label("Decide", exact=True)).first
    first.get_by_label("Decide", exact=True).select_option("Not granted")
    registrar.get_by_role("button", name="Decide what is chosen").click()
    expect(registrar.get_by_role("alert")).to_contain_text("Say why")
    first.get_by_label("Reason").fill("The syllabus of this course is missing.")
    registrar.get_by_role("button", name="Decide what is chosen").click()
    expect(registrar.get_by_role("status")).to_contain_text("Decided")
    registrar.get_by_role("button", name="Grant all that the rules give").click()
    expect(registrar.get_by_role("heading", name="Granted", exact=True)).to_be_visible()

    learner.reload()
    expect(learner.get_by_text("The syllabus of this course is missing.").first).to_be_visible()
    expect(learner.get_by_role("heading", name="Granted", exact=True)).to_be_visible()
    learner.get_by_label("Why the college should decide again").fill("It is with the course office.")
    learner.get_by_role("button", name="Ask to decide again").tap()
    expect(learner.get_by_text("Appealed, waits for the college")).to_be_visible()
    learner.goto("/credit")
    expect(learner.get_by_text("granted already").first).to_be_visible()
    expect(learner.get_by_role("listitem").filter(has_text="Lee Whitfield").first).to_be_visible()


def test_a_registrar_without_consent_gets_nothing(browsing: Browsing) -> None:
    lee = browsing.open("lee")
    lee.goto("/learners")
    address = lee.get_by_role("link", name="Dmitri Sokolov", exact=True).get_attribute("href")
    assert address
    priya = browsing.open("priya")
    priya.goto("/learners")
    expect(priya.get_by_role("link", name="Dmitri Sokolov")).to_have_count(0)
    refused = priya.goto(address)
    assert refused is not None
    assert refused.status == 404
    expect(priya.get_by_text("Dmitri")).to_have_count(0)
    learner = browsing.open("dmitri", width=PHONE)
    learner.goto("/credit")
    trace = learner.get_by_role("listitem").filter(has_text="Priya Raman")
    expect(trace).to_contain_text("asked to see your credit and was refused")
