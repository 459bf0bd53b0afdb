"""What one person does changes what the others see, in the same second."""

import re

import httpx

from tests.web.pages.conftest import Site, text_of

DAY = "2026-11-20"


async def hand_in(site: Site, item: str, **more: str) -> httpx.Response:
    return await site.send("ada", "/log/evidence", {"item": item, "day": DAY, "then": "send", **more})


def credit_of(page: str) -> float:
    """Return how many credits a college's page says a learner may get."""
    (found,) = re.findall(r"Up to ([0-9.]+) semester credits", page)
    return float(found)


async def rows_waiting(site: Site) -> dict[str, str]:
    """Return the rows of the queue by what they say."""
    page = (await site.get("mentor", "/sign-off")).text
    found = re.findall(r'name="row" value="(\d+)"[^>]*><span><b>([^<]*)</b>([^<]*)</span>', page)
    return {f"{name}: {text}": row for row, name, text in found}


async def test_hand_in_sign_off_and_everybody_sees_it(own_site: Site) -> None:
    site = own_site
    before = await site.read("ada", "/home")
    credit = await site.read("registrar", f"/learners/{site.person('ada')}/credit")
    assert "28.1 %" in before
    assert "Next raise $22.40" in before
    for item in ("drl1", "mil1"):
        sent = await hand_in(site, f"credential:nims-machining-1:{item}", note="certificate 4711")
        assert sent.headers["location"] == "/log?sent=evidence"
    assert "Handed in. Your mentor sees it now." in await site.read("ada", "/log?sent=evidence")
    assert "Four things wait for you" in await site.read("mentor", "/sign-off")
    assert "Drill Press Waiting for sign-off" in await site.read("ada", "/map")

    rows = await rows_waiting(site)
    mine = [
        row for text, row in rows.items() if text in ("Ada Tran: Drill Press", "Ada Tran: Manual Milling")
    ]
    assert len(mine) == 2
    signed = await site.send("mentor", "/sign-off", {"row": mine, "verdict": "sign", "note": "seen it"})
    assert signed.headers["location"] == "/sign-off?done=signed"

    assert "Two things wait for you" in await site.read("mentor", "/sign-off?done=signed")
    after = await site.read("ada", "/home")
    assert "4 of 11 credentials" in after
    assert "28.1 %" not in after
    assert "Drill Press Held" in await site.read("ada", "/map")
    assert "reached 21 November 2026" not in await site.read("employer", "/raises")
    assert "Ada Tran Step 1 to Step 3, reached 20 November 2026" in await site.read("employer", "/raises")
    assert (await site.get("employer", "/crew?framework=nims-machining-1")).text.count(
        'aria-label="Held"'
    ) >= 4
    assert "seen it" in await site.read("ada", "/credentials/nims-machining-1/drl1")
    now = await site.read("registrar", f"/learners/{site.person('ada')}/credit")
    assert "Manual milling" in now
    assert credit_of(now) == credit_of(credit) + 3


async def test_a_raise_is_awarded_once(own_site: Site) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    page = (await site.get("employer", path)).text
    form = dict(re.findall(r'name="(program|step|effective_on)"[^>]*value="([^"]*)"', page))
    assert form == {"program": "machinist", "step": form["step"], "effective_on": "2025-06-02"}

    early = await site.send("employer", path, form | {"effective_on": "2025-06-01"})
    assert early.status_code == 422
    assert "Nothing was decided." in text_of(early)
    assert 'value="2025-06-01"' in early.text
    assert 'aria-describedby="approved-effective_on-wrong"' in early.text

    assert (await site.send("employer", path, form)).headers["location"] == "/raises?done=approved"
    assert "No people have reached a raise." in await site.read("employer", "/raises?done=approved")
    said = await site.read("employer", path)
    assert "No step is reached that was not awarded." in said
    assert (
        "21 November 2026 Given: Rosa Novak raised the wage to Step 2, from 2 June 2025, because of "
        "Measurement, Materials & Safety; Job Planning, Benchwork & Layout" in said
    )
    again = await site.send("employer", path, form)
    assert again.status_code == 409
    assert "is due" not in await site.read("ada", "/home")


