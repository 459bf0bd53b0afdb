"""The registrar's agreements: versions and states, and what a draft would change; nothing is stored."""

import json
from typing import Any

from standards.storage import repo as standards
from tests.apprenticeship.acting import rows
from tests.web.pages.conftest import Site


async def draft(**head: Any) -> dict[str, Any]:
    (newest,) = await standards.newest("agreement", ["lakeside-mfgt"])
    raw: dict[str, Any] = json.loads(newest.canonical)
    raw["agreement"] |= {"version": "2", **head}
    return raw


async def test_versions_and_what_a_draft_would_change(own_site: Site) -> None:
    said = await own_site.read("registrar", "/agreements")
    assert "AAS Manufacturing Technology" in said or "Lakeside" in said
    assert "in force" in said
    raw = await draft()
    raw["awards"] = [one for one in raw["awards"] if one["course"] != "MFG 101"]
    page = await own_site.send("registrar", "/agreements/draft", {"draft": json.dumps(raw)})
    assert page.status_code == 200, page.text
    assert "Ada Tran" in page.text
    assert "MFG 101" in page.text.partition("Learners for whom something changes")[2].partition("</table>")[0]
    assert (await rows("SELECT count(*) FROM published_standard WHERE key = 'lakeside-mfgt'"))[0][0] == 1
    assert "Lee Whitfield" in await own_site.read("ada", "/credit"), "the look is kept"


async def test_a_draft_that_changes_nothing_says_so(own_site: Site) -> None:
    page = await own_site.send("registrar", "/agreements/draft", {"draft": json.dumps(await draft())})
    assert "Nothing changes for anybody." in page.text


async def test_what_is_no_draft_of_ones_own_college_is_refused_in_words(own_site: Site) -> None:
    for text, says in (
        ("", "Paste the draft, or choose its file."),
        ("a: [", "draft.yaml:"),
        (json.dumps(await draft(college_id="riverbend")), "is one of yours: lakeside"),
        ("journeymark: 1\nrecord: {person: x}\n", "draft"),
    ):
        page = await own_site.send("registrar", "/agreements/draft", {"draft": text})
        assert page.status_code == 422, text
        assert says in page.text, text
    raw = await draft()
    raw["awards"][0]["when"] = {"credential": "nowhere"}
    page = await own_site.send("registrar", "/agreements/draft", {"draft": json.dumps(raw)})
    assert page.status_code == 422
    assert "nowhere" in page.text
