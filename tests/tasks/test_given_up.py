"""Errands that were given up: seen by administrators without a name in them, and tried again once."""

import asyncio
import json

import pytest

from apprenticeship.outbox.model import Errand, Work
from apprenticeship.outbox.services import ATTEMPTS, ask, hand_out, run
from apprenticeship.proposals import asking
from apprenticeship.refusals import AlreadyDecided, Forbidden, Missing
from apprenticeship.roster import services as roster
from apprenticeship.store import transaction
from tasks.given_up import PURPOSES, RETRY, given_up, purpose_of, retry
from tasks.jobs import TOPICS
from tests.apprenticeship.acting import acting, rows, value
from tests.web.shop import NAMES, NOW, Shop

ADMINISTRATORS = {"admin", "agency"}
BEGUN = ATTEMPTS + 1
SECRET = "Ada Tran earns 19.84"


async def fail(_errand: Errand, _now: object) -> None:
    raise ValueError(SECRET)


async def let_go(_errand: Errand, _now: object) -> None:
    return


async def give_one_up(shop: Shop, topic: str = asking.LOOK) -> int:
    """Fail an errand about somebody until it is given up."""
    async with transaction():
        await ask(topic, f"about {shop.people['ada']}", {"people": [str(shop.people["ada"])]}, now=NOW)
    (errand,) = await hand_out(now=NOW)
    for _ in range(ATTEMPTS):
        with pytest.raises(ValueError, match="Ada"):
            await run(errand.id, Work(do=fail, give_up=let_go), now=NOW)
    assert await run(errand.id, Work(do=fail, give_up=let_go), now=NOW)
    return errand.id


def test_every_topic_has_a_purpose_in_words() -> None:
    assert PURPOSES.keys() == TOPICS.keys()
    assert all(purpose.words and not purpose.words.endswith(".") for purpose in PURPOSES.values())


async def test_an_administrator_sees_why_and_how_often_but_nobody_in_it(shop: Shop) -> None:
    number = await give_one_up(shop)
    for who in NAMES:
        actor = await acting(shop, who)
        if who not in ADMINISTRATORS:
            with pytest.raises(Forbidden, match="administrators"):
                await given_up(actor, now=NOW)
            continue
        (found,) = await given_up(actor, now=NOW)
        assert (found.id, found.attempts, found.reason) == (number, BEGUN, "ValueError")
        assert (found.asked_at, found.given_up_at) == (NOW, NOW)
        assert purpose_of(found).words == "See whether wage steps are reached"
        shown = repr(found)
        assert "Ada" not in shown
        assert str(shop.people["ada"]) not in shown


async def test_one_that_is_tried_again_has_all_its_attempts_and_a_row_in_the_trail(shop: Shop) -> None:
    number = await give_one_up(shop)
    assert await hand_out(now=NOW) == ()
    admin = await acting(shop, "admin")
    await retry(admin, number, attempts=BEGUN, now=NOW)
    assert await given_up(admin, now=NOW) == ()
    (trail,) = await rows("SELECT actor, subject, detail FROM audit_entry WHERE action = $1", RETRY)
    assert (trail["actor"], trail["subject"]) == (shop.people["admin"], str(number))
    assert json.loads(trail["detail"]) == {"topic": asking.LOOK, "attempts": BEGUN}
    (errand,) = await hand_out(now=NOW)
    assert (errand.id, errand.attempts) == (number, 0)
    assert await run(errand.id, TOPICS[asking.LOOK], now=NOW)
    assert await value("SELECT state FROM outbox WHERE id = $1", number) == "done"


async def test_one_that_fails_again_comes_back_and_may_be_tried_once_more(shop: Shop) -> None:
    number = await give_one_up(shop)
    admin = await acting(shop, "admin")
    await retry(admin, number, attempts=BEGUN, now=NOW)
    for _ in range(ATTEMPTS):
        with pytest.raises(ValueError, match="Ada"):
            await run(number, Work(do=fail, give_up=let_go), now=NOW)
    await run(number, Work(do=fail, give_up=let_go), now=NOW)
    assert [one.id for one in await given_up(admin, now=NOW)] == [number]
    await retry(admin, number, attempts=BEGUN, now=NOW)
    assert await value("SELECT count(*) FROM audit_entry WHERE action = $1", RETRY) == 2


async def test_many_who_try_one_again_at_once_do_it_once(shop: Shop) -> None:
    number = await give_one_up(shop)
    actors = [await acting(shop, who) for who in ("admin", "agency")] * 4
    tried = await asyncio.gather(
        *(retry(one, number, attempts=BEGUN, now=NOW) for one in actors), return_exceptions=True
    )
    refused = [one for one in tried if isinstance(one, AlreadyDecided | Missing)]
    assert len(refused) == len(actors) - 1
    assert await value("SELECT count(*) FROM audit_entry WHERE action = $1", RETRY) == 1


async def test_who_saw_another_number_of_attempts_is_told(shop: Shop) -> None:
    number = await give_one_up(shop)
    with pytest.raises(AlreadyDecided, match="already"):
        await retry(await acting(shop, "admin"), number, attempts=BEGUN - 1, now=NOW)
    assert await value("SELECT state FROM outbox WHERE id = $1", number) == "dead"


async def test_what_was_ended_by_giving_up_says_what_to_do_instead(shop: Shop) -> None:
    number = await give_one_up(shop, roster.TOPIC)
    with pytest.raises(AlreadyDecided, match="Import the file again"):
        await retry(await acting(shop, "admin"), number, attempts=BEGUN, now=NOW)
    assert await value("SELECT state FROM outbox WHERE id = $1", number) == "dead"


async def test_what_was_not_given_up_is_not_tried_again(shop: Shop) -> None:
    async with transaction():
        await ask(asking.LOOK, "open", {"people": []}, now=NOW)
    (errand,) = await hand_out(now=NOW)
    admin = await acting(shop, "admin")
    for number in (errand.id, 10**9, 2**70):
        with pytest.raises(Missing):
            await retry(admin, number, attempts=BEGUN, now=NOW)
    for who in set(NAMES) - ADMINISTRATORS:
        with pytest.raises(Forbidden):
            await retry(await acting(shop, who), errand.id, attempts=BEGUN, now=NOW)
