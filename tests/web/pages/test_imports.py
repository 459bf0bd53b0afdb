"""Importing a roster: nothing before the person says so, every bad cell named, progress that is found again."""

import io
import json
import re

import httpx
from openpyxl import Workbook

from apprenticeship.outbox.services import hand_out, run
from tasks.jobs import TOPICS
from tests.web.pages.conftest import Site, text_of
from tests.web.shop import NOW

HEADING = "number,name,program,registered,credential,part,result,hours,work process,date\n"
GOOD = """K-900,Nora Quist,machinist,2026-03-02,mms,,pass,,,2026-04-01
K-901,Theo Brand,machinist,2026-03-02,,,,7.5,milling,2026-04-02
"""
BAD = "K-902,Ivy Moss,no-such,2026-03-02,,,,,,\nK-903,,machinist,2026-13-02,mms,,pass,,,2026-04-01\n"


async def upload(
    site: Site, text: str | bytes, *, who: str = "employer", name: str = "roster.csv"
) -> httpx.Response:
    browser = await site.browser(who)
    page = (await browser.get("/imports")).text
    place = re.findall(r'<option value="([0-9a-f-]{36})"', page)[0]
    content = text.encode() if isinstance(text, str) else text
    return await browser.post("/imports", data={"organisation": place}, files={"file": (name, content)})


async def work() -> None:
    """Do what waits in the outbox, as the worker does."""
    while errands := await hand_out(now=NOW):
        for errand in errands:
            assert await run(errand.id, TOPICS[errand.topic], now=NOW)


async def test_the_dry_run_names_every_bad_cell_and_changes_nothing(own_site: Site) -> None:
    sent = await upload(own_site, HEADING + GOOD + BAD)
    assert sent.status_code == 303
    said = await own_site.read("employer", sent.headers["location"])
    assert "Checked, not imported yet" in said
    assert "two people, two enrolments, one credential result and 7.5 hours." in said
    assert "Two rows of 4 are bad." in said
    assert "4 program no program 'no-such' one of" in said
    assert "5 name empty write the person's name" in said
    assert "5 registered '2026-13-02' is no date a date like 2026-05-12" in said
    assert "Import the good rows" in said
    assert "All of them or none" not in said
    assert "Nora Quist" not in await own_site.read("employer", "/crew")


async def test_good_rows_are_imported_with_progress_that_is_found_again(own_site: Site) -> None:
    site = own_site
    path = (await upload(site, HEADING + GOOD + BAD)).headers["location"]
    none = await site.send("employer", path, {"keep": "all"})
    assert none.status_code == 422
    assert "import the good ones, or mend the file" in text_of(none)

    started = await site.send("employer", path, {"keep": "good"})
    assert started.headers["location"] == path
    page = (await site.get("employer", path)).text
    assert '<progress id="bar" max="4" value="2">' in page
    assert f'data-progress="{path}/progress"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "Look again" in page
    assert "roster.csv Being imported, four rows, 2 bad" in await site.read("employer", "/imports")
    assert (await site.send("employer", path, {"keep": "good"})).status_code == 409

    await work()
    said = await site.read("employer", path)
    assert "Imported" in said
    assert "4 of 4 rows" in said
    assert "Two rows brought something new, no rows were there already, two rows were refused." in said
    told = (await site.get("employer", f"{path}/progress")).text
    assert "event: progress" in told
    last = json.loads(re.findall(r"data: (\{.*\})", told)[-1])
    assert last == {"state": "done", "done": 4, "total": 4, "said": "4 of 4 rows"}
    assert "Nora Quist" in await site.read("employer", "/crew")


async def test_the_same_file_twice_changes_nothing(own_site: Site) -> None:
    site = own_site
    for expected in ("Two rows brought something new", "No rows brought something new, two rows were there"):
        path = (await upload(site, HEADING + GOOD)).headers["location"]
        assert "All of them or none" in await site.read("employer", path)
        await site.send("employer", path, {"keep": "all"})
        await work()
        assert expected in await site.read("employer", path)
    crew = await site.read("employer", "/crew")
    assert crew.count("Theo Brand") == 1


async def test_a_workbook_is_read_as_well(own_site: Site) -> None:
    book = Workbook()
    sheet = book.create_sheet("roster", 0)
    for line in (HEADING + GOOD).splitlines():
        sheet.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    path = (await upload(own_site, content.getvalue(), name="roster.xlsx")).headers["location"]
    assert "two people, two enrolments" in await own_site.read("employer", path)


async def test_what_cannot_be_read_is_said_where_the_file_is_chosen(own_site: Site) -> None:
    site = own_site
    for content, words in (
        (b"", "is empty"),
        (b"PK\x03\x04 nonsense", "is damaged"),
        (b"\xd0\xcf\x11\xe0 old", "old workbook"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"first,last\nA,B\n", "first"),
    ):
        sent = await upload(site, content)
        said = (
            text_of(sent)
            if sent.status_code == 422
            else await site.read("employer", sent.headers["location"])
        )
        assert words in said, content


async def test_without_a_file_nothing_happens(own_site: Site) -> None:
    site = own_site
    refused = await site.send("employer", "/imports", {"organisation": str(site.shop.employer)})
    assert refused.status_code == 422
    assert "Choose a file first" in text_of(refused)


async def test_an_import_belongs_to_its_organisation(own_site: Site) -> None:
    path = (await upload(own_site, HEADING + GOOD)).headers["location"]
    for who in ("stranger", "registrar", "ada", "mentor"):
        assert (await own_site.get(who, path)).status_code in (403, 404), who
        assert (await own_site.get(who, f"{path}/progress")).status_code in (403, 404), who
        assert (await own_site.send(who, path, {"keep": "good"})).status_code in (403, 404), who
    assert "Nothing imported yet." in await own_site.read("stranger", "/imports")
