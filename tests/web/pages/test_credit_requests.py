"""A request for credit on the pages: asked, decided with reasons, seen by the learner; and whom it is kept from."""

import re

from tests.apprenticeship.acting import rows
from tests.web.pages.conftest import Site


async def asked(site: Site) -> str:
    """Ask as Ada; gives the number of the request."""
    page = await site.get("ada", "/credit")
    agreement = re.search(r'name="agreement" value="([0-9a-f-]+)"', page.text)
    assert agreement, "the page offers to ask"
    sent = await site.send("ada", "/credit/requests", {"agreement": agreement[1]})
    assert sent.status_code == 303, sent.text
    return sent.headers["location"].partition("?")[0].rpartition("/")[2]


def deciding(site: Site, number: str) -> str:
    return f"/credit-requests/{site.person('ada')}/{number}"


async def award_of(site: Site, number: str) -> str:
    page = await site.get("registrar", deciding(site, number))
    found = re.search(r'name="verdict-([a-z0-9._-]+)"', page.text)
    assert found
    return found[1]


async def test_asked_granted_and_seen(own_site: Site) -> None:
    number = await asked(own_site)
    assert "Waits for the college" in await own_site.read("ada", f"/credit/requests/{number}")
    assert "Ada Tran asks for credit: decide it." in await own_site.read("registrar", "/notices")
    queue = await own_site.read("registrar", "/credit-requests")
    assert "Ada Tran" in queue
    assert "5 semester credits by the rules" in queue
    shown = await own_site.read("registrar", deciding(own_site, number))
    assert "MFG 101, Shop safety and measurement" in shown
    assert "What the rules leave out, and why" in shown
    sent = await own_site.send("registrar", deciding(own_site, number), {"all": "yes"})
    assert sent.status_code == 303
    said = await own_site.read("ada", f"/credit/requests/{number}")
    assert "Granted" in said
    assert "Lee Whitfield" in said
    told = await own_site.read("ada", "/notices")
    assert "decided about the credit that you asked for" in told
    credit = await own_site.read("ada", "/credit")
    assert "5 credits are granted already" in credit
    assert "The college has granted MFG 101 already, and counts it once." in credit
    assert "Up to 0 semester credits" in credit
    assert "55 of 60 credits remain to the degree" in credit
    assert "Lee Whitfield" in credit, "the look is shown to the learner"


async def test_refused_with_a_reason_appealed_and_decided_again(own_site: Site) -> None:
    number = await asked(own_site)
    award = await award_of(own_site, number)
    address = deciding(own_site, number)
    form = {f"verdict-{award}": "refused", f"after-{award}": "0"}
    without = await own_site.send("registrar", address, form)
    assert without.status_code == 422
    assert "Say why; the learner reads it." in without.text
    sent = await own_site.send("registrar", address, form | {f"reason-{award}": "No syllabus on file."})
    assert sent.status_code == 303
    assert "No syllabus on file." in await own_site.read("ada", f"/credit/requests/{number}")
    rest = await own_site.send("registrar", address, {"all": "yes"})
    assert rest.status_code == 303
    reason = {"reason": "The syllabus is at the front desk."}
    appealed = await own_site.send("ada", f"/credit/requests/{number}/appeal", reason)
    assert appealed.status_code == 303
    again = await own_site.read("registrar", address)
    assert "The syllabus is at the front desk." in again
    assert "Appealed, waits for the college" in again
    late = await own_site.send("registrar", address, form | {f"reason-{award}": "Still none."})
    assert late.status_code == 422
    assert "Somebody else decided about this in the meantime" in late.text
    change = {
        f"verdict-{award}": "changed",
        f"after-{award}": "1",
        f"credits-{award}": "1.5",
        f"course-{award}": "MFG 199",
        f"reason-{award}": "Half of the course is covered.",
    }
    assert (await own_site.send("registrar", address, change)).status_code == 303
    said = await own_site.read("ada", f"/credit/requests/{number}")
    assert "1.5 credits as MFG 199" in said
    assert "Half of the course is covered." in said
    assert "No syllabus on file." in said, "the history stays"


