"""A roster check as pages: asked for, watched, read, sent as files."""

import io

import pytest
from openpyxl import load_workbook

from tests.apprenticeship.cohort.running import do_errands
from tests.web.pages.conftest import Site, text_of
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio


async def begun(site: Site) -> str:
    college = str(site.shop.college)
    sent = await site.send("registrar", "/roster-checks", {"college": college, "whose": "all"})
    assert sent.status_code == 303, text_of(sent)
    return str(sent.headers["location"])


async def test_a_check_is_asked_for_watched_and_read(own_site: Site) -> None:
    site = own_site
    assert 'href="/roster-checks"' in (await site.get("registrar", "/learners")).text
    address = await begun(site)
    running = await site.get("registrar", address)
    assert "no of one learner worked out" in text_of(running).lower() or "0 of one learner" in text_of(
        running
    )
    assert f'data-progress="/roster-checks/progress?check_id={address.rpartition("/")[2]}"' in running.text
    assert '<meta http-equiv="refresh"' in running.text
    for ending in ("csv", "xlsx"):
        assert (await site.get("registrar", f"{address}/{ending}")).status_code == 404
    assert await do_errands(NOW) == 1
    said = await site.read("registrar", address)
    assert "Ada Tran" in said
    assert "semester, AAS Manufacturing Technology" in said
    listed = await site.read("registrar", "/roster-checks")
    assert "One learner, as of 21 November 2026" in listed
    for who in ("employer", "mentor", "ada"):
        assert (await site.get(who, address)).status_code in (403, 404)


async def test_the_files_are_the_same_each_time_and_of_a_check_that_is_made_again(own_site: Site) -> None:
    site = own_site
    files = []
    for _ in range(2):
        address = await begun(site)
        await do_errands(NOW)
        files.append(
            [(await site.get("registrar", f"{address}/{ending}")).content for ending in ("csv", "xlsx")]
        )
        assert files[0] == [
            (await site.get("registrar", f"{address}/{ending}")).content for ending in ("csv", "xlsx")
        ]
    assert files[0] == files[1]
    text, book = files[0]
    assert text.decode("utf-8-sig").splitlines()[1].startswith("2026-11-21,,Ada Tran,")
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:3] == ["2026-11-21", None, "Ada Tran"]
    sent = await site.get("registrar", f"{address}/csv")
    assert sent.headers["content-disposition"] == 'attachment; filename="credit-2026-11-21.csv"'


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"whose": "list"}, "Choose a file first, CSV or XLSX."),
        ({"whose": "all", "college": "00000000-0000-4000-8000-000000000000"}, "404"),
        ({"whose": "all", "college": "lakeside"}, "404"),
    ],
)
async def test_what_cannot_be_checked_is_said(site: Site, fields: dict[str, str], says: str) -> None:
    refused = await site.send("registrar", "/roster-checks", {"college": str(site.shop.college), **fields})
    assert says in (text_of(refused) if refused.status_code == 422 else str(refused.status_code))
