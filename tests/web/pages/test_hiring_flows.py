"""From saving a target role to giving it up, and from agreeing to be found to an answer."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.web.pages.conftest import Site, text_of

pytestmark = pytest.mark.anyio


def asked(base: str, **fields: str) -> str:
    return f"{base}?{urlencode(fields)}"


async def test_a_role_is_saved_chosen_changed_and_taken_off(own_site: Site) -> None:
    site = own_site
    refused = await site.send("employer", "/promotions", {"rule": "credential mms", "name": " "})
    assert refused.status_code == 422
    assert "Write a name for the role" in text_of(refused)
    saved = await site.send("employer", "/promotions", {"rule": "credential cto", "name": "CNC setup"})
    assert saved.status_code == 303
    page = await site.read("employer", saved.headers["location"])
    assert page.startswith("Promotions")
    assert "Saved. It is in the list of target roles. CNC setup" in page
    role = parse_qs(urlsplit(saved.headers["location"]).query)["role"][0]
    assert (await site.get("stranger", "/promotions")).status_code == 200
    assert "No role is saved yet." in await site.read("stranger", asked("/promotions", role=role))
    gone = await site.send("employer", "/promotions", {"do": "give-up", "role": role})
    assert gone.status_code == 303
    assert "No role is saved yet." in await site.read("employer", "/promotions")


async def test_from_agreeing_to_an_answer(own_site: Site) -> None:
    site = own_site
    search = asked("/hiring", rule="credential mms and credential jpbl")
    assert "Nobody who agreed to be found has any of it." in await site.read("stranger", search)
    consents = await site.get("ada", "/consents")
    assert 'href="/findable"' in consents.text
    form = {"by": "any", "shown_as": "initials", "until": "2027-03-31"}
    assert (await site.send("ada", "/findable", form)).headers["location"] == "/findable?done=given"
    found = await site.read("stranger", search)
    assert "One person has all that you look for." in found
    assert "A. T." in found
    assert "Ada" not in found
    link = next(
        part for part in (await site.get("stranger", search)).text.split('"') if part.startswith("/hiring/")
    )
    shown = await site.read("stranger", link)
    assert "Measurement, Materials & Safety" in shown
    assert "Part Inspection" in shown
    for secret in ("Ada", "$", "Turning Chucking", "Keystone", "hours", "milling"):
        assert secret not in shown, secret
    assert (await site.get("employer", link)).status_code == 404
    assert (await site.send("stranger", link, {"message": ""})).status_code == 422
    sent = await site.send("stranger", link, {"message": "Would you talk to us?"})
    assert sent.status_code == 303
    assert "A. T. Asked 21 November 2026. Not answered yet" in await site.read("stranger", "/hiring")
    own = await site.read("ada", "/findable")
    assert "Would you talk to us?" in own
    assert "Harbor Tool Looked for Measurement, Materials & Safety and Job Planning" in own
    assert "Harbor Tool Looked at all you show" in own
    page = (await site.get("ada", "/findable")).text
    request = next(part for part in page.split('"') if part.startswith("/findable/requests/"))
    assert (await site.send("ada", request, {"answer": "yes", "contact": ""})).status_code == 422
    assert (await site.send("ben", request, {"answer": "no"})).status_code == 404
    assert (
        await site.send("ada", request, {"answer": "yes", "contact": "ada@example.org"})
    ).status_code == 303
    answered = await site.read("stranger", "/hiring")
    assert "Ada Tran Asked 21 November 2026. Agreed to be in touch: ada@example.org" in answered
    leave = next(part for part in page.split('"') if part.startswith("/findable/") and "requests" not in part)
    assert (await site.send("ben", leave, {})).status_code == 404
    assert (await site.send("ada", leave, {})).headers["location"] == "/findable?done=taken"
    assert (await site.get("stranger", link)).status_code == 404
    assert "Nobody who agreed to be found has any of it." in await site.read("stranger", search)


async def test_how_one_is_found_is_changed_in_one_step(own_site: Site) -> None:
    site = own_site
    form = {"by": "any", "shown_as": "initials", "until": "2027-03-31"}
    assert "Let me be found" in await site.read("ada", "/findable")
    await site.send("ada", "/findable", form)
    page = await site.get("ada", "/findable")
    assert "Change how you are found" in text_of(page)
    assert "Let me be found" not in text_of(page)
    assert 'name="by" value="any" checked' in page.text
    assert 'type="date" required min="2026-11-21" value="2027-03-31"' in page.text
    again = await site.send("ada", "/findable", form)
    assert again.status_code == 422
    changed = await site.send("ada", "/findable", form | {"shown_as": "name", "then": "change"})
    assert changed.headers["location"] == "/findable?done=changed"
    said = await site.read("ada", "/findable?done=changed")
    assert "Agreed Any employer Shown as Ada Tran, until 31 March 2027" in said
    assert "Over Any employer Shown as A. T.; taken back 21 November 2026" in said
    search = asked("/hiring", rule="credential mms and credential jpbl")
    found = await site.read("stranger", search)
    assert "One person has all that you look for." in found
    assert "Ada Tran" in found
