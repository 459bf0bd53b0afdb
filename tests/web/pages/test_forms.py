"""Whatever a form holds, the answer names the field and keeps what was typed; nothing ends in a 500."""

from collections.abc import Mapping

import pytest

from tests.web.pages.conftest import BASE, Site, text_of

HOURS = {"day": "2026-11-20", "hours": "7.5", "work_process": "milling", "note": "vise jaws, part 7"}
EVIDENCE = {
    "item": "competency:nims-machining-1:drill-press",
    "day": "2026-11-20",
    "part": "",
    "note": "six holes, part 9",
    "then": "send",
}
WRONG_HOURS = [
    ({"hours": "many"}, "hours-hours-wrong", "Write hours as a number, like 7.5."),
    ({"hours": ""}, "hours-hours-wrong", "Write hours as a number"),
    ({"hours": "25"}, "hours-hours-wrong", "more than 0 and at most 24"),
    ({"hours": "0"}, "hours-hours-wrong", ""),
    ({"hours": "-3"}, "hours-hours-wrong", ""),
    ({"hours": "NaN"}, "hours-hours-wrong", "more than 0 and at most 24"),
    ({"hours": "1e999999"}, "hours-hours-wrong", ""),
    ({"day": "yesterday"}, "hours-day-wrong", "write it like 2026-05-12"),
    ({"day": "2027-05-01"}, "hours-day-wrong", "The day lies ahead"),
    ({"day": "0001-01-01"}, "hours-day-wrong", "look at it again"),
    ({"work_process": "welding"}, "hours-work_process-wrong", "The program has no work process"),
    ({"work_process": ""}, "hours-work_process-wrong", ""),
]
WRONG_EVIDENCE = [
    ({"item": ""}, "evidence-item-wrong", "Choose what you can show."),
    ({"item": "competency:nims-machining-1:whittling"}, "evidence-item-wrong", "There is no competency"),
    ({"item": "waiver:nims-machining-1:mms"}, "evidence-item-wrong", "Choose what you can show."),
    (
        {"item": "credential:nims-machining-1:mms", "part": "oral"},
        "evidence-part-wrong",
        "has no part 'oral'",
    ),
    ({"day": "2026-11-31"}, "evidence-day-wrong", "is not a date"),
    ({"day": "1900-01-01"}, "evidence-day-wrong", "look at the year"),
]


@pytest.mark.parametrize(("changed", "place", "words"), WRONG_HOURS)
async def test_wrong_hours_are_said_beside_the_field(
    site: Site, changed: Mapping[str, str], place: str, words: str
) -> None:
    await _refused(site, "/log/hours", HOURS, changed, (place, words))


@pytest.mark.parametrize(("changed", "place", "words"), WRONG_EVIDENCE)
async def test_wrong_evidence_is_said_beside_the_field(
    site: Site, changed: Mapping[str, str], place: str, words: str
) -> None:
    await _refused(site, "/log/evidence", EVIDENCE, changed, (place, words))


async def _refused(
    site: Site, path: str, right: Mapping[str, str], changed: Mapping[str, str], said: tuple[str, str]
) -> None:
    refused = await site.send("ada", path, {**right, **changed})
    assert refused.status_code == 422
    place, words = said
    assert f'<p class="wrong" id="{place}">' in refused.text
    assert f'aria-invalid="true" aria-describedby="{place}"' in refused.text
    assert words in text_of(refused)
    assert "Nothing was sent yet; what you typed is still here." in text_of(refused)
    assert right["note"] in refused.text


@pytest.mark.parametrize(
    "path", ["/log/hours", "/log/evidence", "/keys", "/consents", "/log/e000000006", "/sign-in"]
)
async def test_what_is_no_form_is_a_bad_request(site: Site, path: str) -> None:
    browser = await site.browser("ada")
    for content, kind in ((b"{}", "application/json"), (b"\xff\xfe", "text/plain"), (b"", "")):
        refused = await browser.post(path, content=content, headers={"content-type": kind, "origin": BASE})
        assert refused.status_code == 400, (path, kind)
    broken = await browser.post(path, content=b"--x\r\n", headers={"content-type": "multipart/form-data"})
    assert broken.status_code == 400


async def test_marking_nothing_is_said(site: Site) -> None:
    refused = await site.send("mentor", "/sign-off", {"verdict": "sign"})
    assert refused.status_code == 422
    assert "Mark what you want to sign off or send back." in text_of(refused)
