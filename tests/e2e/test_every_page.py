"""Every page that a role can reach by links: accessible, narrow enough, and calling nobody else."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from litestar import Litestar
from playwright.sync_api import Browser

from tests.e2e.browsing import Browsing
from tests.e2e.inspecting import Inspector, Looked, Routes, look
from tests.e2e.rosters import check, file, person
from web.app import create_app
from web.settings import Settings

pytestmark = pytest.mark.e2e

ROLES = ["ada", "maria", "rosa", "lee", "sam"]
NO_PAGES = {
    "/",
    "/healthz",
    "/static/{name:str}",
    "/imports/{import_id:uuid}/progress",
    "/cohort/progress",
    "/roster-checks/progress",
    "/roster-checks/{check_id:uuid}/csv",
    "/roster-checks/{check_id:uuid}/xlsx",
    "/notices/confirm",  # the link of a letter
    "/training/progress",
    "/crew.csv",
    "/payroll/handovers/{handover_id:int}/changes.csv",
    "/payroll/handovers/{handover_id:int}/changes.json",
}


@pytest.fixture(scope="session")
def application() -> Litestar:
    """Give the routes; no database is opened."""
    return create_app(Settings(database_url="postgresql://nobody@127.0.0.1:1/none"))


@pytest.fixture(scope="session")
def surfing(chromium: Browser, address: str) -> Iterator[Browsing]:
    """Give browsers that stay until the end."""
    people = Browsing(chromium, address)
    yield people
    people.close()


@pytest.fixture(scope="session")
def inspected(surfing: Browsing, application: Litestar) -> dict[str, list[Looked]]:
    """Give every page that each role reaches, looked at."""
    office = surfing.open("rosa")
    check(office, file("with-a-mistake.csv", [person(1), "K-2,Kit Sommer,machinist,never,,,,,"]))
    office.goto("/training")
    office.get_by_role("button", name="Plan it").click()
    office.get_by_role("heading", name="Who is trained where, month by month").wait_for(timeout=60_000)
    office.goto("/payroll/handovers")
    office.get_by_role("button", name="Hand over").first.click()
    college = surfing.open("lee")
    college.goto("/roster-checks")
    college.get_by_role("button", name="Check them").click()
    college.get_by_role("link", name="As a workbook").wait_for(timeout=60_000)
    agency = surfing.open("sam")
    agency.goto("/cohort?whose=all&program=machinist")
    agency.get_by_role("button", name="Try it").click()
    agency.get_by_role("heading", name="What the other standards would do").wait_for()
    inspector = Inspector(Routes(application))
    return {login: list(inspector.inspect(surfing.open(login))) for login in ROLES}


@pytest.mark.parametrize("login", ROLES)
def test_every_page_of_a_role_is_accessible_and_fits(login: str, inspected: dict[str, list[Looked]]) -> None:
    assert [finding for page in inspected[login] for finding in page.findings] == []


@pytest.mark.parametrize("login", ROLES)
def test_every_link_of_a_role_leads_somewhere(login: str, inspected: dict[str, list[Looked]]) -> None:
    assert [(page.address, page.status) for page in inspected[login] if page.status != HTTPStatus.OK] == []


def test_no_page_is_without_a_link_to_it(inspected: dict[str, list[Looked]], application: Litestar) -> None:
    reached = {page.kind for pages in inspected.values() for page in pages}
    assert set(Routes(application).patterns) - reached - NO_PAGES == {"/sign-in"}


@pytest.mark.usefixtures("inspected")
def test_no_page_complains_or_calls_another_host(surfing: Browsing) -> None:
    assert surfing.complaints == []
    assert surfing.hosts == {surfing.own_host}


@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page"])
def test_pages_for_nobody_are_accessible_and_fit(browsing: Browsing, path: str) -> None:
    page = browsing.open()
    page.goto(path)
    assert list(look(page)) == []
