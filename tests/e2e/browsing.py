"""People at a browser: pages that are opened, and everything a browser complains about meanwhile."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from apprenticeship.demo.services import PASSWORD

DESK = 1280
PHONE = 390
NARROW = 320
HEIGHT = 844


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Start Debian's Chromium; names other than this machine's address resolve to nothing."""
    path = shutil.which("chromium")
    assert path is not None, "These tests need chromium on the PATH; on Debian: apt-get install chromium."
    flags = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's own sandbox cannot be set up by root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@dataclass
class Browsing:
    """Opens pages for people, and keeps what the browser saw.

    Attributes:
        hosts: every host and port that any request of any page went to.
        complaints: errors and warnings of the console (refusals by the content security policy among them),
            and exceptions of scripts.
    """

    browser: Browser
    address: str
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def own_host(self) -> str:
        return urlsplit(self.address).netloc

    def open(self, login: str | None = None, *, width: int = DESK, script: bool = True) -> Page:
        """Open a browser of its own, a phone with a touch screen below 700 pixels, and sign somebody in."""
        phone = width < 700
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": HEIGHT},
            has_touch=phone,
            is_mobile=phone,
            java_script_enabled=script,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: self._hear(page, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        if login is not None:
            page.goto("/sign-in")
            sign_in(page, login)
        return page

    def _hear(self, page: Page, message: ConsoleMessage) -> None:
        own_status = message.location["url"] == page.url  # a page that is refused says so by its status
        if message.type in ("error", "warning") and not own_status:
            self.complaints.append(f"{page.url}: {message.text}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()


def sign_in(page: Page, login: str) -> None:
    """Fill in the form of the sign-in page and wait for the first page."""
    page.get_by_label("Name", exact=True).fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
