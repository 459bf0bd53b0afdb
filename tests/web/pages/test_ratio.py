"""The ratio page and leave to work alone: done with forms, refused beside the field, seen by everybody concerned."""

import re

import pytest

from tests.web.pages.conftest import Site

SITE = {"name": "North shop", "opened": "2025-01-06"}
STAY = {"since": "2025-01-06", "until": ""}


async def opened(site: Site, who: str = "employer") -> str:
    form = {**SITE, "employer": str(site.shop.employer)}
    sent = await site.send(who, "/ratio/sites", form)
    (found,) = re.findall(r"site=([0-9a-f-]{36})&done=site", sent.headers["location"])
    return str(found)


async def placed(site: Site, where: str, **more: str) -> None:
    sent = await site.send("employer", "/ratio/placements", {**STAY, "site": where, **more})
    assert sent.headers["location"] == f"/ratio?site={where}&done=placed"


async def test_a_warning_names_the_day_the_cause_and_what_mends_it(own_site: Site) -> None:
    site = own_site
    assert "No site yet" in await site.read("employer", "/ratio")
    where = await opened(site)
    await placed(site, where, side="apprentice", person=site.person("ada"))
    await placed(site, where, side="journeyworker", words="Maria Ortiz", number="1")
    page = await site.read("employer", f"/ratio?site={where}&done=placed")
    assert "It holds at every site for the 90 days ahead" in page
    assert "One apprentice, one journeyworker." in page
    assert "At no site today: Ben Okafor and Cho Park." in page
    await placed(site, where, side="apprentice", person=site.person("ben"), since="2026-12-01")
    page = await site.read("employer", "/ratio")
    assert "One warning for today and the 90 days ahead." in page
    assert "North shop: will not hold From 1 December 2026." in page
    assert "Two apprentices there take two journeyworkers, and one is there." in page
    assert "Ben Okafor begins on that day." in page
    assert "One journeyworker more mends it, or one apprentice elsewhere." in page
    assert "1 December 2026 2 1 2 one journeyworker short" in page, "the table has the numbers of the chart"
    # the boss ends it before it begins
    raw = (await site.get("employer", "/ratio")).text
    number = re.findall(r'name="placement" value="(\d+)"', raw)[1]
    sent = await site.send(
        "employer", "/ratio/ends", {"placement": number, "site": where, "until": "2026-11-30"}
    )
    assert sent.headers["location"] == f"/ratio?site={where}&done=ended"
    assert "It holds at every site" in await site.read("admin", "/ratio")


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("/ratio/sites", {"name": ""}, "Give the site a name."),
        ("/ratio/sites", {"opened": "soon"}, "The day is not a date"),
        ("/ratio/sites", {"employer": "nobody"}, "Choose an employer from the list."),
        ("/ratio/placements", {"side": "apprentice", "person": ""}, "Choose an apprentice from the list."),
        ("/ratio/placements", {"side": "apprentice", "person": "ada", "since": "1"}, "is not a date"),
        ("/ratio/placements", {"side": "apprentice", "person": "ada", "until": "2024-01-01"}, "not after"),
        ("/ratio/placements", {"side": "apprentice", "person": "stranger"}, "not employed here"),
        ("/ratio/placements", {"side": "journeyworker", "words": "", "number": "1"}, "Say who they are"),
        ("/ratio/placements", {"side": "journeyworker", "words": "M", "number": "0"}, "A number from 1"),
        ("/ratio/placements", {"side": "journeyworker", "words": "M", "number": "x"}, "Write a whole"),
        ("/ratio/ends", {"placement": "1", "until": ""}, "The last day is not a date"),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field(
    own_site: Site, path: str, form: dict[str, str], words: str
) -> None:
    site = own_site
    where = await opened(site)
    await placed(site, where, side="journeyworker", words="M", number="1")
    sent = {**SITE, **STAY, "employer": str(site.shop.employer), "site": where, **form}
    if form.get("person") in ("ada", "stranger"):
        sent["person"] = site.person(form["person"])
    refused = await site.send("employer", path, sent)
    assert refused.status_code == 422, (path, form)
    assert words in refused.text
    assert 'aria-invalid="true"' in refused.text or "employer" in form


async def test_a_site_of_others_is_no_site(own_site: Site) -> None:
    site = own_site
    where = await opened(site)
    assert "North shop" not in await site.read("stranger", "/ratio")
    form = {**STAY, "site": where, "side": "journeyworker", "words": "M", "number": "1"}
    assert (await site.send("stranger", "/ratio/placements", form)).status_code == 404
    for who in ("ada", "mentor", "registrar"):
        assert (await site.get(who, "/ratio")).status_code == 403


async def test_the_ratio_is_linked_for_those_who_plan_sites(own_site: Site) -> None:
    site = own_site
    for who, path in (("employer", "/crew"), ("employer", "/raises"), ("admin", "/organisation")):
        assert 'href="/ratio"' in (await site.get(who, path)).text
    assert 'href="/ratio"' not in (await site.get("registrar", "/crew")).text


async def test_a_mentor_lets_work_alone_and_the_apprentice_sees_it(own_site: Site) -> None:
    site = own_site
    base = f"/apprentices/{site.person('ada')}"
    assert f'href="{base}/alone"' in (await site.get("mentor", base)).text
    assert f'href="{base}/alone"' not in (await site.get("admin", base)).text
    form = {"subject": "competency/nims-machining-1:part-inspection", "since": "2026-11-21"}
    sent = await site.send("mentor", f"{base}/alone", form)
    assert sent.headers["location"] == f"{base}/alone?done=released"
    said = "May work alone, from 21 November 2026, by Maria Ortiz"
    for who, path in (("mentor", f"{base}/alone"), ("employer", base), ("ada", "/record")):
        assert said in await site.read(who, path), who
    refused = await site.send(
        "mentor", f"{base}/alone", {**form, "subject": "competency/nims-machining-1:chucking"}
    )
    assert refused.status_code == 422
    assert "waits for sign-off" in refused.text
    again = await site.send("mentor", f"{base}/alone", form)
    assert (again.status_code, "stands already" in again.text) == (422, True)
    raw = (await site.get("mentor", f"{base}/alone")).text
    (number,) = re.findall(r'name="release" value="(\d+)"', raw)
    assert (await site.send("ada", f"{base}/alone/end", {"release": number})).status_code == 404
    taken = await site.send("mentor", f"{base}/alone/end", {"release": number})
    assert taken.headers["location"] == f"{base}/alone?done=taken"
    assert "Taken back" in await site.read("ada", "/record")


@pytest.mark.parametrize("subject", ["", "nothing", "skill/x", "competency/", "work_process/machinist:x"])
async def test_what_cannot_be_released_is_refused_in_words(own_site: Site, subject: str) -> None:
    site = own_site
    base = f"/apprentices/{site.person('ada')}/alone"
    refused = await site.send("mentor", base, {"subject": subject, "since": "2026-11-21"})
    assert refused.status_code == 422
    assert "subject-wrong" in refused.text
