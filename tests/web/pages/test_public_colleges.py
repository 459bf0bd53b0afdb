"""What colleges have published is open to everybody, and says nothing about anybody."""

import pytest

from tests.web.pages.conftest import Site
from tests.web.shop import NAMES


@pytest.mark.parametrize("who", [None, "ada", "registrar"])
async def test_everybody_may_read_what_colleges_have_published(site: Site, who: str | None) -> None:
    said = await site.read(who, "/colleges")
    assert "Vincennes University" in said
    assert "Published, not a promise" in said
    college = await site.read(who, "/colleges/lakeside/agreements")
    assert "Sample data: there is no such college." in college
    assert "MFG 101, Shop safety and measurement" in college
    assert "In force" in college


async def test_terms_limits_fees_and_the_source_stand_there(site: Site) -> None:
    page = await site.get(None, "/colleges")
    address = next(part for part in page.text.split('"') if part.startswith("/colleges/vincennes"))
    said = await site.read(None, address)
    assert "fee: $25 a credit" in said
    assert "up to 45 credits" in said
    assert "Source:" in said


async def test_nobody_is_named_and_what_is_not_there_is_not_found(site: Site) -> None:
    for path in ("/colleges", "/colleges/lakeside/agreements"):
        said = await site.read(None, path)
        assert not [name for name in NAMES.values() if name in said]
    for path in ("/colleges/nowhere/agreements", "/colleges/..%2f/agreements", "/colleges/%00/agreements"):
        assert (await site.get(None, path)).status_code == 404
    assert "/colleges" in (await site.get(None, "/sign-in")).text
