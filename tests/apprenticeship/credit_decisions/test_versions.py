"""An agreement answers in the version that is in force on the day that is asked about, half-open."""

import json
from datetime import date, timedelta
from typing import Any

from apprenticeship.credit.services import credit_of
from apprenticeship.publishing import publish
from standards.reading import read_data
from standards.storage import repo as standards
from tests.apprenticeship.acting import LATER, acting
from tests.web.shop import NOW, Shop

KEY = "lakeside-mfgt"
BEGINS = NOW.date() + timedelta(days=10)
ENDS = BEGINS + timedelta(days=100)


async def publish_second(shop: Shop) -> None:
    """Publish a version of another size that is in force for a hundred days, beside the one without end."""
    (first,) = await standards.newest("agreement", [KEY])
    raw: dict[str, Any] = json.loads(first.canonical)
    raw["agreement"] |= {"version": "2", "effective": {"from": BEGINS.isoformat(), "until": ENDS.isoformat()}}
    raw["agreement"]["program"]["credits"] = 72
    admin = await acting(shop, "admin")
    await publish(admin, shop.employer, read_data("second.json", raw), now=LATER)


async def answered(shop: Shop, day: date) -> tuple[str, int | None]:
    ada = await acting(shop, "ada")
    found = await credit_of(ada, ada.person, now=LATER, as_of=day)
    (one,) = [one.answer for one in found.colleges if one.standard.key == KEY]
    return one.version, one.remaining.program


async def test_the_version_of_the_day_answers(shop: Shop) -> None:
    first = await answered(shop, NOW.date())
    await publish_second(shop)
    assert await answered(shop, NOW.date()) == first
    assert await answered(shop, BEGINS - timedelta(days=1)) == first
    assert await answered(shop, BEGINS) == ("2", 7_200)
    assert await answered(shop, ENDS - timedelta(days=1)) == ("2", 7_200)
    assert await answered(shop, ENDS) == first


async def test_where_none_is_in_force_the_latest_says_so(shop: Shop) -> None:
    await publish_second(shop)
    ada = await acting(shop, "ada")
    found = await credit_of(ada, ada.person, now=LATER, as_of=date(2001, 1, 1))
    (one,) = [one.answer for one in found.colleges if one.standard.key == KEY]
    assert (one.version, one.in_force, one.credits) == ("2", False, 0)
