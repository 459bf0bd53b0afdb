"""What the pages name is there: files and headings, pages of the server, settings, targets of make, hosts."""

import re
from pathlib import Path

import pytest

from web.app import create_app
from web.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PACKAGES = ("apprenticeship", "docs", "graph", "standards", "tasks", "tests", "web")
OWN_HOSTS = re.compile(r"(127\.0\.0\.1|localhost|host|[a-z]+\.example)\Z")
"""This machine, and names that belong to nobody; nothing in these pages calls another."""
OPERATORS = ("/etc/journeymark.env", "/etc/systemd/", "/etc/ssl/", "/srv/journeymark", "/var/lib/journeymark")
"""Folders that an operator chooses, and the one where root keeps the embedded database."""

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")


def prose(page: Path) -> str:
    return FENCED.sub("", page.read_text())


def anchors(page: Path) -> set[str]:
    """The names that headings get: lower case, spaces as hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def words(page: Path) -> set[str]:
    """Every word in code, inline or fenced."""
    text = page.read_text()
    return {word for code in [*CODE.findall(prose(page)), *FENCED.findall(text)] for word in code.split()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(prose(page)):
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if "://" in target or not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def test_every_page_can_be_reached_from_the_first() -> None:
    seen, open_pages = set(), [ROOT / "README.md"]
    while open_pages:
        page = open_pages.pop()
        if page in seen:
            continue
        seen.add(page)
        targets = {(page.parent / link.partition("#")[0]).resolve() for link in LINK.findall(prose(page))}
        open_pages += [target for target in targets if target.suffix == ".md"]
    assert {page for page in PAGES if page not in seen} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_named_is_there(page: Path) -> None:
    named = {word.rstrip(".,;:") for word in words(page)}
    ours = {word for word in named if re.match(rf"({'|'.join(PACKAGES)})/[\w./*-]+\Z", word)}
    missing = [word for word in ours if not (list(ROOT.glob(word)) or list(page.parent.glob(word)))]
    assert sorted(missing) == []


def test_every_page_of_the_server_that_is_named_exists() -> None:
    app = create_app(Settings(database_url="postgresql://nobody@localhost/nowhere"))
    routes = {route.path for route in app.routes} | {"/api/v1"}
    for page in PAGES:
        for code in CODE.findall(prose(page)):
            if re.match(r"/[a-z-]+(/[a-z0-9-]+)*\Z", code) and not code.startswith(OPERATORS):
                assert code in routes, f"{page}: {code}"


def test_no_page_names_another_host_or_a_folder_of_somebody() -> None:
    for page in PAGES:
        text = page.read_text()
        for host in re.findall(r"[a-z+]+://(?:[^\s@/`]*@)?([\w.-]+)", text):
            assert OWN_HOSTS.match(host), f"{page}: {host}"
        for path in re.findall(
            r"(?<![\w.}$])/(?:home|root|tmp|usr|opt|work|etc|srv|var|mnt)/[\w./@-]*", text
        ):
            assert path.startswith(OPERATORS), f"{page}: {path}"


def test_every_setting_and_target_of_make_named_exists() -> None:
    settings = {str(field.alias) for field in Settings.model_fields.values()}
    targets = set(re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        text = page.read_text()
        named = set(re.findall(r"\b(JOURNEYMARK_[A-Z_]+|DATABASE_URL|BROKER_URL)\b", text))
        assert named <= settings, page
        assert set(re.findall(r"(?:`|^    )make ([a-z0-9]+)", text, re.MULTILINE)) <= targets, page
