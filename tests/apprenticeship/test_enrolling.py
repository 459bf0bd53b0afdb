"""Publishing and enrolling: versions that never change, and people who stay on theirs."""

import asyncio
from datetime import date, timedelta

import asyncpg
import pytest

from apprenticeship.enrolments.services import enrol
from apprenticeship.publishing import newest_agreements, newest_programs, publish, publish_catalog
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.services import standing_of
from standards.catalog import load_catalog
from standards.reading import Document, read_text
from tests.apprenticeship.acting import LATER, acting, rows, value
from tests.web.shop import BEGAN, NOW, Shop

SHOP_FLOOR = """
journeymark: 1
framework: {id: shop-floor, title: Shop floor, version: "1"}
competencies:
  - {id: sweeping, title: %s}
"""
PROGRAM = """
journeymark: 1
program:
  id: sweeper
  title: %s
  approach: competency
  uses: [shop-floor]
  completion: {competency: shop-floor:sweeping}
"""
AGAIN = date(2026, 2, 2)


def document(text: str, *words: str) -> Document:
    (found,) = read_text("test.yaml", text % words)
    return found


async def test_the_same_content_is_the_same_version_for_everybody(shop: Shop) -> None:
    admin = await acting(shop, "admin")
    first = await publish(admin, shop.employer, document(SHOP_FLOOR, "Sweeping"), now=NOW)
    again = await publish(admin, shop.employer, document(SHOP_FLOOR, "Sweeping"), now=LATER)
    assert again == first
    assert (first.key, first.version, first.published_at) == ("shop-floor", "1", NOW)
    with pytest.raises(Invalid, match="other content; give it a new version") as refusal:
        await publish(admin, shop.employer, document(SHOP_FLOOR, "Mopping"), now=LATER)
    assert refusal.value.where == "version"
    audit = "SELECT count(*) FROM audit_entry WHERE action = 'standards.publish' AND subject = $1"
    assert await value(audit, str(first.id)) == 1


async def test_publishing_at_once_makes_one_version(shop: Shop) -> None:
    admin = await acting(shop, "admin")
    found = await asyncio.gather(
        *(publish(admin, shop.employer, document(SHOP_FLOOR, "Sweeping"), now=NOW) for _ in range(8))
    )
    assert len({one.id for one in found}) == 1


async def test_what_names_no_version_is_named_by_its_content(shop: Shop) -> None:
    admin = await acting(shop, "admin")
    await publish(admin, shop.employer, document(SHOP_FLOOR, "Sweeping"), now=NOW)
    first = await publish(admin, shop.employer, document(PROGRAM, "Sweeper"), now=NOW)
    second = await publish(admin, shop.employer, document(PROGRAM, "Senior sweeper"), now=LATER)
    assert first.version == first.sha256[:12] != second.version
    (newest,) = await newest_programs(["sweeper"])
    assert newest == second


async def test_a_program_that_names_its_version_keeps_to_it(shop: Shop) -> None:
    admin = await acting(shop, "admin")
    await publish(admin, shop.employer, document(SHOP_FLOOR, "Sweeping"), now=NOW)
    named = PROGRAM.replace("id: sweeper", "id: sweeper\n  version: '2026'", 1)
    first = await publish(admin, shop.employer, document(named, "Sweeper"), now=NOW)
    assert first.version == "2026"
    with pytest.raises(Invalid, match="sweeper 2026 is published with other content"):
        await publish(admin, shop.employer, document(named, "Senior sweeper"), now=LATER)


async def test_only_administrators_publish_and_only_what_is_a_standard(shop: Shop) -> None:
    for name in ("ada", "mentor", "employer", "registrar", "stranger"):
        with pytest.raises(Missing):
            await publish(await acting(shop, name), shop.employer, document(SHOP_FLOOR, "Mine"), now=NOW)
    record = "journeymark: 1\nrecord: {person: {id: p1, name: %s}}\n"
    with pytest.raises(Invalid, match="not published"):
        await publish(await acting(shop, "admin"), shop.employer, document(record, "Ada"), now=NOW)


