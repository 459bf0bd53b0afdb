"""A registrar hands a draft in, moves it on and ends a version; an apprentice's credit page shows it."""

from pathlib import Path

import standards
from standards.storage import repo as published
from tests.web.pages.conftest import Site

TEXT = (Path(standards.__file__).parent / "catalog" / "agreement-lakeside-sample.yaml").read_text()
NEXT = TEXT.replace("  college_id: lakeside\n", '  college_id: lakeside\n  version: "2027"\n').replace(
    "title: Shop safety and measurement, credits: 2", "title: Shop safety and measurement, credits: 3"
)


async def handed_in(site: Site) -> str:
    sent = await site.send("registrar", "/agreements/drafts", {"draft": NEXT.replace("\n", "\r\n")})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


async def test_from_the_draft_to_the_credit_page_and_the_end(own_site: Site) -> None:
    assert "No draft has been handed in" in await own_site.read("registrar", "/agreements")
    path = await handed_in(own_site)
    assert "version 2027 Draft" in await own_site.read("registrar", "/agreements")
    steps = (
        {"kind": "review", "turn": "0"},
        {"kind": "approve", "turn": "1", "approver": "Dr. Ames, chair", "approved_on": "2026-11-20"},
        {"kind": "put_in_force", "turn": "2"},
    )
    for step in steps:
        assert (await own_site.send("registrar", path, step)).status_code == 303
    said = await own_site.read("registrar", path)
    assert "approved by Dr. Ames, chair on 20 November 2026" in said
    assert "in force" in said
    assert "Sent to review Lee Whitfield" in said
    approval = "approved by Dr. Ames, chair on 20 November 2026"
    assert approval in await own_site.read("registrar", "/agreements")
    version = await published.find("agreement", "lakeside-mfgt", "2027")
    assert version is not None
    assert "Lakeside College (sample)" in await own_site.read("ada", "/credit")
    ending = f"/agreements/versions/{version.id}/end"
    wrong = await own_site.send("registrar", ending, {"until": "2026-12-01", "why": ""})
    assert wrong.status_code == 422
    assert "Say why it ends." in wrong.text
    ended = await own_site.send("registrar", ending, {"until": "2026-12-01", "why": "Over."})
    assert ended.headers["location"] == "/agreements?done=ended"
    assert "until 1 December 2026" in await own_site.read("registrar", "/agreements?done=ended")
    public = await own_site.read(None, "/colleges/lakeside/agreements")
    assert "Manufacturing Technology" in public


async def test_who_saw_less_is_told_who_was_first(own_site: Site) -> None:
    path = await handed_in(own_site)
    assert (await own_site.send("registrar", path, {"kind": "review", "turn": "0"})).status_code == 303
    late = await own_site.send("registrar", path, {"kind": "withdraw", "turn": "0", "why": "x"})
    assert late.status_code == 422
    assert "Lee Whitfield was first: the draft was sent to review on 21 November 2026." in late.text


async def test_nothing_typed_is_an_error_of_ours(own_site: Site) -> None:
    path = await handed_in(own_site)
    for form in (
        {"kind": "burn", "turn": "0"},
        {"kind": "review"},
        {"kind": "review", "turn": "x"},
        {"kind": "approve", "turn": "0", "approved_on": "soon"},
        {"kind": "return", "turn": "0", "why": "x" * 2000},
    ):
        assert (await own_site.send("registrar", path, form)).status_code == 422, form
    for text in ("", "]", "journeymark: 1", TEXT):
        sent = await own_site.send("registrar", "/agreements/drafts", {"draft": text})
        assert sent.status_code == 422, text
    for wrong in ("0", "99", str(2**70)):
        assert (await own_site.get("registrar", f"/agreements/drafts/{wrong}")).status_code == 404
    for who in ("ada", "employer", "admin"):
        assert (await own_site.get(who, path)).status_code in {403, 404}