async def test_a_raise_is_put_off_denied_given_and_taken_back_and_the_apprentice_reads_why(
    own_site: Site,
) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    step = {"program": "machinist", "step": "machinist:s2"}
    bare = await site.send("employer", path, step | {"verdict": "denied", "reason": " "})
    assert bare.status_code == 422
    assert "Nothing was decided. Say why; the apprentice reads it." in text_of(bare)
    assert 'aria-describedby="denied-reason-wrong"' in bare.text

    wait = step | {
        "verdict": "postponed",
        "postponed_until": "2026-12-05",
        "reason": "After the stocktaking.",
    }
    assert (await site.send("employer", path, wait)).headers["location"] == "/raises?done=postponed"
    listed = await site.read("employer", "/raises?done=postponed")
    assert "Put off. It comes back to this list on its day." in listed
    assert "No people have reached a raise." in listed
    assert "Step 2 is put off until 5 December 2026: After the stocktaking." in listed
    assert "Step 2 is put off until 5 December 2026: After the stocktaking." in await site.read(
        "ada", "/raise"
    )

    deny = step | {"verdict": "denied", "reason": "Two late logs."}
    assert (await site.send("employer", path, deny)).headers["location"] == "/raises?done=denied"
    assert "Step 2 was not given on 21 November 2026: Two late logs." in await site.read(
        "employer", "/raises"
    )
    give = step | {"verdict": "approved", "effective_on": "2026-11-20"}
    assert (await site.send("employer", path, give)).headers["location"] == "/raises?done=approved"

    html = (await site.get("employer", path)).text
    (number,) = re.findall(r'name="decision" value="(\d+)"', html)
    undo = {"decision": number, "reason": ""}
    refused = await site.send("employer", f"{path}/undo", undo)
    assert refused.status_code == 422
    assert f'aria-describedby="undo-{number}-reason-wrong"' in refused.text
    undone = await site.send("employer", f"{path}/undo", undo | {"reason": "The wrong person."})
    assert undone.headers["location"] == "/raises?done=undone"
    told = await site.read("ada", "/raise")
    lines = [
        "Taken back: Rosa Novak took back the raise to Step 2: The wrong person.",
        "Was: Rosa Novak raised the wage to Step 2, $19.84 an hour, from 20 November 2026, because of",
        "Not given: Rosa Novak did not raise the wage to Step 2: Two late logs.",
        "Was: Rosa Novak put Step 2 off until 5 December 2026: After the stocktaking.",
    ]
    places = [told.find(line) for line in lines]
    assert -1 not in places, told
    assert places == sorted(places), "the last decision stands first"
    assert 'action="/raises/' not in (await site.get("ada", "/raise")).text
    assert "Two late logs" not in await site.read("mentor", f"/apprentices/{site.person('ada')}")


async def test_sent_back_with_a_reason_and_corrected(own_site: Site) -> None:
    site = own_site
    row = (await rows_waiting(site))["Ada Tran: 2.4 Chucking"]
    without = await site.send("mentor", "/sign-off", {"row": row, "verdict": "back", "note": " "})
    assert without.status_code == 422
    assert "Say what is missing" in text_of(without)
    assert f'value="{row}" checked' in without.text

    sent = await site.send("mentor", "/sign-off", {"row": row, "verdict": "back", "note": "bore is oversize"})
    assert sent.headers["location"] == "/sign-off?done=back"
    log = await site.get("ada", "/log")
    assert "2.4 Chucking Sent back, 21 November 2026: bore is oversize" in text_of(log)
    entry = re.findall(r'href="(/log/e\d+)"', log.text)[0]
    form = (await site.get("ada", entry)).text
    assert 'value="competency:nims-machining-1:chucking" selected' in form
    assert 'value="2026-11-17"' in form

    wrong = {"item": "competency:nims-machining-1:chucking", "day": "2027-01-01", "note": "bored anew"}
    refused = await site.send("ada", entry, wrong)
    assert refused.status_code == 422
    assert "The day lies ahead" in text_of(refused)
    assert "bored anew" in refused.text
    right = await site.send("ada", entry, wrong | {"day": "2026-11-20"})
    assert right.headers["location"] == "/log?sent=evidence"
    assert "bored anew" in await site.read("mentor", "/sign-off")
    said = await site.read("ada", entry)
    assert said.count("2.4 Chucking, of") == 3
    assert "bore is oversize" in said


