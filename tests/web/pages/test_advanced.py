"""Credit for previous experience on pages: claimed by the apprentice, decided by the employer, told in time."""

import re

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.enrolments.services import enrol
from tests.web.pages.conftest import Site
from tests.web.shop import NOW

FORM = {"applied_on": "2026-11-20", "hours-milling": "120", "documents": "Letter of the old shop\nPay stubs"}


async def registered_today(site: Site) -> None:
    shop = site.shop
    boss = await actor_of_person(shop.people["admin"])
    await enrol(
        boss,
        shop.people["ada"],
        sponsor=shop.employer,
        program="machinist",
        registered=NOW.date(),
        now=NOW,
    )


async def claimed(site: Site) -> str:
    await registered_today(site)
    sent = await site.send("ada", "/raise/claim", FORM)
    assert sent.headers["location"] == "/raise/claim?done=claimed"
    page = (await site.get("employer", "/standing-claims")).text
    (found,) = re.findall(r'action="(/standing-claims/[0-9a-f-]{36}/\d+)"', page)
    return str(found)


async def test_a_claim_is_made_decided_and_told(own_site: Site) -> None:
    site = own_site
    path = await claimed(site)
    assert "Waiting for the sponsor" in await site.read("ada", "/raise/claim")
    page = await site.read("employer", "/standing-claims")
    assert "Decide before" in page
    assert "Documents: Letter of the old shop and Pay stubs." in page
    sent = await site.send("employer", path, {"hours-milling": "80", "reason": "Seen at the machine."})
    assert sent.headers["location"] == "/standing-claims?done=decided"
    page = await site.read("employer", "/standing-claims?done=decided")
    assert "Granted in part" in page
    assert "Tell the agency by 5 January 2027." in page
    assert "Granted in part hidden hidden hidden" in page
    assert (await site.send("employer", path, {"hours-milling": "1", "reason": "x"})).status_code == 409
    sent = await site.send("employer", f"{path}/told", {"told_on": "2026-11-21"})
    assert sent.headers["location"] == "/standing-claims?done=told"
    assert "The agency was told 21 November 2026." in await site.read("employer", "/standing-claims")
    page = await site.read("ada", "/raise/claim")
    assert "Seen at the machine." in page
    assert 'href="/raise/claim"' in (await site.get("ada", "/raise")).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"applied_on": ""}, "The day of the application is not a date"),
        ({"applied_on": "1989-12-31"}, "from 1990-01-01 to the registration"),
        ({"applied_on": "2026-11-22"}, "Credit is claimed at application"),
        ({"hours-milling": ""}, "Say how many hours"),
        ({"hours-milling": "many"}, "Write hours as a number"),
        ({"hours-milling": "NaN"}, "hours-milling-wrong"),
        ({"hours-milling": "-1"}, "hours-milling-wrong"),
        ({"hours-milling": "100001"}, "From 0 to 100,000 hours."),
        ({"documents": " \n "}, "Name the documents"),
    ],
)
async def test_a_claim_that_does_not_hold_together(
    own_site: Site, change: dict[str, str], words: str
) -> None:
    await registered_today(own_site)
    refused = await own_site.send("ada", "/raise/claim", {**FORM, **change})
    assert (refused.status_code, words in refused.text) == (422, True)


async def test_a_decision_that_the_rules_do_not_allow(own_site: Site) -> None:
    site = own_site
    path = await claimed(site)
    for form, words in (
        ({"hours-milling": "121", "reason": "x"}, "Only 120 hours were claimed here."),
        ({"hours-milling": "100", "reason": ""}, "Say why"),
        ({"hours-milling": "x", "reason": "x"}, "Write hours as a number"),
    ):
        refused = await site.send("employer", path, form)
        assert (refused.status_code, words in refused.text) == (422, True)
    refused = await site.send("employer", f"{path}/told", {"told_on": "2026-11-21"})
    assert "Nothing was decided yet." in refused.text
    for who in ("ada", "mentor", "admin", "registrar", "stranger"):
        assert (await site.send(who, path, {"reason": "x"})).status_code == 404
        assert (await site.get(who, "/standing-claims")).status_code in (200, 403)
    assert "Ada Tran" not in await site.read("stranger", "/standing-claims")


async def test_after_probation_no_claim_is_offered_or_taken(own_site: Site) -> None:
    said = await own_site.read("ada", "/raise/claim")
    assert "Your probation ended" in said
    assert "Nothing can be granted any more" in said
    assert "Send the claim" not in said
    refused = await own_site.send("ada", "/raise/claim", {**FORM, "applied_on": "2024-01-01"})
    assert refused.status_code == 422
    assert "Nothing was sent." in refused.text
