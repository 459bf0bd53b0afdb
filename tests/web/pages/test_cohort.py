"""Everybody in a program as a page: one's own people at once, everybody for agencies, and drafts tried on them."""

import json
from typing import Any

import httpx
import pytest

from standards.catalog import load_catalog
from tests.apprenticeship.cohort.running import do_errands
from tests.web.pages.conftest import Site, text_of
from tests.web.shop import NOW

DRY_RUN = {"whose": "own", "program": "machinist", "by": "draft"}
EVERYBODY = {"whose": "all", "program": "machinist"}


def draft(**changes: Any) -> bytes:
    """Give the shipped program with something else in it, as YAML: JSON is that too."""
    programs = (one.raw for one in load_catalog() if one.kind == "program")
    raw = next(one for one in programs if one["program"]["id"] == "machinist")
    return json.dumps({**raw, "program": {**raw["program"], **changes}}, default=float).encode()


def both(*documents: bytes) -> bytes:
    return b"\n---\n".join(documents)


async def upload(site: Site, who: str, form: dict[str, str], data: bytes) -> httpx.Response:
    browser = await site.browser(who)
    return await browser.post("/cohort/looks", data=form, files={"file": ("draft.yaml", data)})


async def test_an_employer_sees_how_far_their_people_are(site: Site) -> None:
    said = await site.read("employer", "/cohort")
    assert "Cohort: Machinist Your apprentices in this program, as of 21 November 2026." in said
    assert "Two apprentices: nobody is complete yet and nobody is stuck." in said
    assert "One thing away" in said
    assert "What holds people up" in said
    assert "How it is reckoned: each at their own pace so far" in said
    assert "Whose" not in said
    assert "Evaluate everybody" not in said
    page = (await site.get("employer", "/cohort")).text
    assert 'value="machinist" selected' in page
    assert page.count("data-figure=") == 2
    assert 'href="/standards/frameworks/nims-machining-1#' in page


async def test_another_day_and_another_program(site: Site) -> None:
    before = await site.read("employer", "/cohort?program=machinist&on=2025-01-05")
    assert "Nobody is in this program on that day." in before
    assert "as of 5 January 2025" in before
    hybrid = await site.read("employer", "/cohort?program=cnc-machinist-hybrid&whose=own")
    assert "One apprentice: nobody is complete yet" in hybrid
    nobody = await site.read("stranger", "/cohort?program=machinist")
    assert "Nobody is in this program on that day." in nobody


async def test_all_programs_beside_each_other(site: Site) -> None:
    said = await site.read("employer", "/cohort?program=all")
    assert "Cohort: every program Your apprentices, as of 21 November 2026." in said
    assert "Three apprentices: nobody is complete yet and nobody is stuck." in said
    assert "Machinist 2 0 0" in said
    page = (await site.get("employer", "/cohort?program=all")).text
    assert 'href="/cohort?whose=own&amp;program=machinist"' in page
    assert page.count("data-figure=") == 2
    everybody = await site.read("agency", "/cohort?program=all")
    assert "Nobody has been evaluated" in everybody


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("on=soon", 422, "The day is not a date; write it like 2026-05-12."),
        ("on=0001-01-01", 422, "The day lies in the year 1"),
        ("program=nothing", 404, "404"),
        ("whose=all", 404, "404"),
        ("whose=%F0", 404, "404"),
    ],
)
async def test_what_is_no_question_is_said(site: Site, query: str, status: int, said: str) -> None:
    found = await site.get("employer", f"/cohort?{query}")
    assert found.status_code == status
    assert said in text_of(found)


async def test_a_day_that_is_none_is_said_of_every_program_too(site: Site) -> None:
    found = await site.get("employer", "/cohort?program=all&on=soon")
    assert found.status_code == 422
    said = text_of(found)
    assert "The day is not a date" in said
    assert "Three apprentices" in said
    assert "Try other standards" not in said


@pytest.mark.parametrize("program", ["%00", "nothing", "%F0", ""])
async def test_nothing_is_told_of_the_progress_of_no_program(site: Site, program: str) -> None:
    assert (await site.get("agency", f"/cohort/progress?program={program}")).status_code == 404


@pytest.mark.parametrize("who", ["ada", "mentor", "registrar"])
async def test_it_is_for_employers_administrators_and_agencies(site: Site, who: str) -> None:
    assert (await site.get(who, "/cohort")).status_code == 403
    assert (await site.send(who, "/cohort/looks", DRY_RUN)).status_code == 403


async def test_a_draft_is_tried_on_ones_own_people_by_name(site: Site) -> None:
    easier = draft(completion={"months": 6, "since": "registered"})
    found = await upload(site, "employer", DRY_RUN, easier)
    assert found.status_code == 200
    said = text_of(found)
    assert "Something would change for two apprentices of 2." in said
    assert "Complete 2 0" in said
    assert "Gains Ada Tran , Ben Okafor" in said
    assert f'href="/apprentices/{site.person("ada")}"' in found.text
    newest = text_of(await site.send("employer", "/cohort/looks", {**DRY_RUN, "by": "newest"}))
    assert "Nothing would change for anybody." in newest


