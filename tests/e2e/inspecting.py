"""Look at every page a person can reach: by axe, wide and narrow, in light and dark."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

import axe_core_python
from litestar import Litestar
from litestar.routes import HTTPRoute
from playwright.sync_api import Error, Page, Response

from tests.e2e.browsing import DESK, HEIGHT, NARROW

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
BY_COLOUR = ["color-contrast", "link-in-text-block"]
Way = tuple[int, Literal["light", "dark"], list[str]]
WAYS: tuple[Way, ...] = (
    (DESK, "light", STANDARDS),
    (DESK, "dark", BY_COLOUR),  # in the dark only colours differ
    (NARROW, "dark", BY_COLOUR),
    (NARROW, "light", STANDARDS),
)
AGAIN = (WAYS[0], WAYS[2])
RUN = """async (runOnly) => {
    const found = await axe.run({ runOnly, resultTypes: ["violations"] });
    const places = (one) => one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
    return found.violations.map((one) => `${one.id}: ${places(one)}`);
}"""
ALIKE = 2
"""As many pages of one kind are looked at, and once another role has shown the kind only one, in two of the four
ways: three hundred competencies are one page, and the standards are the same for everybody."""


@dataclass(frozen=True)
class Finding:
    """What is wrong with a page, and how it was shown."""

    address: str
    shown: str
    what: str


@dataclass(frozen=True)
class Looked:
    """A page that was looked at.

    Attributes:
        kind: the path of the route with its parameters' names.
        status: the status of the answer.
        findings: what is wrong with it.
    """

    address: str
    kind: str
    status: int
    findings: tuple[Finding, ...]


class Routes:
    """The pages of the application by the pattern of their path; what answers programs is left out."""

    def __init__(self, app: Litestar) -> None:
        paths = {
            route.path
            for route in app.routes
            if isinstance(route, HTTPRoute) and "GET" in route.methods and not route.path.startswith("/api/")
        }
        self.patterns = {path: re.compile(_pattern(path)) for path in sorted(paths, key=_openness)}

    def kind(self, address: str) -> str | None:
        """Give the route of an address; None for what is no route of ours."""
        path = urlsplit(address).path
        return next((kind for kind, pattern in self.patterns.items() if pattern.fullmatch(path)), None)


def _pattern(path: str) -> str:
    return re.sub(r"\{[^}]*:path\}", ".+", re.sub(r"\{[^}]*:(?!path)\w+\}", "[^/]+", path))


def _openness(path: str) -> int:
    return path.count("{")


class Inspector:
    """Follows every link from where a page is, and looks at each page once; of one kind at a few."""

    def __init__(self, routes: Routes) -> None:
        self.routes = routes
        self.met: set[str] = set()

    def inspect(self, page: Page) -> Iterator[Looked]:
        waiting = deque([page.url])
        known = {page.url}
        seen: Counter[str] = Counter()
        while waiting:
            address = waiting.popleft()
            kind = self.routes.kind(address)
            like = f"{kind}?{_names(address)}"
            if kind is None or seen[like] >= (1 if like in self.met else ALIKE):
                continue
            answer = _opened(page, address)
            if answer is None or "text/html" not in answer.headers.get("content-type", ""):
                continue
            if page.url != address and page.url in known:
                continue  # sent on to a page that has its turn
            seen[like] += 1
            new = [link for link in _links(page) if link not in known]
            known.update(new)
            waiting.extend(new)
            ways = AGAIN if like in self.met else WAYS
            yield Looked(address, kind, answer.status, tuple(look(page, ways)))
        self.met |= set(seen)


def _opened(page: Page, address: str) -> Response | None:
    """Open an address; None for a file to keep, which is no page."""
    try:
        return page.goto(address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return None


def _names(address: str) -> str:
    return ",".join(sorted(name for name, _ in parse_qsl(urlsplit(address).query)))


def _links(page: Page) -> list[str]:
    """Give every link to ourselves, each once; those in a drawing have their address elsewhere."""
    found: list[str] = page.locator("a[href]").evaluate_all(
        "(all) => all.map((a) => new URL(a.href.baseVal ?? a.href, location.href).href)"
    )
    own = urlsplit(page.url).netloc
    whole = dict.fromkeys(link.partition("#")[0] for link in found)
    return [link for link in whole if urlsplit(link).netloc == own]


def look(page: Page, ways: Sequence[Way] = WAYS) -> Iterator[Finding]:
    """Run axe on a page as it stands, and see that nothing scrolls sideways."""
    page.evaluate(AXE)
    for width, scheme, rules in ways:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        shown = f"{width} px, {scheme}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield Finding(page.url, shown, f"scrolls sideways: {wide} px")
        found: list[Any] = page.evaluate(RUN, rules)
        yield from (Finding(page.url, shown, str(one)) for one in found)
