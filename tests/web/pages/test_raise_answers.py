"""What is proposed, objected to, appealed and corrected, as the pages of both sides tell it."""

import re
from datetime import date

from tests.apprenticeship.proposals.working import jpbl, let_object, revoke
from tests.web.pages.conftest import Site, text_of

WHY = "The test was withdrawn by its issuer."
GIVE = {"program": "machinist", "step": "machinist:s2", "effective_on": "2026-11-20"}


async def told(site: Site, who: str, path: str, *lines: str) -> str:
    """Read a page that says all of some lines in their order."""
    page = await site.read(who, path)
    places = [page.find(line) for line in lines]
    assert -1 not in places, page
    assert places == sorted(places)
    return page


async def test_a_proposal_is_part_of_both_stories(own_site: Site) -> None:
    site = own_site
    line = "Proposed: The rules proposed Step 2, reached on 2 June 2025"
    for who, path in (("employer", f"/raises/{site.person('ada')}"), ("ada", "/raise")):
        assert line in await site.read(who, path)
        assert "objects" not in await site.read(who, path)


async def test_a_denial_is_appealed_on_the_page_and_answered_by_deciding_again(own_site: Site) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    deny = GIVE | {"verdict": "denied", "reason": "Two late logs."}
    await site.send("employer", path, deny)
    html = (await site.get("ada", "/raise")).text
    (number,) = re.findall(r'action="/raise/appeal"><input type="hidden" name="decision" value="(\d+)"', html)
    bare = await site.send("ada", "/raise/appeal", {"decision": number, "reason": " "})
    assert bare.status_code == 422
    assert f'aria-describedby="appeal-{number}-reason-wrong"' in bare.text
    assert "Nothing was sent. Say why" in text_of(bare)
    sent = await site.send(
        "ada", "/raise/appeal", {"decision": number, "reason": "They were in on the ninth."}
    )
    assert sent.headers["location"] == "/raise?done=appealed"
    said = "Appealed: Ada Tran appealed against the refusal of Step 2: They were in on the ninth."
    page = await told(
        site, "ada", "/raise?done=appealed", "Your appeal is kept.", said, "Not given: Rosa Novak"
    )
    assert "Appeal against the refusal" not in page, "once"
    asked = (
        "Waiting for your answer Ada Tran Ada Tran appealed on 21 November 2026 about Step 2: They were in"
    )
    assert asked in await site.read("employer", "/raises")
    assert "Answer it by deciding about the step again, or leave it as it is." in await site.read(
        "employer", path
    )
    await site.send("employer", path, deny | {"reason": "On the eleventh, by the stamp."})
    assert "Waiting for your answer" not in await site.read("employer", "/raises")
    await told(site, "ada", "/raise", "On the eleventh, by the stamp.", said, "Two late logs.")


async def test_a_correction_is_put_to_the_employer_and_set_aside_or_accepted(own_site: Site) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    await site.send("employer", path, GIVE)
    row = await jpbl(site.shop)
    await revoke(site.shop, row, date(2026, 11, 18))
    what = "it was reached on 2 June 2025, and its rule holds no more since 18 November 2026, because of Job Planning"
    assert f"Step 2 is to be looked at again: {what}" in await site.read("ada", "/raise")
    assert f"Waiting for your answer Ada Tran Step 2: {what}" in await site.read("employer", "/raises")
    html = (await site.get("employer", path)).text
    (number,) = re.findall(r'name="proposal" value="(\d+)"', html)
    form = {"proposal": number, "answer": "set_aside", "reason": ""}
    bare = await site.send("employer", f"{path}/correction", form)
    assert bare.status_code == 422
    assert f'aria-describedby="correct-{number}-reason-wrong"' in bare.text
    kept = await site.send("employer", f"{path}/correction", form | {"reason": "It is being tested again."})
    assert kept.headers["location"] == "/raises?done=kept"
    await told(
        site,
        "ada",
        "/raise",
        "Set aside: Rosa Novak set the correction of Step 2 aside: It is being tested again.",
        "Rosa Novak raised the wage to Step 2",
    )
    await revoke(site.shop, row, date(2026, 11, 17))
    html = (await site.get("employer", path)).text
    (number,) = re.findall(r'name="proposal" value="(\d+)"', html)
    form = {"proposal": number, "answer": "accept", "reason": WHY}
    done = await site.send("employer", f"{path}/correction", form)
    assert done.headers["location"] == "/raises?done=corrected"
    page = await site.read("ada", "/raise")
    assert f"Corrected: Rosa Novak accepted the correction of Step 2: {WHY}" in page
    assert f"Taken back: Rosa Novak took back the raise to Step 2: {WHY}" in page
    assert (await site.send("employer", f"{path}/correction", form)).status_code == 409


