"""Who may open which page: strangers find nothing, other roles are refused, other sites send nothing."""

import httpx
import pytest
from litestar import get
from litestar.exceptions import ImproperlyConfiguredException

from tests.web.pages.conftest import BASE, Site
from tests.web.shop import NOW
from web.access import KEY, Access, operations, without_policy
from web.app import create_app
from web.pages import routes
from web.settings import Settings

OWN = (
    "/home",
    "/map",
    "/raise",
    "/what-if",
    "/plan",
    "/record",
    "/log",
    "/completion",
    "/raise/claim",
    "/credentials/nims-machining-1/mms",
)
BY_ROLE = {
    "mentor": ("/sign-off", "/apprentices"),
    "employer": (
        "/raises",
        "/raises/most",
        "/training",
        "/crew",
        "/crew.csv",
        "/house-rules",
        "/imports",
        "/payroll",
        "/payroll/what-if",
        "/payroll/handovers",
        "/ratio",
        "/standing-claims",
        "/promotions",
        "/hiring",
        "/shared-credit",
    ),
    "registrar": ("/credit-requests", "/agreements", "/roster-checks"),
    "admin": (
        "/people",
        "/organisation",
        "/organisation/jobs",
        "/refused-looks",
        "/imports",
        "/payroll/handovers",
        "/ratio",
    ),
}
UNSAFE = (
    "/log/hours",
    "/log/evidence",
    "/log/drafts",
    "/log/e000000006",
    "/consents",
    "/consents/employers",
    "/consents/employers/00000000-0000-4000-8000-000000000000",
    "/findable",
    "/findable/00000000-0000-4000-8000-000000000000",
    "/findable/requests/00000000-0000-4000-8000-000000000000",
    "/promotions",
    "/hiring/00000000-0000-4000-8000-000000000000",
    "/keys",
    "/notices/read",
    "/notices/letters",
    "/notices/confirm",
    "/sign-off",
    "/imports",
    "/people/00000000-0000-4000-8000-000000000000",
    "/raises/00000000-0000-4000-8000-000000000000",
    "/raises/00000000-0000-4000-8000-000000000000/undo",
    "/raises/00000000-0000-4000-8000-000000000000/late-logs",
    "/raise/late-logs",
    "/house-rules/late_logs",
    "/raises/00000000-0000-4000-8000-000000000000/object",
    "/raises/00000000-0000-4000-8000-000000000000/correction",
    "/raises/00000000-0000-4000-8000-000000000000/appeal",
    "/raise/appeal",
    "/raises/00000000-0000-4000-8000-000000000000/replay",
    "/payroll/handovers",
    "/raise/claim",
    "/standing-claims/00000000-0000-4000-8000-000000000000/1",
    "/standing-claims/00000000-0000-4000-8000-000000000000/1/told",
    "/ratio/sites",
    "/ratio/placements",
    "/ratio/ends",
    "/apprentices/00000000-0000-4000-8000-000000000000/alone",
    "/apprentices/00000000-0000-4000-8000-000000000000/alone/end",
    "/payroll/kept",
    "/payroll/what-if/saved",
    "/payroll/what-if/saved/00000000-0000-4000-8000-000000000000",
    "/training",
    "/agreements/draft",
    "/roster-checks",
    "/agreements/drafts",
    "/agreements/drafts/1",
    "/agreements/versions/00000000-0000-4000-8000-000000000000/end",
    "/credit/requests",
    "/credit/requests/1/withdraw",
    "/credit/requests/1/appeal",
    "/credit-requests/00000000-0000-4000-8000-000000000000/1",
    "/organisation/jobs/1",
    "/sign-out",
)


@pytest.mark.parametrize(
    "path",
    [
        *OWN,
        "/sign-off",
        "/raises",
        "/crew",
        "/people",
        "/standards",
        "/keys",
        "/consents",
        "/findable",
        "/hiring",
        "/notices",
        "/credit/requests",
        "/credit-requests",
    ],
)
async def test_who_has_not_signed_in_is_asked_to(site: Site, path: str) -> None:
    found = await site.get(None, path)
    assert found.status_code == 303
    assert found.headers["location"] == f"/sign-in?next={path}"


@pytest.mark.parametrize("who", ["mentor", "employer", "registrar", "admin"])
@pytest.mark.parametrize("path", OWN)
async def test_an_apprentices_pages_are_for_apprentices(site: Site, who: str, path: str) -> None:
    assert (await site.get(who, path)).status_code in (403, 404)


