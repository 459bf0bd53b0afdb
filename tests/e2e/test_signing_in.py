import re
from http import HTTPStatus

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Browsing, sign_in

pytestmark = pytest.mark.e2e

FIRST_PAGES = [
    ("ada", "/home", "Ada Tran"),
    ("maria", "/sign-off", "Sign-off"),
    ("rosa", "/raises", "Raises"),
    ("lee", "/learners", "Learners"),
    ("sam", "/people", "People"),
]


@pytest.mark.parametrize(("login", "first", "heading"), FIRST_PAGES)
def test_each_role_begins_where_its_work_is(browsing: Browsing, login: str, first: str, heading: str) -> None:
    page = browsing.open(login)
    expect(page).to_have_url(f"{browsing.address}{first}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    expect(page.get_by_role("navigation", name="Main").locator("[aria-current=page]")).to_have_count(1)


def test_a_wrong_password_says_so_and_nothing_more(browsing: Browsing) -> None:
    page = browsing.open()
    page.goto("/sign-in")
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("ada")
    expect(page.get_by_label("Password")).to_have_value("")


def test_signing_in_goes_on_to_the_page_that_was_asked_for(browsing: Browsing) -> None:
    page = browsing.open()
    page.goto("/raise")
    expect(page).to_have_url(re.compile("/sign-in"))
    sign_in(page, "ada")
    expect(page).to_have_url(f"{browsing.address}/raise")


def test_signing_out_ends_the_session_everywhere(browsing: Browsing) -> None:
    page = browsing.open("ada")
    token = page.context.cookies()
    page.locator("details.me summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{browsing.address}/sign-in")
    assert page.context.cookies() == []
    page.context.add_cookies(token)  # type: ignore[arg-type]  # kept by somebody who looked over the shoulder
    page.goto("/home")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_stranger_finds_no_such_person(browsing: Browsing) -> None:
    own = browsing.open("rosa")
    own.goto("/crew")
    href = own.get_by_role("link", name="Ada Tran").get_attribute("href")
    assert href is not None
    for stranger in ("dale", "greta", "ben"):
        page = browsing.open(stranger)
        answer = page.goto(href)
        assert answer is not None
        assert answer.status == HTTPStatus.NOT_FOUND, stranger
        assert "Ada" not in page.content()


def test_a_page_of_another_role_is_refused(browsing: Browsing) -> None:
    page = browsing.open("ada")
    answer = page.goto("/crew")
    assert answer is not None
    assert answer.status == HTTPStatus.FORBIDDEN
