"""The employer's pages of planning: what comes soon, who is stuck on what, what would move most."""

import re

from tests.web.pages.conftest import Site, text_of


async def test_raises_say_who_is_stuck_on_what(site: Site) -> None:
    said = await site.read("employer", "/raises")
    assert "One person lacks only the credential Job Planning, Benchwork & Layout" in said
    assert "the rules are asked for every day to come" in said
    page = (await site.get("employer", "/raises")).text
    ben = f"/apprentices/{site.person('ben')}"
    assert f'href="{ben}/plan?goal=step%3Amachinist%3As2"' in page
    assert f'href="{ben}/what-if?earn=credential%3Anims-machining-1%3Ajpbl"' in page
    assert f'href="/raises/{site.person("ada")}"' in page


async def test_links_of_the_lists_lead_somewhere(site: Site) -> None:
    page = (await site.get("employer", "/raises")).text
    for path in sorted(set(re.findall(r'href="(/apprentices/[^"]*(?:plan|what-if)[^"]*)"', page))):
        assert (await site.get("employer", path.replace("&amp;", "&"))).status_code == 200, path


async def test_what_would_move_most_says_how_many_and_whom(site: Site) -> None:
    said = await site.read("employer", "/raises/most?number=1")
    assert "The best 1" in said
    assert "proven most" in said
    together = await site.read("employer", "/raises/most?by=session&number=2")
    assert "A session is one competency or credential" in together
    for number in ("0", "-5", "99999999999"):
        clamped = await site.read("employer", f"/raises/most?number={number}")
        assert f"from 1 to 10; shown is {10 if number[0] == '9' else 1}." in clamped
    for number in ("1", "10", ""):
        assert "from 1 to 10" not in await site.read("employer", f"/raises/most?number={number}")
    for number in ("abc", "1.5", "9" * 5000):
        refused = await site.get("employer", f"/raises/most?number={number}")
        assert refused.status_code == 422
        assert "The number is a whole number from 1 to 10, like 3." in text_of(refused)


async def test_an_employer_without_anybody_is_told_what_to_do_first(site: Site) -> None:
    assert "Import a roster" in await site.read("stranger", "/raises")
    assert "Nobody is in your crew yet." in await site.read("stranger", "/raises/most")
    assert "Nobody is in your crew yet." in await site.read("stranger", "/crew")
