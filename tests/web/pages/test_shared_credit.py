"""An apprentice lets an employer see their college credit; the employer sees that alone, and every look is seen."""

import re

from apprenticeship.audit import repo as audit
from tests.web.pages.conftest import Site


async def share(site: Site, **changed: str) -> int:
    form = {"employer": str(site.shop.employer), "purpose": "Tuition paid back", "signed_as": "Ada Tran"}
    return (await site.send("ada", "/consents/employers", form | changed)).status_code


def seen(site: Site) -> str:
    return f"/shared-credit/{site.person('ada')}"


async def test_employing_somebody_or_consent_to_a_college_shows_no_credit(own_site: Site) -> None:
    assert (await own_site.get("employer", seen(own_site))).status_code == 404
    assert "Ada Tran" not in await own_site.read("employer", "/shared-credit")
    entries = await audit.about("person", [own_site.person("ada")])
    assert [one.action for one in entries] == ["look.refused"]


async def test_consent_shows_credit_until_it_is_taken_back_and_the_looks_stay(own_site: Site) -> None:
    assert await share(own_site) == 303
    listed = await own_site.read("employer", "/shared-credit")
    assert "Ada Tran" in listed
    assert "For Keystone Precision, until taken back. What for: Tuition paid back" in listed
    assert "5 earned by its agreement" in listed
    one = await own_site.read("employer", seen(own_site))
    assert "the agreement gives it for what was verified by" in one
    assert "What would add" not in one
    looks = await own_site.read("ada", "/credit")
    assert "Rosa Novak" in looks
    assert "for the employer Keystone Precision, with your consent" in looks
    page = await own_site.get("ada", "/consents")
    (number,) = re.findall(r'action="/consents/employers/([0-9a-f-]{36})"', page.text)
    assert (await own_site.send("ben", f"/consents/employers/{number}", {})).status_code == 404
    assert (await own_site.send("ada", f"/consents/employers/{number}", {})).status_code == 303
    assert (await own_site.send("ada", f"/consents/employers/{number}", {})).status_code == 404
    assert (await own_site.get("employer", seen(own_site))).status_code == 404
    assert "Ada Tran" not in await own_site.read("employer", "/shared-credit")
    assert "for the employer Keystone Precision" in await own_site.read("ada", "/credit")


async def test_it_opens_nothing_else_and_nothing_to_others(own_site: Site) -> None:
    assert await share(own_site, employer=str(own_site.shop.other_employer)) == 303
    assert "Ada Tran" in await own_site.read("stranger", seen(own_site))
    ada = own_site.person("ada")
    for path in (f"/learners/{ada}/credit", f"/apprentices/{ada}", f"/learners/{ada}/degrees"):
        assert (await own_site.get("stranger", path)).status_code in (403, 404), path
    for who in ("employer", "registrar", "mentor", "admin", "agency", "ben", "ada"):
        assert (await own_site.get(who, seen(own_site))).status_code == 404, who


async def test_what_is_missing_is_said_at_the_field(own_site: Site) -> None:
    for wrong in (
        {"signed_as": "Somebody Else"},
        {"purpose": "  "},
        {"purpose": "x" * 201},
        {"employer": str(own_site.shop.college)},
        {"until": "2020-01-01"},
        {"until": "soon"},
    ):
        assert await share(own_site, **wrong) == 422, wrong
    assert await share(own_site, signed_as=" ada  tran ") == 303
    assert await share(own_site) == 422, "once at a time"
