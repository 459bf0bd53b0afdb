"""What every page has in common: small, whole in itself, well guarded by headers, and it calls nobody."""

import re
from urllib.parse import urljoin, urlsplit

import pytest

from tests.web.pages.conftest import BASE, Site, text_of

LARGEST = 100_000
PEOPLE = ["ada", "ben", "cho", "mentor", "employer", "registrar", "admin", "stranger", "agency"]
LINKS = re.compile(r'(?:href|src)="([^"#][^"]*)"')
ADDRESS = re.compile(r"(?:https?|wss?|ftp):(?:\\?/){2}[^\"'\s<>)]+|url\(\s*[\"']?//", re.IGNORECASE)
OURS = (BASE, "http://www.w3.org/", "https://journeymark.example")
NEVER_FOLLOWED = ("/static/", "/sign-in", "/sign-out", "/api")
MOST = 140


async def crawl(site: Site, who: str) -> dict[str, str]:
    """Follow every link from the first page; several of a kind are enough."""
    waiting, seen, kinds = ["/"], dict[str, str](), dict[str, int]()
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        kind = re.sub(r"[0-9a-f-]{36}|e\d{9}|/nims[a-z0-9-]*/[a-z0-9-]+|\?.*", "*", path)
        kinds[kind] = kinds.get(kind, 0) + 1
        if path in seen or kinds[kind] > 3 or path.startswith(NEVER_FOLLOWED):
            continue
        found = await site.get(who, path)
        if found.status_code == 303:
            waiting.append(found.headers["location"])
            continue
        assert found.status_code == 200, (who, path)
        if "attachment" in found.headers.get("content-disposition", ""):
            continue  # a file to keep, and no page
        seen[path] = found.text
        waiting += [
            urljoin(path, link.replace("&amp;", "&"))
            for link in LINKS.findall(found.text)
            if link[:1] in "/?"
        ]
    return seen


@pytest.mark.parametrize("who", PEOPLE)
async def test_every_page_that_one_can_reach(site: Site, who: str) -> None:
    pages = await crawl(site, who)
    assert len(pages) > 6
    for path, html in pages.items():
        assert len(html.encode()) < LARGEST, path
        assert [found for found in ADDRESS.findall(html) if not found.startswith(OURS)] == [], path
        assert "Journeymark is not affiliated with NIMS." in html, path
        assert html.count("<h1") == 1, path
        assert "None" not in re.sub(r"\bNone(?= Shut| it|: no circle| is published|:? )", "", html), path
        assert not re.search(r"\bUndefined\b|object at 0x|Fraction\(", html), path


async def test_headers_guard_every_page(site: Site) -> None:
    for path in ("/home", "/completion", "/standards"):
        headers = (await site.get("ada", path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert ("'unsafe-inline'" in headers["content-security-policy"]) is (path == "/completion")
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


async def test_assets_never_change_at_their_address(site: Site) -> None:
    home = (await site.get("ada", "/completion")).text
    for link in LINKS.findall(home):
        if link.startswith("/static/"):
            found = await site.get(None, link)
            assert found.status_code == 200, link
            assert "immutable" in found.headers["cache-control"]
    assert (await site.get(None, "/static/journeymark.0000000000000000.css")).status_code == 404


async def test_no_asset_calls_another_host(site: Site) -> None:
    page = (await site.get("ada", "/home")).text
    for link in LINKS.findall(page):
        if urlsplit(link).path.endswith((".css", ".js", ".svg")) and "plotly" not in link:
            text = (await site.get(None, link)).text
            assert [found for found in ADDRESS.findall(text) if not found.startswith(OURS)] == []


async def test_head_has_the_headers_and_no_body(site: Site) -> None:
    browser = await site.browser("ada")
    found = await browser.head("/home")
    assert found.status_code == 200
    assert found.content == b""


async def test_a_page_that_is_not_there_says_so_in_words(site: Site) -> None:
    for path in (
        "/nothing",
        "/competencies/nims-machining-1/nothing",
        "/apprentices/1",
        "/standards/programs/no",
    ):
        found = await site.get("ada", path)
        assert found.status_code == 404, path
        assert "There is no such page, or it is not yours to see." in text_of(found)


async def test_strange_parameters_do_no_harm(site: Site) -> None:
    for query in ("framework=%00&goal=%ED%A0%80", "goal=step:&state=%F0%9F%94%A7", "process=" + "x" * 5000):
        assert (await site.get("ada", f"/map?{query}")).status_code == 200, query[:40]
    assert (await site.get("employer", "/crew?part=99999999999&framework=%00")).status_code == 200
    assert (await site.get("employer", "/crew?part=x")).status_code == 400