async def test_what_was_signed_off_is_not_corrected(own_site: Site) -> None:
    site = own_site
    log = (await site.get("ada", "/log")).text
    entry = re.findall(r'href="(/log/e\d+)"', log)[0]
    row = (await rows_waiting(site))["Ada Tran: 2.4 Chucking"]
    await site.send("mentor", "/sign-off", {"row": row, "verdict": "sign", f"rating-{row}": "4"})
    assert "2.4 Chucking, rated 4" in await site.read("ada", "/record")
    assert "This has been decided, so it stays as it is." in await site.read("ada", entry)
    late = await site.send("ada", entry, {"item": "competency:nims-machining-1:chucking", "day": DAY})
    assert late.status_code == 409
    twice = await site.send("mentor", "/sign-off", {"row": row, "verdict": "sign"})
    assert twice.status_code == 409


async def test_drafts_wait_until_they_are_sent(own_site: Site) -> None:
    site = own_site
    kept = await hand_in(site, "competency:nims-machining-1:drill-press", then="draft", note="half done")
    assert kept.headers["location"] == "/log?sent=draft"
    log = await site.get("ada", "/log?sent=draft")
    assert "2.8 Drill Press Kept as a draft" in text_of(log)
    assert "Drill Press" not in await site.read("mentor", "/sign-off")
    entry = re.findall(r'name="entry" value="(\d+)"', log.text)[0]
    assert (await site.send("ada", "/log/drafts", {"entry": entry})).headers["location"] == "/log?sent=again"
    assert "Ada Tran 2.8 Drill Press" in await site.read("mentor", "/sign-off")


async def test_hours_reach_the_record_when_signed_off(own_site: Site) -> None:
    site = own_site
    form = {"day": DAY, "hours": "7.5", "work_process": "milling", "note": "vise jaws"}
    assert (await site.send("ada", "/log/hours", form)).headers["location"] == "/log?sent=hours"
    assert "Manual milling and drilling 8 8" in await site.read("ada", "/record")
    row = (await rows_waiting(site))["Ada Tran: 7.5 hours in Manual milling and drilling"]
    await site.send("mentor", "/sign-off", {"row": row, "verdict": "sign"})
    assert "Manual milling and drilling 15.5 15.5" in await site.read("ada", "/record")


async def test_consent_opens_and_shuts_the_record(own_site: Site) -> None:
    site, record = own_site, f"/apprentices/{own_site.person('ben')}"
    assert (await site.get("registrar", record)).status_code == 404
    page = await site.get("ben", "/consents")
    assert "You let no college see your record." in text_of(page)
    assert "Not your wage." in text_of(page)
    college = re.findall(r'<option value="([0-9a-f-]{36})"', page.text)[0]

    past = await site.send("ben", "/consents", {"college": college, "until": "2026-11-01"})
    assert past.status_code == 422
    assert 'value="2026-11-01" aria-invalid="true"' in past.text
    nowhere = await site.send("ben", "/consents", {"college": "x"})
    assert nowhere.status_code == 422
    assert "Choose a college from the list." in text_of(nowhere)

    given = await site.send("ben", "/consents", {"college": college, "until": "2027-05-31"})
    assert given.headers["location"] == "/consents?done=given"
    page = await site.get("ben", "/consents?done=given")
    assert "from 21 November 2026 until 31 May 2027" in text_of(page)
    assert "Ben Okafor With consent until 31 May 2027" in await site.read("registrar", "/learners")
    said = await site.read("registrar", record)
    assert "Ben Okafor" in said
    assert "$" not in said
    again = await site.send("ben", "/consents", {"college": college})
    assert again.status_code == 422
    assert "You let this college see your record already." in text_of(again)

    number = re.findall(r'action="/consents/([0-9a-f-]{36})"', page.text)[0]
    assert (await site.send("ada", f"/consents/{number}", {})).status_code == 404
    assert (await site.send("ben", f"/consents/{number}", {})).headers["location"] == "/consents?done=taken"
    assert (await site.get("registrar", record)).status_code == 404
    assert "taken back 21 November 2026" in await site.read("ben", "/consents?done=taken")


