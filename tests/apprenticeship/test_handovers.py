"""What payroll is told: one hand-over after the other, each change exactly once, and the same file ever after."""

import asyncio
import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.handovers.files import COLUMNS, csv_file, json_file
from apprenticeship.handovers.model import Handover, PayChange, Told
from apprenticeship.handovers.services import hand_over, handovers_of, told
from apprenticeship.raises.model import RaiseDecision
from apprenticeship.raises.services import undo
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, Refusal
from apprenticeship.store import open_store, transaction
from tests.apprenticeship.acting import acting, award, rows
from tests.thoroughness import examples
from tests.web.shop import NOW, Shop

FIRST = date(2026, 11, 1)
TODAY = NOW.date()
S1, S2 = "machinist:start", "machinist:s2"


async def give(shop: Shop, step: str = S2, day: date = TODAY, now: datetime = NOW) -> RaiseDecision:
    boss = await acting(shop, "employer")
    return await award(boss, shop.people["ada"], program="machinist", step=step, effective_on=day, now=now)


async def take_back(shop: Shop, decision: int, now: datetime = NOW) -> RaiseDecision:
    boss = await acting(shop, "employer")
    return await undo(boss, shop.people["ada"], decision, reason="A slip.", now=now)


async def hand(shop: Shop, since: date, until: date, now: datetime = NOW, who: str = "employer") -> Told:
    return await hand_over(await acting(shop, who), shop.employer, since=since, until=until, now=now)


async def test_a_raise_is_told_with_its_decision_number_step_and_pay(shop: Shop) -> None:
    async with transaction():
        await rows(
            "INSERT INTO person_number (organisation, number, person) VALUES ($1, '00417', $2)",
            shop.employer,
            shop.people["ada"],
        )
    given = await give(shop)
    made = await hand(shop, FIRST, date(2026, 12, 1))
    (line,) = made.changes
    assert line == PayChange(
        decision=given.id,
        takes_back=None,
        person=shop.people["ada"],
        number="00417",
        step=S2,
        effective_on=NOW.date(),
        cents_before=1760,
        cents_after=1984,
        decided_at=NOW,
    )
    await rows(
        "INSERT INTO person_number (organisation, number, person) VALUES ($1, '00001', $2)",
        shop.employer,
        shop.people["ben"],
    )
    assert await told(await acting(shop, "admin"), made.handover.id, now=NOW) == made
    assert await handovers_of(await acting(shop, "admin"), shop.employer, now=NOW) == (made.handover,)


async def test_an_undo_is_a_line_of_its_own_period_and_changes_no_earlier_file(shop: Shop) -> None:
    given = await give(shop)
    first = await hand(shop, FIRST, date(2026, 12, 1))
    before = csv_file(first), json_file(first)
    later = NOW + timedelta(days=20)
    undone = await take_back(shop, given.id, now=later)
    second = await hand(shop, date(2026, 12, 1), date(2027, 1, 1), now=later)
    (line,) = second.changes
    assert (line.decision, line.takes_back, line.effective_on) == (undone.id, given.id, later.date())
    assert (line.cents_before, line.cents_after) == (1984, 1760)
    again = await told(await acting(shop, "employer"), first.handover.id, now=later)
    assert (csv_file(again), json_file(again)) == before


async def test_what_is_dated_back_into_a_period_that_was_handed_over_is_told_late(shop: Shop) -> None:
    await hand(shop, FIRST, date(2026, 12, 1))
    later = NOW + timedelta(days=12)
    given = await give(shop, day=NOW.date(), now=later)
    second = await hand(shop, date(2026, 12, 1), date(2027, 1, 1), now=later)
    assert [(one.decision, one.is_late_in(second.handover)) for one in second.changes] == [(given.id, True)]


async def test_what_was_decided_before_the_first_hand_over_for_earlier_days_is_left_out(shop: Shop) -> None:
    await give(shop, S1, date(2026, 10, 31))
    inside = await give(shop, S2, NOW.date())
    made = await hand(shop, FIRST, date(2026, 12, 1))
    assert [one.decision for one in made.changes] == [inside.id]


@pytest.mark.parametrize(
    ("since", "until", "where", "what"),
    [
        (date(2026, 12, 2), date(2027, 1, 1), "since", "begins on that day"),
        (date(2026, 11, 1), date(2026, 12, 1), "since", "ends before 2026-12-01"),
        (date(2026, 12, 1), date(2026, 12, 1), "until", "ends before it begins"),
        (date(2026, 12, 1), date(2027, 12, 3), "until", "longer than a year"),
    ],
)
async def test_a_period_follows_the_one_before(
    shop: Shop, since: date, until: date, where: str, what: str
) -> None:
    await hand(shop, FIRST, date(2026, 12, 1))
    with pytest.raises(Invalid, match=what) as refused:
        await hand(shop, since, until)
    assert refused.value.where == where


@pytest.mark.parametrize("who", ["ada", "mentor", "registrar", "stranger", "agency"])
async def test_only_the_employer_and_its_administrator_hand_over(shop: Shop, who: str) -> None:
    made = await hand(shop, FIRST, date(2026, 12, 1), who="admin")
    with pytest.raises(Missing):
        await hand(shop, date(2026, 12, 1), date(2027, 1, 1), who=who)
    with pytest.raises(Missing):
        await told(await acting(shop, who), made.handover.id, now=NOW)
    with pytest.raises(Missing):
        await handovers_of(await acting(shop, who), shop.employer, now=NOW)
    with pytest.raises(Missing):
        await told(await acting(shop, "employer"), 2**40, now=NOW)


