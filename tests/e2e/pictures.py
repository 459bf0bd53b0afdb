"""Take the pictures of the documentation from the real pages of the demo.

Run `.venv/bin/python -m tests.e2e.pictures` after a change of the look, and look at what changed in `docs/images`
before committing it: dates in the demo follow the day, so every run makes new pictures.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FloatRect, Page

from tests.e2e.browsing import Browsing, running_chromium
from tests.e2e.running import PROJECT, running_stack

FOLDER = PROJECT / "docs" / "images"
WIDE = 1200
HIGH = 860
MARGIN = 16
GAP = 6
LARGEST = 250_000


@dataclass(frozen=True)
class Picture:
    """One picture: who looks at which page, and what of it is kept."""

    name: str
    login: str
    path: str
    kept: Callable[[Page], FloatRect]


def screen(_: Page) -> FloatRect:
    return {"x": 0, "y": 0, "width": WIDE, "height": HIGH}


def drawing(page: Page) -> FloatRect:
    """Keep the drawing of the map with its legend."""
    legend = page.locator(".drawing .legend").bounding_box()
    sheet = page.locator(".sheet-map").bounding_box()
    if legend is None or sheet is None:
        raise LookupError("The page has no drawing.")
    top = legend["y"] - GAP
    return {
        "x": sheet["x"] - MARGIN,
        "y": top,
        "width": sheet["width"] + 2 * MARGIN,
        "height": sheet["y"] + sheet["height"] + GAP - top,
    }


PICTURES = (
    Picture("competency-map", "ada", "/map", drawing),
    Picture("apprentice", "ada", "/home", screen),
    Picture("mentor", "maria", "/sign-off", screen),
    Picture("employer", "rosa", "/crew", screen),
    Picture("registrar", "lee", "/learners/Ada Tran", screen),
)


def take(browsing: Browsing, picture: Picture) -> Path:
    """Take one picture; the last part of a path may be the words of a link on the page before.

    Raises:
        ValueError: the file is too large for a README.
    """
    page = browsing.open(picture.login, width=WIDE)
    path, _, words = picture.path[1:].partition("/")
    page.goto(f"/{path}")
    if words:
        page.get_by_role("link", name=words, exact=True).click()
    page.wait_for_load_state("networkidle")
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file, clip=picture.kept(page), full_page=True)
    if file.stat().st_size > LARGEST:
        raise ValueError(f"{file} has {file.stat().st_size:,} bytes, more than {LARGEST:,}.")
    return file


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with running_stack() as address, running_chromium() as browser:
        for picture in PICTURES:
            sys.stdout.write(f"{take(Browsing(browser, address), picture)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