@pytest.mark.parametrize("owner", BY_ROLE)
@pytest.mark.parametrize("who", ["ada", "mentor", "employer", "registrar", "admin"])
async def test_a_roles_pages_are_for_that_role(site: Site, owner: str, who: str) -> None:
    for path in BY_ROLE[owner]:
        found = await site.get(who, path)
        if who == owner:
            assert found.status_code == 200, path
        elif found.status_code == 200:
            assert (who, path) in ALSO, path
        else:
            assert found.status_code in (403, 404), path


ALSO = {
    # one's own record is seen by oneself; employers, administrators and registrars see those they have to do with
    ("ada", "/apprentices"),
    ("employer", "/apprentices"),
    ("registrar", "/apprentices"),
    ("admin", "/apprentices"),
    ("registrar", "/crew"),
    ("registrar", "/raises"),
    ("registrar", "/raises/most"),
    ("registrar", "/crew.csv"),
    ("registrar", "/imports"),
    ("admin", "/crew"),
    ("admin", "/raises"),
    ("admin", "/house-rules"),
    ("admin", "/raises/most"),
    ("admin", "/crew.csv"),
    ("admin", "/payroll"),
    ("admin", "/payroll/what-if"),
    ("admin", "/training"),
    ("employer", "/imports"),
    ("admin", "/imports"),
    ("employer", "/payroll/handovers"),
    ("admin", "/payroll/handovers"),
    ("employer", "/ratio"),
    ("admin", "/ratio"),
}


@pytest.mark.parametrize(
    "part", ["", "/map", "/competencies/nims-machining-1/chucking", "/credentials/nims-machining-1/mms"]
)
async def test_a_stranger_and_nobody_look_alike(site: Site, part: str) -> None:
    theirs = await site.get("stranger", f"/apprentices/{site.person('ada')}{part}")
    nobodys = await site.get("stranger", f"/apprentices/00000000-0000-4000-8000-000000000000{part}")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.text == nobodys.text
    assert "Ada" not in theirs.text


async def test_one_apprentice_does_not_see_another(site: Site) -> None:
    assert (await site.get("ben", f"/apprentices/{site.person('ada')}")).status_code == 404


async def test_a_mentor_sees_only_the_assigned(site: Site) -> None:
    assert (await site.get("mentor", f"/apprentices/{site.person('ada')}")).status_code == 200
    assert (await site.get("mentor", f"/apprentices/{site.person('cho')}")).status_code == 404


async def test_evidence_of_others_is_not_found(site: Site) -> None:
    for who in ("ben", "stranger"):
        for path in ("/log/e000000006", "/sign-off/e000000006"):
            assert (await site.get(who, path)).status_code in (403, 404), (who, path)


async def test_nobody_but_the_employer_decides_a_raise(site: Site) -> None:
    path = f"/raises/{site.person('ada')}"
    for who in ("ada", "ben", "mentor", "registrar", "admin", "stranger"):
        assert (await site.get(who, path)).status_code == 404
        assert (await site.send(who, path, {})).status_code == 404
        assert (await site.send(who, f"{path}/undo", {"decision": "1", "reason": "No."})).status_code == 404
        assert (await site.send(who, f"{path}/late-logs", {"month": "2026-10-01"})).status_code == 404


@pytest.mark.parametrize("path", UNSAFE)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "https://journeymark.test.elsewhere.example"},
        {"origin": BASE, "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
        {},
    ],
)
async def test_a_form_from_elsewhere_is_refused(site: Site, path: str, headers: dict[str, str]) -> None:
    browser = await site.browser("ada")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(site.app), base_url=BASE, cookies=browser.cookies, headers=headers
    ) as other:
        refused = await other.post(path, data={"name": "x"})
    assert refused.status_code == 403
    assert "not sent from a page of this site" in refused.text


def _settings() -> Settings:
    return Settings(database_url="postgresql://nobody@localhost/nothing")


def test_every_operation_declares_its_policy() -> None:
    app = create_app(_settings(), clock=lambda: NOW)
    found = list(operations(app))
    assert len(found) > 40
    assert without_policy(app) == []
    assert all(isinstance(handler.opt[KEY], Access) for handler in found)


def test_an_operation_without_a_policy_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    @get("/open-to-whom", sync_to_thread=False)
    def unguarded() -> None: ...

    monkeypatch.setattr(routes, "HANDLERS", [*routes.HANDLERS, unguarded])
    with pytest.raises(ImproperlyConfiguredException, match="GET /open-to-whom"):
        create_app(_settings(), clock=lambda: NOW)


def test_the_check_would_see_a_policy_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(_settings(), clock=lambda: NOW)
    for handler in operations(app):
        with monkeypatch.context() as without:
            without.delitem(handler.opt, KEY)
            missing = without_policy(app)
        assert {name.partition(" ")[2] for name in missing} == set(handler.paths)