async def test_whoever_hands_the_same_period_over_at_once_does_it_once(shop: Shop) -> None:
    await give(shop)
    found = await asyncio.gather(
        *(hand(shop, FIRST, date(2026, 12, 1)) for _ in range(12)), return_exceptions=True
    )
    assert sum(isinstance(one, Told) for one in found) == 1
    assert all(isinstance(one, Told | Invalid | AlreadyDecided) for one in found)


async def test_rows_stay_as_they_are(shop: Shop) -> None:
    await give(shop)
    await hand(shop, FIRST, date(2026, 12, 1))
    for statement in (
        "UPDATE payroll_handover SET until = until + 1",
        "DELETE FROM payroll_line",
        "TRUNCATE payroll_line",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await rows(statement)
    with pytest.raises(asyncpg.CheckViolationError, match="the hand-over before ends on"):
        await rows(
            "INSERT INTO payroll_handover (employer, since, until, known_at, made_by) "
            "SELECT employer, until + 1, until + 2, known_at, made_by FROM payroll_handover"
        )


HANDOVER = Handover(
    id=7,
    employer=UUID(int=1),
    since=FIRST,
    until=date(2026, 12, 1),
    known_at=NOW,
    made_by=UUID(int=2),
)
CHANGE = PayChange(
    decision=3,
    takes_back=None,
    person=UUID(int=4),
    number="17",
    step="machinist:s2",
    effective_on=FIRST,
    cents_before=None,
    cents_after=1984,
    decided_at=NOW,
)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_a_spreadsheet_takes_nothing_for_a_formula_and_everything_is_read_back(number: str) -> None:
    of = Told(HANDOVER, (replace(CHANGE, number=number),))
    head, line = csv.reader(io.StringIO(csv_file(of).decode(), newline=""))
    assert tuple(head) == COLUMNS
    cell = line[COLUMNS.index("number")]
    assert not cell.startswith(("=", "+", "-", "@"))
    assert cell.removeprefix("'") == number.removeprefix("'")
    (said,) = json.loads(json_file(of))["changes"]
    assert (said["number"], said["old_cents_per_hour"]) == (number, None)


@pytest.fixture(scope="module")
def handing_shop(
    fresh_database: Callable[[str], str], shop_template: tuple[str, Shop]
) -> Iterator[tuple[asyncio.Runner, Shop]]:
    """Give the shop and the loop that its database is open in."""
    name, shop = shop_template
    with asyncio.Runner() as runner:
        store = open_store(fresh_database(name), connections=1)
        runner.run(store.__aenter__())
        yield runner, shop
        runner.run(store.__aexit__(None, None, None))


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("give"), st.sampled_from([S1, S2]), st.integers(0, 70)),
        st.tuples(st.just("undo"), st.just(""), st.integers(0, 5)),
        st.tuples(st.just("hand"), st.just(""), st.integers(1, 40)),
    ),
    max_size=16,
)


@examples(15)
@given(MOVES)
def test_hand_overs_tell_each_change_exactly_once_whatever_happens_in_between(
    handing_shop: tuple[asyncio.Runner, Shop], moves: list[tuple[str, str, int]]
) -> None:
    runner, shop = handing_shop
    runner.run(_play(shop, moves))


class LeaveNothing(Exception):  # noqa: N818 - no error: the way to leave a database as it was
    pass


async def _play(shop: Shop, moves: list[tuple[str, str, int]]) -> None:
    with suppress(LeaveNothing):
        async with transaction():
            now, taken = NOW, list[tuple[Told, bytes]]()
            for name, step, number in [*moves, ("hand", "", 360)]:
                now += timedelta(days=3)
                await _move(shop, (name, step, number), now, taken)
            await _told_once(shop, taken, now)
            raise LeaveNothing


async def _move(
    shop: Shop, move: tuple[str, str, int], now: datetime, taken: list[tuple[Told, bytes]]
) -> None:
    name, step, number = move
    with suppress(Refusal):
        if name == "give":
            await give(shop, step, now.date() - timedelta(days=number), now)
        elif name == "undo":
            made = await rows("SELECT id FROM raise_decision ORDER BY id DESC")
            await take_back(shop, made[number % len(made)]["id"] if made else 0, now)
        else:
            since = taken[-1][0].handover.until if taken else FIRST
            made_now = await hand(shop, since, since + timedelta(days=number), now)
            taken.append((made_now, csv_file(made_now)))


async def _told_once(shop: Shop, taken: list[tuple[Told, bytes]], now: datetime) -> None:
    first = taken[0][0].handover
    until = taken[-1][0].handover.until
    expected = await rows(
        """
        SELECT d.id FROM raise_decision AS d LEFT JOIN raise_decision AS u ON u.id = d.refers_to
        WHERE 'approved' IN (d.kind, u.kind) AND coalesce(d.effective_on, d.as_of) < $1
            AND (coalesce(d.effective_on, d.as_of) >= $2 OR d.decided_at > $3)
        """,
        until,
        first.since,
        first.known_at,
    )
    said = Counter(change.decision for one, _ in taken for change in one.changes)
    assert said == Counter(row["id"] for row in expected)
    for one, file in taken:
        assert all(change.effective_on < one.handover.until for change in one.changes)
        again = await told(await acting(shop, "employer"), one.handover.id, now=now)
        assert csv_file(again) == file