async def test_a_draft_may_be_several_documents_in_one_file(site: Site) -> None:
    frameworks = (one.raw for one in load_catalog() if one.kind == "framework")
    framework = next(one for one in frameworks if one["framework"]["id"] == "nims-machining-1")
    easier = draft(completion={"months": 6, "since": "registered"})
    data = both(easier, json.dumps(framework, default=float).encode())
    assert "Complete 2 0" in text_of(await upload(site, "employer", DRY_RUN, data))


async def test_what_to_read_by_and_the_day_are_checked(site: Site) -> None:
    wrong = await site.send("employer", "/cohort/looks", {**DRY_RUN, "by": "zz"})
    assert wrong.status_code == 422
    assert "Choose by what everybody is to be read." in text_of(wrong)
    soon = await site.send("employer", "/cohort/looks", {**DRY_RUN, "by": "newest", "on": "soon"})
    assert soon.status_code == 422
    assert "The day is not a date" in text_of(soon)
    assert "Two apprentices" in text_of(soon)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "draft.yaml:1:1: no document"),
        (b"\xff\xfe", "bytes that are not UTF-8"),
        (b"journeymark: 1\nprogram: {id: machinist", "draft.yaml:"),
        (b"journeymark: 1\nrecord: {person: {id: a, name: A}, evidence: []}", "holds a record"),
        (
            draft(id="another"),
            "program another: not read in machinist, which reads program machinist, framework",
        ),
        (both(draft(), draft()), "The program machinist is given twice"),
        (both(draft(), draft(id="another")), "program another: not read in machinist"),
        (draft(completion={"credential": "nothing"}), "nothing"),
    ],
)
async def test_a_draft_that_cannot_be_read_is_said_at_its_place(site: Site, data: bytes, said: str) -> None:
    found = await upload(site, "employer", DRY_RUN, data)
    assert found.status_code == 422
    assert said in text_of(found)
    assert "Two apprentices" in text_of(found)


async def test_a_draft_without_a_file_is_asked_for(site: Site) -> None:
    found = await site.send("employer", "/cohort/looks", DRY_RUN)
    assert found.status_code == 422
    assert "Choose a file first" in text_of(found)


async def test_an_agency_evaluates_everybody_and_sees_counts_without_names(own_site: Site) -> None:
    site = own_site
    first = await site.read("agency", "/cohort")
    assert "Everybody in this program, as counts without names." in first
    empty = await site.read("agency", "/cohort?program=machinist")
    assert "Nobody has been evaluated in this program yet." in empty
    sent = await site.send("agency", "/cohort/runs", EVERYBODY)
    assert sent.status_code == 303
    going = await site.get("agency", sent.headers["location"])
    assert "Being split into parts" in text_of(going)
    assert 'data-progress="/cohort/progress?program=machinist"' in going.text
    assert (await site.send("agency", "/cohort/runs", EVERYBODY)).status_code == 422
    await do_errands(NOW)
    said = await site.read("agency", sent.headers["location"])
    assert "as of 21 November 2026" in said
    assert "Two apprentices: nobody is complete yet and nobody is stuck." in said
    assert "Ada" not in said
    every = await site.read("agency", "/cohort?program=all&on=2150-01-01")
    assert "Everybody, as counts without names, as of 21 November 2026." in every
    assert "Machinist 2 0 0" in every
    assert "event: progress" in (await site.get("agency", "/cohort/progress?program=machinist")).text


async def test_an_agency_tries_a_draft_on_everybody_in_a_job(own_site: Site) -> None:
    site = own_site
    easier = draft(completion={"months": 6, "since": "registered"})
    sent = await upload(site, "agency", {**EVERYBODY, "by": "draft"}, easier)
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert "Being split into parts" in await site.read("agency", address)
    assert (await site.send("agency", "/cohort/looks", {**EVERYBODY, "by": "own"})).status_code == 422
    await do_errands(NOW)
    said = await site.read("agency", address)
    assert "Something would change for two apprentices of 2." in said
    assert "Your looks Machinist, as of 21 November 2026 Looked at, by other standards" in said
    assert "Your looks" in await site.read("agency", "/cohort?program=machinist")
    assert "Gains" not in said
    assert "Ada" not in said
    told = (await site.get("agency", f"/cohort/progress?look_id={address.rpartition('/')[2]}")).text
    assert '"state": "done"' in told
    assert (await site.get("admin", address)).status_code == 403
    assert (await site.get("agency", "/cohort/looks/00000000-0000-4000-8000-000000000000")).status_code == 404
