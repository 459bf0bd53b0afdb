"""What if, of a crew: nothing asked changes nothing, more never comes later, and whoever is named is one's own."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.forecasts.differing import Crew, CrewDifference
from apprenticeship.forecasts.questions import CrewQuestion
from apprenticeship.forecasts.supposing import who_gains
from apprenticeship.forecasts.what_if import crew_what_if, crews_of, wages_of
from apprenticeship.refusals import Invalid, Missing
from graph.actions import Earn
from tests.apprenticeship.acting import acting
from tests.web.shop import NOW, Shop

TODAY = NOW.date()
SOON = TODAY + timedelta(days=40)
DRILL = Earn("credential", "nims-machining-1:drl1")
MILL = Earn("credential", "nims-machining-1:mil1")


async def machinists(shop: Shop) -> Crew:
    crews = await crews_of(await acting(shop, "employer"), as_of=TODAY, now=NOW)
    return next(one for one in crews if one.program == "machinist")


async def answer(shop: Shop, **asked: object) -> CrewDifference:
    question = replace(CrewQuestion(program="machinist", on=SOON), **asked)  # type: ignore[arg-type]
    return await crew_what_if(await machinists(shop), question, as_of=TODAY)


def total(cents: tuple[object, ...]) -> int:
    return sum(one.expected for one in cents)  # type: ignore[attr-defined]


async def test_only_those_whose_wages_one_may_know_are_asked_about(shop: Shop) -> None:
    assert set((await machinists(shop)).people().values()) == {"Ada Tran", "Ben Okafor"}
    for name in ("ada", "mentor", "registrar", "stranger"):
        crews = await crews_of(await acting(shop, name), as_of=TODAY, now=NOW)
        assert {one for crew in crews for one in crew.people()} <= {shop.people[name]}


async def test_the_same_wages_change_nothing(shop: Shop) -> None:
    found = await answer(shop, wages=await wages_of(await machinists(shop)))
    assert found.today == found.then
    assert (found.moved, found.new, found.certified) == ((), (), ())


async def test_training_never_makes_anything_later(shop: Shop) -> None:
    found = await answer(shop, train=(DRILL, MILL))
    assert all(one.after is not None for one in found.moved)
    assert all(one.before is None or (one.after or date.max) <= one.before for one in found.moved)
    assert sum(found.then.raises) >= sum(found.today.raises)
    only = await answer(shop, train=(DRILL, MILL), people=frozenset({shop.people["ben"]}))
    assert {one.name for one in only.moved} <= {"Ben Okafor"}


async def test_a_higher_rate_costs_more_and_moves_nobody(shop: Shop) -> None:
    found = await answer(shop, rate=(9900, TODAY))
    assert total(found.then.pay) > total(found.today.pay)
    assert found.moved == ()


async def test_who_is_hired_is_paid_and_counted_and_nobody_else_moves(shop: Shop) -> None:
    found = await answer(shop, hires=2, hold=(DRILL,))
    assert {one.name for one in found.new} == {"New hire 1", "New hire 2"}
    assert total(found.then.pay) > total(found.today.pay)
    assert found.then.apprentices[0] == pytest.approx(found.today.apprentices[0] + 2)


async def test_the_registered_ratio_says_how_many_journeyworkers_it_would_take(shop: Shop) -> None:
    found = await answer(shop, hires=20)
    assert replace(found, ratio=None).journeyworkers == ()
    for ratio, begin in (((1, 1), 20), ((2, 1), 10), ((1, 3), 60)):
        sides = replace(found, ratio=ratio).journeyworkers
        assert len(sides) == len(found.today.pay)
        assert all(then >= now for now, then in sides)
        assert sides[0][1] - sides[0][0] == begin


async def test_so_many_more_are_certified_as_are_asked(shop: Shop) -> None:
    found = await answer(shop, certify=MILL, more=1)
    assert len(found.certified) <= 1
    assert {one.name for one in found.moved} <= set(found.certified)


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"on": TODAY - timedelta(days=1)}, "on"),
        ({"on": date(2099, 1, 1)}, "on"),
        ({"hires": 21}, "hires"),
        ({"hires": -1}, "hires"),
        ({"more": 99}, "more"),
        ({"train": (Earn("credential", "nowhere:x"),)}, "train"),
        ({"hold": (Earn("course", "c"),)}, "hold"),
        ({"wages": "steps: ["}, "wages"),
        ({"wages": "steps: [{id: a, when: {credential: nowhere}}]"}, "wages"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_place(
    shop: Shop, asked: dict[str, object], where: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await answer(shop, **asked)
    assert refused.value.where == where


async def test_strangers_are_not_named(shop: Shop) -> None:
    for who in (uuid4(), shop.people["stranger"]):
        with pytest.raises(Missing):
            await answer(shop, train=(DRILL,), people=frozenset({who}))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=12), st.integers(0, 12))
def test_those_who_gain_most_are_taken_and_who_gains_nothing_is_not(
    pairs: list[tuple[int, int]], number: int
) -> None:
    people = [uuid4() for _ in pairs]
    before, after = [was for was, _ in pairs], [then for _, then in pairs]
    found = who_gains(before, after, people, number)
    gain = {one: was - then for one, (was, then) in zip(people, pairs, strict=True)}
    assert len(found) == min(number, sum(one > 0 for one in gain.values()))
    left = [gain[one] for one in people if one not in found]
    assert all(gain[one] >= max([0, *left]) for one in found)
