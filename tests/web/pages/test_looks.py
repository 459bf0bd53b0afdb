"""Who looked: colleges that saw a record are shown to its owner, refused looks to administrators."""

from datetime import timedelta

import pytest

from apprenticeship.audit import repo as audit
from apprenticeship.audit.model import AuditEntry
from apprenticeship.audit.refused import REFUSED
from apprenticeship.store import transaction
from tests.web.pages.conftest import Site
from tests.web.shop import NOW

PAGES = ("", "/map", "/competencies/nims-machining-1/chucking", "/what-if", "/plan")


async def kept(site: Site, who: str = "ada") -> list[str]:
    return [entry.action for entry in await audit.about("person", [site.person(who)])]


async def test_a_registrar_who_opens_a_record_is_shown_to_the_apprentice_once(own_site: Site) -> None:
    assert "Nobody has looked yet" in await own_site.read("ada", "/credit/looks")
    for part in PAGES:
        await own_site.get("registrar", f"/apprentices/{own_site.person('ada')}{part}")
    assert await kept(own_site) == ["standing.read"]
    for path in ("/credit", "/credit/looks"):
        said = await own_site.read("ada", path)
        assert said.count("Lee Whitfield Lakeside College, saw your progress") == 1, path


async def test_the_list_of_apprentices_is_a_look_at_each_of_them(own_site: Site) -> None:
    assert "Ada Tran" in await own_site.read("registrar", "/apprentices")
    assert await kept(own_site) == ["standing.read"]
    assert await kept(own_site, "ben") == []


async def test_the_list_of_names_and_a_crew_without_wages_show_nothing_and_leave_nothing(
    own_site: Site,
) -> None:
    for path in ("/learners", "/crew", "/crew.csv", "/raises", "/raises/most"):
        await own_site.read("registrar", path)
    assert await kept(own_site) == []
    assert "Ada Tran" not in await own_site.read("registrar", "/crew")


async def test_credit_is_said_to_be_credit(own_site: Site) -> None:
    await own_site.read("registrar", f"/learners/{own_site.person('ada')}/credit")
    assert "saw your credit" in await own_site.read("ada", "/credit/looks")


async def test_those_who_train_or_employ_leave_nothing(own_site: Site) -> None:
    for who in ("mentor", "employer", "admin"):
        await own_site.read(who, f"/apprentices/{own_site.person('ada')}")
        await own_site.read(who, "/apprentices")
    assert await kept(own_site) == []


async def test_an_administrator_sees_who_was_refused_and_so_does_the_person(own_site: Site) -> None:
    assert "Nobody was refused" in await own_site.read("admin", "/refused-looks")
    for _ in range(2):
        found = await own_site.get("stranger", f"/apprentices/{own_site.person('ada')}")
        assert found.status_code == 404
    said = await own_site.read("admin", "/refused-looks")
    assert said.count("Uma Stone Ada Tran Progress") == 1
    assert "asked to see your progress and was refused" in await own_site.read("ada", "/credit/looks")
    assert "Uma Stone" not in await own_site.read("agency", "/refused-looks"), "not their people"


@pytest.mark.parametrize("part", ["-1", "0", "1", "2", "3", "999999999999999999"])
async def test_refused_looks_come_in_parts(own_site: Site, part: str) -> None:
    async with transaction():
        for number in range(60):
            await audit.add(
                AuditEntry(
                    at=NOW + timedelta(days=number),
                    actor=own_site.shop.people["stranger"],
                    action=REFUSED,
                    subject_kind="person",
                    subject=own_site.person("ada"),
                    detail={"asked": "record.read" if number else "something.older"},
                )
            )
    said = await own_site.read("admin", f"/refused-looks?part={part}")
    assert "60 in all" in said
    assert said.count("Uma Stone Ada Tran") == (50 if part in {"-1", "0", "1"} else 10)


async def test_what_is_no_number_is_refused_in_words(own_site: Site) -> None:
    for who, path in (("admin", "/refused-looks"), ("ada", "/credit/looks")):
        assert (await own_site.get(who, f"{path}?part=x")).status_code in {200, 400, 422}