async def test_an_exception_says_what_why_and_until_when(own_site: Site) -> None:
    number = await asked(own_site)
    page = await own_site.get("registrar", deciding(own_site, number))
    left_out = page.text.partition("What the rules leave out")[2]
    award = re.findall(r'name="verdict-([a-z0-9._-]+)"', left_out)[0]
    form = {
        f"verdict-{award}": "accepted",
        f"after-{award}": "0",
        f"override-{award}": "force",
        f"until-{award}": "2027-06-01",
        f"reason-{award}": "The dean agreed.",
    }
    sent = await own_site.send("registrar", deciding(own_site, number), form)
    assert sent.status_code == 303, sent.text
    said = await own_site.read("ada", f"/credit/requests/{number}")
    assert "by decision of the college, until 1 June 2027" in said
    assert "The dean agreed." in said


async def test_taking_it_back(own_site: Site) -> None:
    number = await asked(own_site)
    sent = await own_site.send("ada", f"/credit/requests/{number}/withdraw", {"reason": ""})
    assert sent.status_code == 303
    assert "Taken back" in await own_site.read("ada", f"/credit/requests/{number}")
    late = await own_site.send("registrar", deciding(own_site, number), {"all": "yes"})
    assert late.status_code == 422
    assert "This request was taken back" in late.text


async def test_without_consent_the_registrar_finds_nothing(own_site: Site) -> None:
    number = await asked(own_site)
    await rows("UPDATE consent SET revoked_at = given_at")
    for path in (deciding(own_site, number), f"/learners/{own_site.person('ada')}/credit"):
        assert (await own_site.get("registrar", path)).status_code == 404
    assert (await own_site.send("registrar", deciding(own_site, number), {"all": "yes"})).status_code == 404
    assert "Ada Tran" not in await own_site.read("registrar", "/credit-requests")
    said = await own_site.read("ada", "/credit")
    assert said.count("and was refused") == 1, "a trace, and of one day only one"
    refused = "SELECT count(*) FROM audit_entry WHERE action = 'look.refused'"
    assert (await rows(refused))[0][0] == 1
    async with await own_site.browser("stranger") as stranger:
        for path in ("credit", "credit/degrees"):
            assert (await stranger.get(f"/learners/{own_site.person('ada')}/{path}")).status_code == 404
    assert (await rows(refused))[0][0] == 2


async def test_what_is_typed_into_the_address_or_the_form_is_never_an_error_of_ours(own_site: Site) -> None:
    number = await asked(own_site)
    award = await award_of(own_site, number)
    ada, ben = own_site.person("ada"), own_site.person("ben")
    for path in (f"{ada}/99", f"{ada}/{2**70}", f"{ben}/{number}"):
        assert (await own_site.get("registrar", f"/credit-requests/{path}")).status_code == 404
    for wrong in (
        {f"verdict-{award}": "perhaps"},
        {f"verdict-{award}": "changed", f"credits-{award}": "many", f"reason-{award}": "x"},
        {f"verdict-{award}": "changed", f"credits-{award}": "1.555", f"reason-{award}": "x"},
        {f"verdict-{award}": "changed", f"credits-{award}": "NaN", f"reason-{award}": "x"},
        {f"verdict-{award}": "accepted", f"override-{award}": "luck"},
        {f"verdict-{award}": "accepted", f"after-{award}": "x"},
        {f"verdict-{award}": "accepted", f"override-{award}": "force", f"until-{award}": "soon"},
        {f"verdict-{award}": "changed", f"evidence-{award}": "e1 '; --", f"reason-{award}": "x"},
        {"all": ""},
    ):
        sent = await own_site.send("registrar", deciding(own_site, number), wrong)
        assert sent.status_code == 422, (wrong, sent.status_code)
    assert (await own_site.send("ada", "/credit/requests", {"agreement": "no"})).status_code == 404