async def test_shut_out_means_at_the_next_request(own_site: Site) -> None:
    site, account = own_site, f"/people/{own_site.person('ben')}"
    assert (await site.get("ben", "/home")).status_code == 200
    assert (await site.send("admin", account, {"then": "suspend"})).headers[
        "location"
    ] == "/people?done=suspended"
    assert (await site.get("ben", "/home")).status_code == 303
    assert "Ben Okafor Apprentice Shut out Let in" in await site.read("admin", "/people?done=suspended")
    await site.send("admin", account, {"then": "readmit"})
    assert "Ben Okafor Apprentice Open" in await site.read("admin", "/people")
    assert (
        await site.send("admin", f"/people/{site.person('stranger')}", {"then": "suspend"})
    ).status_code == 404


async def test_a_key_is_shown_once_and_ended(own_site: Site) -> None:
    site = own_site
    made = await site.send("ada", "/keys", {"name": "kiosk", "scope": "read", "days": "30"})
    secret = re.findall(r"<code>(jm_[^<]+)</code>", made.text)[0]
    page = await site.get("ada", "/keys")
    assert secret not in page.text
    assert "kiosk read, until 21 December 2026" in text_of(page)
    nameless = await site.send("ada", "/keys", {"name": " ", "scope": "read", "days": "30"})
    assert nameless.status_code == 422
    assert "Give the key a name" in text_of(nameless)
    number = re.findall(r'action="/keys/([0-9a-f-]{36})"', page.text)[0]
    assert (await site.send("ben", f"/keys/{number}", {})).status_code == 404
    assert (await site.send("ada", f"/keys/{number}", {})).status_code == 303
    assert "useless now" in await site.read("ada", "/keys")


async def test_signing_out_ends_the_session_everywhere(own_site: Site) -> None:
    site = own_site
    token = (await site.browser("ada")).cookies["__Host-journeymark"]
    out = await site.send("ada", "/sign-out", {})
    assert out.headers["location"] == "/sign-in"
    assert "max-age=0" in out.headers["set-cookie"].lower()
    browser = await site.browser("ada")
    browser.cookies.set("__Host-journeymark", token)
    assert (await site.get("ada", "/home")).status_code == 303


async def test_a_wrong_password_keeps_the_name_and_says_no_more(own_site: Site) -> None:
    site = own_site
    await site.browser(None)
    for login in ("ada", "nobody-here"):
        refused = await site.send(None, "/sign-in", {"login": login, "password": "wrong", "next": "/raise"})
        assert refused.status_code == 422
        assert f'value="{login}"' in refused.text
        assert 'name="next" value="/raise"' in refused.text
        assert "Name and password do not belong together." in text_of(refused)
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        page = (await site.get(None, f"/sign-in?next={elsewhere}")).text
        assert 'name="next" value=""' in page


async def test_what_people_write_is_shown_and_never_run(own_site: Site) -> None:
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7*7 }}'
    day = "2026-11-20"
    form = {"item": "competency:nims-machining-1:drill-press", "day": day, "note": attack, "then": "send"}
    assert (await own_site.send("ada", "/log/evidence", form)).status_code == 303
    for who, path in (("ada", "/log"), ("ada", "/record"), ("mentor", "/sign-off"), ("ada", "/home")):
        html = (await own_site.get(who, path)).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "49" not in re.findall(r"alert\(1\)&gt;(\w*)", html)
    assert "&lt;script&gt;alert(1)" in (await own_site.get("mentor", "/sign-off")).text
