"""Payroll hand-overs on pages: made from the list of raises, taken as a file, the same bytes each time."""

import json

from tests.web.pages.conftest import Site, text_of
from tests.web.shop import NOW

DAY = NOW.date().isoformat()


async def award(site: Site) -> None:
    form = {"program": "machinist", "step": "machinist:s2", "effective_on": DAY}
    assert (await site.send("employer", f"/raises/{site.person('ada')}", form)).status_code == 303


async def hand(site: Site, since: str, until: str, who: str = "employer") -> str:
    form = {"employer": str(site.shop.employer), "since": since, "until": until, "ahead": "yes"}
    sent = await site.send(who, "/payroll/handovers", form)
    assert sent.status_code == 303
    return sent.headers["location"]


async def test_a_hand_over_is_made_from_the_list_of_raises_and_taken_as_a_file(own_site: Site) -> None:
    await award(own_site)
    raises = await own_site.get("employer", "/raises")
    assert 'href="/payroll/handovers"' in raises.text
    path = await hand(own_site, "2026-11-01", "2026-12-01")
    said = await own_site.read("employer", path)
    assert "from 1 November 2026 until before 1 December 2026" in said
    assert "Ada Tran" in said
    assert "$17.60 $19.84" in said
    assert "Personnel number" in said
    assert "Step 2 s2" in said
    assert "The files name people by personnel number and id, not by name" in said
    files = [await own_site.get(who, f"{path}/changes.csv") for who in ("employer", "admin")]
    assert files[0].content == files[1].content
    assert files[0].headers["content-disposition"].startswith('attachment; filename="pay-changes-')
    assert files[0].headers["content-type"] == "text/csv; charset=utf-8"
    told = json.loads((await own_site.get("employer", f"{path}/changes.json")).content)
    (line,) = told["changes"]
    assert (line["old_cents_per_hour"], line["new_cents_per_hour"], line["effective_on"]) == (1760, 1984, DAY)
    listed = await own_site.get("admin", "/payroll/handovers")
    assert path in listed.text
    assert 'value="2026-12-01"' in listed.text, "the next one begins where this ends"


async def test_a_period_that_does_not_follow_is_refused_at_its_field(own_site: Site) -> None:
    await hand(own_site, "2026-11-01", "2026-12-01")
    form = {
        "employer": str(own_site.shop.employer),
        "since": "2026-11-15",
        "until": "2026-12-15",
        "ahead": "yes",
    }
    refused = await own_site.send("employer", "/payroll/handovers", form)
    assert refused.status_code == 422
    assert "Nothing was handed over. The last hand-over ends before 2026-12-01" in text_of(refused)
    for sent in ({**form, "since": "soon"}, {**form, "until": ""}):
        assert (await own_site.send("employer", "/payroll/handovers", sent)).status_code == 422
    assert (
        await own_site.send("employer", "/payroll/handovers", {**form, "employer": "x"})
    ).status_code == 404


async def test_files_of_others_are_not_found(own_site: Site) -> None:
    path = await hand(own_site, "2026-11-01", "2026-12-01")
    for who in ("stranger", "ada", "mentor", "registrar", "agency"):
        for part in ("", "/changes.csv", "/changes.json"):
            assert (await own_site.get(who, path + part)).status_code in (403, 404)
    assert (await own_site.get("employer", f"/payroll/handovers/{2**70}")).status_code == 404


async def test_decisions_are_made_again_from_the_page_of_a_raise(own_site: Site) -> None:
    await award(own_site)
    path = f"/raises/{own_site.person('ada')}/replay"
    assert path in (await own_site.get("employer", path.removesuffix("/replay"))).text
    assert "each comes to the same" in await own_site.read("admin", path)
    form = {"decision": "1", "difference": "0" * 64, "reason": "No."}
    assert (await own_site.send("employer", path, form)).status_code == 404
    assert (await own_site.send("employer", path, {**form, "reason": ""})).status_code == 422
    assert (await own_site.send("employer", path, {**form, "decision": "x"})).status_code == 422
    for who in ("ada", "mentor", "registrar", "stranger"):
        assert (await own_site.get(who, path)).status_code == 404


async def test_an_employer_asks_how_somebody_stood_on_a_day_and_by_what_was_known(site: Site) -> None:
    path = f"/apprentices/{site.person('ada')}"
    today, then, unknown = [
        await site.read("employer", path + query)
        for query in ("", "?as_of=2025-05-01", "?known_at=2026-11-20")
    ]
    assert "As of 1 May 2025" in then
    assert "As known at the end of" in today
    assert "as known at the end of 20 November 2026" in unknown
    assert len({today, then, unknown}) == 3
    before = await site.get("employer", path + "?as_of=2024-01-01")
    assert "registered nowhere" in text_of(before) or before.status_code == 200
    for wrong in ("as_of=soon", "as_of=2999-01-01", "known_at=x", "as_of=2027-01-01"):
        assert (await site.get("employer", f"{path}?{wrong}")).status_code == 422
    assert (await site.get("stranger", path + "?as_of=2025-05-01")).status_code == 404


async def test_days_that_lie_ahead_are_handed_over_only_on_purpose(own_site: Site) -> None:
    page = await own_site.get("employer", "/payroll/handovers")
    assert "I mean it" not in page.text
    form = {"employer": str(own_site.shop.employer), "since": "2026-11-01", "until": "2026-12-01"}
    refused = await own_site.send("employer", "/payroll/handovers", form)
    assert refused.status_code == 422
    assert "The period ends on 30 November 2026, which lies ahead." in text_of(refused)
    assert "Hand over until before 22 November 2026 at the latest" in text_of(refused)
    assert "I mean it: hand over days that lie ahead" in text_of(refused)
    today = await own_site.send("employer", "/payroll/handovers", {**form, "until": "2026-11-22"})
    assert today.status_code == 303