async def test_an_appeal_about_a_step_that_is_no_longer_reached_is_answered_by_leaving_it(
    own_site: Site,
) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    await site.send("employer", path, GIVE)
    await revoke(site.shop, await jpbl(site.shop), date(2026, 11, 18))
    (number,) = re.findall(r'name="proposal" value="(\d+)"', (await site.get("employer", path)).text)
    form = {"proposal": number, "answer": "accept", "reason": WHY}
    await site.send("employer", f"{path}/correction", form)
    html = (await site.get("ada", "/raise")).text
    (number,) = re.findall(r'action="/raise/appeal"><input type="hidden" name="decision" value="(\d+)"', html)
    await site.send("ada", "/raise/appeal", {"decision": number, "reason": "I passed it."})
    page = await site.get("employer", path)
    assert "appealed on 21 November 2026 about Step 2: I passed it. Answer it, with a reason." in text_of(
        page
    )
    (number,) = re.findall(r'name="appeal" value="(\d+)"', page.text)
    bare = await site.send("employer", f"{path}/appeal", {"appeal": number, "reason": " "})
    assert bare.status_code == 422
    assert f'aria-describedby="uphold-{number}-reason-wrong"' in bare.text
    form = {"appeal": number, "reason": "The issuer says otherwise."}
    for who in ("ada", "mentor", "stranger"):
        assert (await site.send(who, f"{path}/appeal", form)).status_code in (403, 404)
    kept = await site.send("employer", f"{path}/appeal", form)
    assert kept.headers["location"] == "/raises?done=upheld"
    assert (await site.send("employer", f"{path}/appeal", form)).status_code == 409
    assert "Waiting for your answer" not in await site.read("employer", "/raises")
    said = "Rosa Novak answered the appeal against taking Step 2 back and left it as it is: The issuer says"
    assert said in await site.read("ada", "/raise")
    assert "answered the appeal about your raise to Step 2: it stays as it is." in await site.read(
        "ada", "/notices"
    )


async def test_an_objection_makes_the_raise_wait_and_is_told_to_both(own_site: Site) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    await let_object(site.shop)
    by = "unless you object by 12 December 2026."
    assert f"Step 2 stands by itself {by}" in await site.read("employer", path)
    assert "unless your employer objects, with reasons, by 12 December 2026." in await site.read(
        "ada", "/raise"
    )
    html = (await site.get("employer", path)).text
    (number,) = re.findall(r'name="proposal" value="(\d+)"', html)
    bare = await site.send("employer", f"{path}/object", {"proposal": number, "reason": ""})
    assert bare.status_code == 422
    sent = await site.send(
        "employer", f"{path}/object", {"proposal": number, "reason": "Two books are missing."}
    )
    assert sent.headers["location"] == "/raises?done=objected"
    page = await site.read("ada", "/raise")
    assert "Objected to: Rosa Novak objected to Step 2: Two books are missing." in page
    assert "waits, because your employer objected. You may appeal below." in page
    appeal = await site.send("ada", "/raise/appeal", {"proposal": number, "reason": "They are on the shelf."})
    assert appeal.headers["location"] == "/raise?done=appealed"
    assert "Ada Tran appealed against the objection to Step 2: They are on" in await site.read(
        "employer", path
    )


async def test_answers_that_name_nothing_find_nothing(own_site: Site) -> None:
    site = own_site
    path = f"/raises/{site.person('ada')}"
    for number in ("", "0", "999999999"):
        form = {"proposal": number, "decision": number, "reason": "No."}
        assert (await site.send("employer", f"{path}/object", form)).status_code == 404
        assert (await site.send("employer", f"{path}/correction", form)).status_code == 404
    for form in ({"decision": "9"}, {"proposal": "999999"}):
        assert (await site.send("ada", "/raise/appeal", form | {"reason": "No."})).status_code == 404
    for who in ("employer", "mentor", "registrar"):
        assert (await site.send(who, "/raise/appeal", {"decision": "1", "reason": "No."})).status_code in (
            403,
            404,
        )
    assert (await site.send("ada", f"{path}/object", {"proposal": "1", "reason": "No."})).status_code == 404


async def test_the_next_raise_starts_from_what_is_paid_though_its_rule_holds_no_more(own_site: Site) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    await site.send("employer", path, GIVE)
    await revoke(site.shop, await jpbl(site.shop), date(2026, 11, 18))
    line = (await site.read("employer", "/raises")).partition("Next, by progress")[2]
    assert "Step 2 to Step 3" in line, "the next raise starts from what is paid"
    bare = await site.send("employer", path, GIVE | {"verdict": "approved", "effective_on": "1900-01-01"})
    assert bare.status_code == 422
    assert "Nobody is paid before they are registered" in text_of(bare)