@pytest.mark.usefixtures("shop")
async def test_the_catalog_is_published_whole_and_once() -> None:
    before = await value("SELECT count(*) FROM published_standard")
    again = await publish_catalog(now=LATER)
    assert len(again) == before == len(load_catalog())
    assert await value("SELECT count(*) FROM published_standard") == before
    assert len(await newest_agreements()) >= 6


async def test_an_enrolment_stays_on_the_version_it_was_made_with(shop: Shop) -> None:
    admin, ada = await acting(shop, "admin"), shop.people["ada"]
    await publish(admin, shop.employer, document(SHOP_FLOOR, "Sweeping"), now=NOW)
    await publish(admin, shop.employer, document(PROGRAM, "Sweeper"), now=NOW)
    first = await enrol(admin, ada, sponsor=shop.employer, program="sweeper", registered=BEGAN, now=NOW)
    await publish(admin, shop.employer, document(PROGRAM, "Senior sweeper"), now=LATER)
    second = await enrol(admin, ada, sponsor=shop.employer, program="sweeper", registered=AGAIN, now=LATER)
    titles = []
    for day in (BEGAN, AGAIN):
        standing = await standing_of(admin, ada, as_of=day, now=LATER, program="sweeper")
        assert standing is not None
        titles.append(standing.program.title)
    assert titles == ["Sweeper", "Senior sweeper"]
    assert first.program != second.program
    assert first.frameworks == second.frameworks
    assert len(first.frameworks) == 1


ANOTHER_KEY = """
INSERT INTO enrolment SELECT gen_random_uuid(), person, sponsor, program, 'another', registered, NULL, now()
FROM enrolment LIMIT 1
"""
ANOTHER_PROGRAM = """
UPDATE enrolment SET program = (SELECT id FROM published_standard WHERE key = 'cnc-machinist-hybrid')
"""


@pytest.mark.usefixtures("shop")
async def test_the_database_holds_enrolments_to_their_versions() -> None:
    for sql in (
        ANOTHER_PROGRAM,
        ANOTHER_KEY,
        "UPDATE enrolment SET registered = registered - 30",
        "DELETE FROM enrolment_framework",
        "UPDATE enrolment_framework SET standard = standard",
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await rows(sql)


@pytest.mark.usefixtures("shop")
async def test_an_enrolment_ends_once() -> None:
    await rows("UPDATE enrolment SET ended = $1", AGAIN)
    with pytest.raises(asyncpg.RestrictViolationError, match="only ended is written later, and once"):
        await rows("UPDATE enrolment SET ended = $1", AGAIN + timedelta(days=1))


async def test_enrolling_at_once_makes_one_enrolment(shop: Shop) -> None:
    admin, ada = await acting(shop, "admin"), shop.people["ada"]
    outcomes = await asyncio.gather(
        *(
            enrol(admin, ada, sponsor=shop.employer, program="machinist", registered=AGAIN, now=NOW)
            for _ in range(8)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, AlreadyDecided) for one in outcomes) == 7


async def test_who_enrols_whom_in_what_and_for_whom(shop: Shop) -> None:
    admin, ada = await acting(shop, "admin"), shop.people["ada"]
    for program in ("welder", "\0", "w" * 500):
        with pytest.raises(Invalid) as refusal:
            await enrol(admin, ada, sponsor=shop.employer, program=program, registered=AGAIN, now=NOW)
        assert refusal.value.where == "program"
    for day in (date.min, date(1949, 12, 31), date(2028, 1, 1), date.max):
        with pytest.raises(Invalid) as refusal:
            await enrol(admin, ada, sponsor=shop.employer, program="machinist", registered=day, now=NOW)
        assert refusal.value.where == "registered"
    for sponsor in (shop.other_employer, shop.college):
        with pytest.raises(Missing):
            await enrol(admin, ada, sponsor=sponsor, program="machinist", registered=AGAIN, now=NOW)
    for name in ("ada", "mentor", "registrar", "stranger"):
        actor = await acting(shop, name)
        with pytest.raises(Missing):
            await enrol(actor, ada, sponsor=shop.employer, program="machinist", registered=AGAIN, now=NOW)
