"""Credit that was worked out before is given again only while nothing it rests on has changed."""

from datetime import timedelta

from apprenticeship.credit import cases, services
from apprenticeship.credit.change import CreditChange
from apprenticeship.credit.services import LearnerCredit, credit_changes, credit_of
from graph.actions import Earn
from graph.supposing import Earned, Supposition
from tests.apprenticeship.acting import acting, rows
from tests.apprenticeship.test_kept_standings import CHANGES
from tests.web.shop import NOW, Shop

NOWHERE = Supposition()
MORE = Supposition((Earned(Earn("credential", "nims-machining-1:mil1")),))


async def credit(shop: Shop) -> LearnerCredit:
    return await credit_of(await acting(shop, "ada"), shop.people["ada"], now=NOW)


async def supposed(shop: Shop, supposition: Supposition) -> tuple[CreditChange, ...]:
    ada = await acting(shop, "ada")
    return await credit_changes(ada, ada.person, supposition, now=NOW, as_of=NOW.date())


def forget() -> None:
    for shelves in (cases.CASES, services.ANSWERS, services.CHANGES):
        shelves.clear()


async def test_whatever_changes_is_seen_at_once(shop: Shop) -> None:
    before, then = await credit(shop), await supposed(shop, MORE)
    assert (await credit(shop)).colleges is before.colleges, "nothing has changed"
    assert await supposed(shop, MORE) is then, "nothing has changed"
    for name, change in CHANGES.items():
        await change(shop)
        after, then = await credit(shop), await supposed(shop, MORE)
        assert name == "a raise given" or after.colleges is not before.colleges, name
        forget()
        assert await credit(shop) == after, name
        assert await supposed(shop, MORE) == then, name
        before = after


async def test_the_day_the_supposition_and_the_names_of_colleges_tell_answers_apart(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    today = await credit(shop)
    year = await credit_of(ada, ada.person, now=NOW, as_of=NOW.date() - timedelta(days=365))
    assert year.as_of != today.as_of
    assert len(year.evidence) == len(today.evidence)
    assert any(change.gained for change in await supposed(shop, MORE))
    assert not any(change.gained for change in await supposed(shop, NOWHERE))
    await rows("UPDATE organisation SET name = 'Lakeside' WHERE name = $1", "Lakeside College")
    named = {one.organisation.name for one in (await credit(shop)).colleges if one.organisation}
    assert "Lakeside" in named
