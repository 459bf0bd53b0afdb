"""Forms that no page of ours would send: refused in words, whatever they hold, and nothing is half done."""

import random

import pytest

from tests.web.pages.conftest import Site, text_of
from tests.web.pages.test_forms import HOURS

STRANGE = [
    "",
    " ",
    "\x00",
    "\ud83d",
    "0" * 400,
    "-1",
    "9" * 30,
    "é" * 3000,
    "<b>",
    "' OR 1=1 --",
    "%00",
    "١٢",
    "1e5",
]
FORMS = {
    "ada": {
        "/log/hours": ["day", "hours", "work_process", "note"],
        "/log/evidence": ["item", "day", "part", "note", "then"],
        "/log/drafts": ["entry"],
        "/log/e000000006": ["item", "day", "note", "then"],
        "/consents": ["college", "until"],
        "/consents/employers": ["employer", "purpose", "until", "signed_as"],
        "/raise/late-logs": ["program", "month", "reason"],
        "/keys": ["name", "scope", "days"],
    },
    "mentor": {"/sign-off": ["row", "verdict", "note", "rating-6"]},
    "employer": {
        "/imports": ["organisation", "file"],
        "/house-rules/late_logs": ["kind", "due_day", "since", "place", "then"],
        "/house-rules/objection": ["objection_days", "since", "then"],
        "/house-rules/second": ["dollars", "since", "then"],
        "/house-rules/paid": ["paid_from", "every", "anchor", "since", "then"],
        "/house-rules/minimums": ["since_day", "dollars", "since", "then"],
    },
    "admin": {"/people/00000000-0000-4000-8000-000000000000": ["then"]},
}


async def test_a_day_has_24_hours(own_site: Site) -> None:
    full = {**HOURS, "hours": "20"}
    assert (await own_site.send("ben", "/log/hours", full)).status_code == 303
    refused = await own_site.send("ben", "/log/hours", full)
    assert refused.status_code == 422
    assert "a day has 24" in text_of(refused)


@pytest.mark.parametrize("who", FORMS)
async def test_strange_input_never_breaks_anything(own_site: Site, who: str) -> None:
    dice = random.Random(41)  # the same strange forms on every run
    for path, fields in FORMS[who].items():
        for _ in range(12):
            form = {name: dice.choice(STRANGE).encode("utf-8", "replace") for name in fields}
            answer = await own_site.send(who, path, form)
            assert answer.status_code < 500, (path, form)


async def test_a_raise_form_that_was_tampered_with(own_site: Site) -> None:
    path = f"/raises/{own_site.person('ada')}"
    for form in (
        {"program": ""},
        {"program": "machinist", "step": "nothing", "effective_on": "2026-01-01"},
        {"program": "nothing", "step": "machinist:s2", "effective_on": "2026-01-01"},
        {"program": "machinist", "step": "machinist:s5", "effective_on": "2026-01-01"},
        {"program": "machinist", "step": "machinist:s2", "effective_on": "2199-12-31"},
        {"program": "machinist", "step": "machinist:s2", "verdict": "undone", "reason": "x"},
        {"program": "machinist", "step": "machinist:s2", "verdict": "postponed", "postponed_until": "soon"},
        {"program": "machinist", "step": "machinist:s2", "verdict": "<b>", "reason": "x"},
    ):
        assert (await own_site.send("employer", path, form)).status_code in (404, 422), form
    for number in ("", "0", "-1", "999999999", "9999999999", "x"):
        undo = {"decision": number, "reason": "x"}
        assert (await own_site.send("employer", f"{path}/undo", undo)).status_code in (404, 422), number
    for month in ("", "2026-10-01", "2199-01-31", "x"):
        excuse = {"program": "machinist", "month": month, "reason": "x"}
        assert (await own_site.send("employer", f"{path}/late-logs", excuse)).status_code in (404, 422), month


async def test_a_rating_off_the_scale_is_said_and_the_marks_stay(own_site: Site) -> None:
    page = (await own_site.get("mentor", "/sign-off")).text
    row = page.split('name="row" value="')[1].partition('"')[0]
    form = {"row": row, "verdict": "sign", f"rating-{row}": "9", "note": "good fit"}
    refused = await own_site.send("mentor", "/sign-off", form)
    assert refused.status_code == 422
    assert "9 is not on the scale 0, 1, 2, 3, 4." in text_of(refused)
    assert f'value="{row}" checked' in refused.text
    assert ">good fit</textarea>" in refused.text
