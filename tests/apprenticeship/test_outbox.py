"""The queue of record without any broker: leases, the cap, beginnings counted, answers kept for a key."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from apprenticeship.outbox import repo
from apprenticeship.outbox.model import Errand, Work
from apprenticeship.outbox.services import ATTEMPTS, IN_FLIGHT, LEASE, ask, hand_out, once, run
from apprenticeship.refusals import Invalid
from apprenticeship.store import transaction
from tests.apprenticeship.acting import acting, rows, value
from tests.web.shop import NOW, Shop

pytestmark = pytest.mark.usefixtures("shop")
AFTER = NOW + LEASE + timedelta(seconds=1)


class Hands:
    """Work that remembers what was asked of it, and fails when told to."""

    def __init__(self, *, fails: bool = False) -> None:
        self.done: list[int] = []
        self.given_up: list[int] = []
        self.fails = fails
        self.work = Work(do=self._do, give_up=self._give_up)

    async def _do(self, errand: Errand, _: object) -> None:
        if self.fails:
            raise ValueError("not today")
        self.done.append(errand.id)

    async def _give_up(self, errand: Errand, _: object) -> None:
        self.given_up.append(errand.id)


async def asked(count: int) -> None:
    async with transaction():
        for number in range(count):
            await ask("tally", str(number), {"number": number}, now=NOW)


async def test_asking_twice_is_asking_once() -> None:
    await asked(2)
    await asked(3)
    assert [errand.payload["number"] for errand in await hand_out(now=NOW)] == [0, 1, 2]


async def test_what_a_decision_asked_for_goes_with_the_decision() -> None:
    async def decide() -> None:
        async with transaction():
            await ask("tally", "1", {}, now=NOW)
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        await decide()
    assert await hand_out(now=NOW) == ()


async def test_no_more_are_in_flight_than_may_be() -> None:
    await asked(IN_FLIGHT + 5)
    first = await hand_out(now=NOW)
    assert len(first) == IN_FLIGHT
    assert await hand_out(now=NOW) == ()
    hands = Hands()
    for errand in first[:3]:
        await run(errand.id, hands.work, now=NOW)
    assert len(await hand_out(now=NOW)) == 3
    assert len(await hand_out(now=AFTER)) == IN_FLIGHT, "leases that ran out are handed out again"


async def test_several_relays_at_once_hand_each_errand_out_once() -> None:
    await asked(30)
    parts = await asyncio.gather(*(hand_out(now=NOW) for _ in range(6)))
    handed = [errand.id for part in parts for errand in part]
    assert len(handed) == len(set(handed)) == 30


async def test_an_errand_is_done_once_however_often_it_is_run() -> None:
    await asked(1)
    (errand,) = await hand_out(now=NOW)
    hands = Hands()
    outcomes = await asyncio.gather(*(run(errand.id, hands.work, now=NOW) for _ in range(8)))
    assert sorted(outcomes) == [False] * 7 + [True]
    assert hands.done == [errand.id]
    assert not await run(errand.id, hands.work, now=NOW)
    assert not await run(10**9, hands.work, now=NOW)


async def test_an_errand_that_is_being_worked_on_is_not_handed_out_when_its_lease_ends() -> None:
    await asked(1)
    (errand,) = await hand_out(now=NOW)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_errand: Errand, _now: object) -> None:
        begun.set()
        await go_on.wait()

    running = asyncio.create_task(run(errand.id, Work(do=slow, give_up=slow), now=NOW))
    await begun.wait()
    assert await hand_out(now=AFTER) == ()
    assert not await run(errand.id, Hands().work, now=AFTER)
    go_on.set()
    assert await running
    assert await value("SELECT attempts FROM outbox") == 1


async def test_what_fails_is_counted_and_given_up_after_the_last_try() -> None:
    await asked(1)
    (errand,) = await hand_out(now=NOW)
    hands = Hands(fails=True)
    for _ in range(ATTEMPTS):
        with pytest.raises(ValueError, match="not today"):
            await run(errand.id, hands.work, now=NOW)
        assert hands.given_up == []
    assert await run(errand.id, hands.work, now=NOW)
    assert hands.given_up == [errand.id]
    (row,) = await rows("SELECT state, attempts, last_error, finished_at FROM outbox")
    assert tuple(row) == ("dead", ATTEMPTS + 1, "ValueError: not today", NOW)
    assert await hand_out(now=AFTER) == ()


async def test_work_that_takes_too_long_is_cancelled_in_order_and_leaves_its_reason() -> None:
    await asked(1)
    (errand,) = await hand_out(now=NOW)

    async def endless(_errand: Errand, _now: object) -> None:
        await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await run(errand.id, Work(do=endless, give_up=endless), now=NOW)
    (row,) = await rows("SELECT state, attempts, last_error FROM outbox")
    assert tuple(row) == ("leased", 1, "CancelledError: ")
    assert await run(errand.id, Hands().work, now=NOW)


async def test_old_open_errands_are_counted() -> None:
    await asked(2)
    (first, _) = await hand_out(now=NOW)
    assert await repo.unfinished_since(AFTER) == 2
    assert await repo.unfinished_since(NOW) == 0
    await run(first.id, Hands().work, now=NOW)
    assert await repo.unfinished_since(AFTER) == 1


async def test_a_command_is_carried_out_once_for_a_key(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    carried = []

    async def work() -> Any:
        carried.append(1)
        await asyncio.sleep(0.01)
        return {"entry": len(carried)}

    answers = await asyncio.gather(*(once(ada, "k1", {"hours": 8}, work, now=NOW) for _ in range(6)))
    assert [answer for answer, _ in answers] == [{"entry": 1}] * 6
    assert sorted(again for _, again in answers) == [False] + [True] * 5
    assert await once(ada, "k2", {"hours": 8}, work, now=NOW) == ({"entry": 2}, False)
    ben = await acting(shop, "ben")
    assert await once(ben, "k1", {"hours": 8}, work, now=NOW) == ({"entry": 3}, False)


async def test_an_answer_is_given_again_to_the_byte(shop: Shop) -> None:
    ada = await acting(shop, "ada")

    async def work() -> Any:
        return {"verdict": "sign_off", "id": 1, "hours": 7.50, "in": None, "rows": [{"note": "é", "b": 1}]}

    answers = [json.dumps((await once(ada, "k1", {}, work, now=NOW))[0]) for _ in range(3)]
    assert len(set(answers)) == 1
    assert json.loads(answers[0]) == await work()


async def test_a_key_is_for_one_command(shop: Shop) -> None:
    ada = await acting(shop, "ada")

    async def work() -> Any:
        return "done"

    await once(ada, "k1", {"hours": 8}, work, now=NOW)
    for key, request, words in (
        ("k1", {"hours": 9}, "another request"),
        ("", {}, "not empty"),
        ("\0", {}, "no text"),
    ):
        with pytest.raises(Invalid, match=words) as refusal:
            await once(ada, key, request, work, now=NOW)
        assert refusal.value.where == "Idempotency-Key"


async def test_a_command_that_was_refused_may_be_tried_again_with_its_key(shop: Shop) -> None:
    ada = await acting(shop, "ada")

    async def refuse() -> Any:
        raise Invalid("Not like this.", where="hours")

    async def work() -> Any:
        return "done"

    with pytest.raises(Invalid, match="Not like this"):
        await once(ada, "k1", {}, refuse, now=NOW)
    assert await once(ada, "k1", {}, work, now=NOW) == ("done", False)
