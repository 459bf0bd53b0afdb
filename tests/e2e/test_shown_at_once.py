"""What is signed off counts on every page of everybody at once, with scripts and without."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import PHONE, Browsing

pytestmark = pytest.mark.e2e


@dataclass(frozen=True)
class Case:
    """An apprentice with those who look at their progress, and something that moves all four pages."""

    login: str
    name: str
    mentor: str
    employer: str
    registrar: str
    title: str
    script: bool


CREDITS = 3  # for manual milling, by the agreement of the sample college
CASES = [
    Case("ada", "Ada Tran", "maria", "rosa", "lee", "Manual Milling", script=True),
    Case("jorge", "Jorge Castillo", "maria", "rosa", "lee", "Manual Milling", script=False),
]


@pytest.mark.parametrize("case", CASES, ids=["with scripts", "without scripts"])
def test_evidence_from_a_phone_counts_everywhere_once_it_is_signed_off(
    browsing: Browsing, case: Case
) -> None:
    phone = browsing.open(case.login, width=PHONE, script=case.script)
    mentor = browsing.open(case.mentor, script=case.script)
    employer = browsing.open(case.employer, script=case.script)
    registrar = browsing.open(case.registrar, script=case.script)
    before = shown(phone, employer, registrar, case)

    hand_in(phone, case.title)
    expect(phone.get_by_role("status")).to_be_visible()
    assert state(phone, case.title) == "Waiting for sign-off"
    waiting = shown(phone, employer, registrar, case)
    assert waiting.progress == before.progress, "what waits does not count yet"
    assert waiting.crew == before.crew
    assert number(waiting.credit) == number(before.credit)

    sign_off(mentor, case.name, case.title)

    assert state(phone, case.title) == "Held"
    after = shown(phone, employer, registrar, case)
    assert number(after.progress) > number(before.progress)
    assert after.step != before.step
    assert after.crew == after.progress
    assert number(after.credit) == number(before.credit) + CREDITS


@dataclass(frozen=True)
class Shown:
    """What the pages say: home, next raise, the employer's crew, the registrar's credit."""

    progress: str
    step: str
    crew: str
    credit: str


def shown(phone: Page, employer: Page, registrar: Page, case: Case) -> Shown:
    phone.goto("/home")
    progress = phone.locator(".answers .big").first.inner_text()
    phone.goto("/raise")
    step = phone.get_by_role("main").inner_text()
    employer.goto("/crew")
    row = employer.get_by_role("row").filter(has=employer.get_by_role("link", name=case.name))
    crew = row.get_by_role("cell").first.inner_text()
    registrar.goto("/learners")
    registrar.get_by_role("link", name=case.name, exact=True).click()
    credit = registrar.locator(".big").first.inner_text().removeprefix("Up to ")
    return Shown(progress, step, crew, credit)


def number(said: str) -> float:
    found = re.match(r"[\d.]+", said)
    assert found is not None, said
    return float(found.group())


def state(phone: Page, title: str) -> str:
    """Read a credential's state off the list beside the map, and see that the drawing says the same."""
    phone.goto("/map")
    row = phone.get_by_role("listitem").filter(has=phone.get_by_role("link", name=title, exact=True))
    said = row.locator(".soft").inner_text().partition(".")[0]
    drawn = phone.locator("svg.map a", has=phone.locator("title", has_text=f"{title}: {said}"))
    expect(drawn).to_have_count(1)
    return said


def hand_in(phone: Page, title: str) -> None:
    phone.goto("/map")
    phone.get_by_role("link", name=title, exact=True).click()
    phone.get_by_role("link", name="Hand in evidence").click()
    form = phone.locator("form[action='/log/evidence']")
    expect(form.get_by_label("What can you show?").locator("option:checked")).to_contain_text(title)
    form.get_by_label("What did you do?").fill(
        "Job 4471, part 12, within 0.02 mm; the part is in the cabinet."
    )
    form.get_by_role("button", name="Hand in").click()


def sign_off(mentor: Page, name: str, title: str) -> None:
    mentor.goto("/sign-off")
    mentor.get_by_role("checkbox", name=re.compile(f"^{name}\\s*{re.escape(title)}$")).check()
    mentor.get_by_role("button", name="Sign off the marked ones").click()
    expect(mentor.get_by_role("status")).to_be_visible()
