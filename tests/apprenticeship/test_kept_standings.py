"""Standings that were worked out before are given again only while nothing they rest on has changed."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from apprenticeship.enrolments.services import enrol
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact
from apprenticeship.evidence.services import append, correct, hand_in
from apprenticeship.signoff.model import Verdict
from apprenticeship.signoff.services import send_back, sign_off, submit
from apprenticeship.standing.kept import STANDINGS
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction
from tests.apprenticeship.acting import LATER, acting, award, competency, rows, value, waiting
from tests.web.shop import BEGAN, NOW, Shop

Change = Callable[[Shop], Awaitable[object]]
TODAY = NOW.date()


async def standing(shop: Shop) -> Standing:
    (found,) = await standings_of([shop.people["ada"]], as_of=TODAY)
    return found


def content(of: Standing) -> tuple[object, ...]:
    states = {key: answer.state for key, answer in of.evaluation.competencies.items()}
    return (of.person, of.enrolment, of.enrolments, of.evidence, of.awarded, of.standards_sha256, states)


async def sign(shop: Shop) -> None:
    row = await waiting(shop, "ada")
    await sign_off(await acting(shop, "mentor"), [Verdict(row=row.id)], note=None, now=NOW)


async def send(shop: Shop) -> None:
    row = await waiting(shop, "ada")
    await send_back(await acting(shop, "mentor"), [row.id], reason="Once more.", now=NOW)
    await submit(await acting(shop, "ada"), [row.entry], now=NOW)


async def hand(shop: Shop) -> None:
    await hand_in(await acting(shop, "ada"), competency("nims-machining-1:layout"), note="Words.", now=NOW)


async def mend(shop: Shop) -> None:
    row = await waiting(shop, "ada")
    await correct(await acting(shop, "ada"), row.entry, competency(), note=None, now=LATER)


async def revoke(shop: Shop) -> None:
    ada = shop.people["ada"]
    first = await value("SELECT min(id) FROM evidence WHERE person = $1", ada)
    fact = Fact(kind=EvidenceKind.REVOCATION, happened_on=BEGAN, revokes=first)
    by = shop.people["employer"]
    async with transaction():
        await append([Addition(person=ada, fact=fact, status=None, recorded=NOW, recorded_by=by)])


async def give(shop: Shop) -> None:
    step = (await standing(shop)).program.steps[0].key
    boss = await acting(shop, "employer")
    await award(boss, shop.people["ada"], program="machinist", step=step, effective_on=TODAY, now=NOW)


async def enrol_again(shop: Shop) -> None:
    boss, again = await acting(shop, "admin"), BEGAN + timedelta(days=400)
    await enrol(
        boss, shop.people["ada"], sponsor=shop.employer, program="machinist", registered=again, now=NOW
    )


def sql(text: str) -> Change:
    return lambda shop: rows(text, shop.people["ada"])


ADAS = "SELECT id FROM enrolment WHERE person = $1"
CHANGES: dict[str, Change] = {
    "sent back and sent again": send,
    "signed off": sign,
    "handed in": hand,
    "corrected": mend,
    "revoked": revoke,
    "a raise given": give,
    "enrolled again": enrol_again,
    "enrolment ended": sql("UPDATE enrolment SET ended = '2026-06-30' WHERE person = $1"),
    "suspended": sql(
        f"INSERT INTO suspension (enrolment, since) SELECT id, '2026-07-01' FROM ({ADAS}) AS own"  # noqa: S608 - constants
    ),
    "renamed": sql("UPDATE person SET name = 'Ada Tran-Novak' WHERE id = $1"),
}


async def test_whatever_changes_is_seen_at_once(shop: Shop) -> None:
    before = await standing(shop)
    assert await standing(shop) is before, "nothing has changed"
    for name, change in CHANGES.items():
        await change(shop)
        after = await standing(shop)
        assert content(after) != content(before), name
        STANDINGS.clear()
        assert content(await standing(shop)) == content(after), name
        before = after
    await rows("DELETE FROM evidence_note")
    assert not any(row.note for row in (await standing(shop)).evidence), "erased words are not kept"


async def test_what_was_rolled_back_is_not_kept(shop: Shop) -> None:
    before = await standing(shop)

    async def try_and_fail() -> None:
        async with transaction():
            await sign(shop)
            assert content(await standing(shop)) != content(before)
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        await try_and_fail()
    assert content(await standing(shop)) == content(before)
    await hand(shop)
    after = await standing(shop)
    assert len(after.evidence) == len(before.evidence) + 1


async def test_what_is_kept_has_a_limit(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(STANDINGS, "most", 100)
    everybody = [shop.people[name] for name in ("ada", "ben", "cho")]
    for days in range(30):
        await standings_of(everybody, as_of=TODAY - timedelta(days=days))
    shelf = STANDINGS.shelf
    assert 0 < shelf.weight <= 100
    assert shelf.weight == sum(STANDINGS.weight(one) for one in shelf.values())
