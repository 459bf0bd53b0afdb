"""Decisions about raises: whoever decides in whatever order, each step has one story, and one approval at most."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.people.model import Role, RoleHeld
from apprenticeship.people.repo import add_roles
from apprenticeship.raises import repo
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict, in_force
from apprenticeship.raises.replay import replay_all
from apprenticeship.raises.services import crew, decide, undo
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, Refusal
from apprenticeship.standing.services import standings_of
from apprenticeship.store import open_store, transaction
from apprenticeship.texts import in_words
from tests.apprenticeship.acting import LATER, acting, rows, value
from tests.thoroughness import examples
from tests.web.shop import BEGAN, NOW, Shop

TODAY = NOW.date()
SOON = TODAY + timedelta(days=14)
S1, S2, S3 = "machinist:start", "machinist:s2", "machinist:s3"
DENIAL = Verdict(kind=Kind.DENIED, reason="Two late logs.")
WAIT = Verdict(kind=Kind.POSTPONED, postponed_until=SOON, reason="After the stocktaking.")
GIVEN = Verdict(kind=Kind.APPROVED, effective_on=TODAY)


async def say(
    shop: Shop, verdict: Verdict, who: str = "employer", step: str = S2, **more: Any
) -> RaiseDecision:
    whole = {"program": "machinist", "step": step, "verdict": verdict, "now": NOW, **more}
    made = await decide(await acting(shop, who), shop.people["ada"], **whole)
    assert isinstance(made, RaiseDecision)
    return made


async def take_back(
    shop: Shop, decision: int, reason: str = "A slip.", who: str = "employer"
) -> RaiseDecision:
    return await undo(await acting(shop, who), shop.people["ada"], decision, reason=reason, now=NOW)


async def colleague(shop: Shop) -> None:
    """Make the mentor an employer too."""
    held = RoleHeld(
        person=shop.people["mentor"], role=Role.EMPLOYER, organisation=shop.employer, since=BEGAN, until=None
    )
    async with transaction():
        await add_roles([held])


async def story(shop: Shop) -> tuple[RaiseDecision, ...]:
    (found,) = await standings_of([shop.people["ada"]], as_of=TODAY)
    return found.decisions


async def test_fifty_who_approve_at_once_make_one_decision_and_hear_who_was_first(shop: Shop) -> None:
    await colleague(shop)

    async def attempt(who: str) -> str:
        try:
            return f"given {(await say(shop, GIVEN, who)).kind}"
        except AlreadyDecided as refusal:
            return str(refusal)

    said = Counter(await asyncio.gather(*(attempt(("employer", "mentor")[n % 2]) for n in range(50))))
    assert said.pop("given approved") == 1
    (decision,) = await story(shop)
    name = await value("SELECT name FROM person WHERE id = $1", decision.decided_by)
    assert said == {f"This was given already by {name} on {in_words(TODAY)}; nothing was changed.": 49}
    assert await value("SELECT count(*) FROM audit_entry WHERE action = 'raise.award'") == 1


async def test_fifty_who_undo_at_once_undo_once(shop: Shop) -> None:
    decision = await say(shop, GIVEN)
    answers = await asyncio.gather(*(take_back(shop, decision.id) for _ in range(50)), return_exceptions=True)
    refused = [str(one) for one in answers if isinstance(one, AlreadyDecided)]
    assert len(refused) == 49
    assert set(refused) == {
        f"This was taken back already by Rosa Novak on {in_words(TODAY)}; nothing was changed."
    }
    assert [one.kind for one in await story(shop)] == [Kind.APPROVED, Kind.UNDONE]


async def test_whoever_writes_gives_a_step_once(shop: Shop) -> None:
    decision = await say(shop, GIVEN)
    (proof,) = (await repo.proofs_of([decision.id])).values()

    async def copy(**change: Any) -> None:
        (number,) = await repo.reserve(1)
        async with transaction():
            await repo.add([(RaiseDecision(**{**vars(decision), "id": number, **change}), proof)])

    with pytest.raises(asyncpg.UniqueViolationError, match="raise_decision_once"):
        await copy()
    denial = {"kind": Kind.DENIED, "effective_on": None}
    with pytest.raises(asyncpg.CheckViolationError, match="undo it first"):
        await copy(**denial, reason="No.")
    with pytest.raises(asyncpg.CheckViolationError, match="has no reason"):
        await copy(**denial, step=S1)
    with pytest.raises(asyncpg.CheckViolationError, match="not older"):
        await copy(**denial, step=S1, reason="No.", decided_at=NOW - timedelta(days=1))
    await take_back(shop, decision.id)
    await copy()
    with pytest.raises(asyncpg.UniqueViolationError):
        await copy()
    again = (await story(shop))[-1]
    with pytest.raises(asyncpg.CheckViolationError, match="does not stand"):
        await copy(kind=Kind.UNDONE, effective_on=None, refers_to=again.id, step=S1, reason="No.")


async def test_an_undo_is_not_undone_and_only_what_stands_is(shop: Shop) -> None:
    denied = await say(shop, DENIAL)
    approved = await say(shop, GIVEN)
    with pytest.raises(Invalid, match="Another decision about this step followed"):
        await take_back(shop, denied.id)
    undone = await take_back(shop, approved.id)
    assert (undone.refers_to, undone.reason) == (approved.id, "A slip.")
    with pytest.raises(Invalid, match="An undo is not undone"):
        await take_back(shop, undone.id)
    (of,) = await standings_of([shop.people["ada"]], as_of=TODAY)
    assert of.in_force.denied == {S2: denied}, "what stood before stands again"
    await take_back(shop, denied.id)
    for number in (0, -1, 2**63, undone.id + 1000):
        with pytest.raises(Missing):
            await take_back(shop, number)


@pytest.mark.parametrize(
    ("verdict", "where"),
    [
        (Verdict(kind=Kind.DENIED), "reason"),
        (Verdict(kind=Kind.DENIED, reason=" \n"), "reason"),
        (Verdict(kind=Kind.DENIED, reason="x" * 4001), "reason"),
        (Verdict(kind=Kind.DENIED, reason="\0"), "reason"),
        (Verdict(kind=Kind.DENIED, reason="No.", effective_on=TODAY), "effective_on"),
        (Verdict(kind=Kind.POSTPONED, reason="Later.", postponed_until=TODAY), "postponed_until"),
        (Verdict(kind=Kind.POSTPONED, reason="Later."), "postponed_until"),
        (Verdict(kind=Kind.POSTPONED, postponed_until=SOON), "reason"),
        (Verdict(kind=Kind.APPROVED), "effective_on"),
        (Verdict(kind=Kind.APPROVED, effective_on=SOON), "effective_on"),
        (Verdict(kind=Kind.APPROVED, effective_on=TODAY, postponed_until=SOON), "postponed_until"),
        (Verdict(kind=Kind.UNDONE, reason="No."), "kind"),
    ],
)
async def test_a_verdict_that_does_not_hold_together_is_refused_at_its_place(
    shop: Shop, verdict: Verdict, where: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await say(shop, verdict)
    assert refused.value.where == where
    assert await story(shop) == ()


async def test_a_step_that_was_not_reached_is_neither_denied_nor_postponed(shop: Shop) -> None:
    for verdict in (DENIAL, WAIT):
        with pytest.raises(Invalid, match="do not hold yet"):
            await say(shop, verdict, step="machinist:s3")


async def due_of(shop: Shop, day: date) -> tuple[bool, Kind | None]:
    members = await crew(await acting(shop, "employer"), as_of=day, now=NOW)
    (ada,) = (one for one in members if one.standing.person.id == shop.people["ada"])
    return ada.due, None if ada.set_aside is None else ada.set_aside.kind


async def test_what_is_postponed_is_due_again_on_its_day(shop: Shop) -> None:
    assert await due_of(shop, TODAY) == (True, None)
    await say(shop, WAIT)
    assert await due_of(shop, SOON - timedelta(days=1)) == (False, Kind.POSTPONED)
    assert await due_of(shop, SOON) == (True, None)
    with pytest.raises(AlreadyDecided, match="postponed already by Rosa Novak"):
        await say(shop, WAIT)
    longer = Verdict(kind=Kind.POSTPONED, postponed_until=SOON + timedelta(days=7), reason="And inventory.")
    await say(shop, longer)
    assert await due_of(shop, SOON) == (False, Kind.POSTPONED)


async def test_what_is_denied_is_due_again_when_it_rests_on_other_evidence(shop: Shop) -> None:
    denied = await say(shop, DENIAL)
    assert await due_of(shop, TODAY) == (False, Kind.DENIED)
    with pytest.raises(AlreadyDecided, match="denied already by Rosa Novak"):
        await say(shop, DENIAL)
    ada, boss = shop.people["ada"], shop.people["employer"]
    (of,) = await standings_of([ada], as_of=TODAY)
    first = next(row for row in of.evidence if row.key == denied.because[0])
    again = Addition(
        person=ada, fact=first.fact, status=first.status, recorded=NOW, recorded_by=boss, note=None
    )
    taken = Fact(kind=EvidenceKind.REVOCATION, happened_on=BEGAN, revokes=first.entry)
    revoked = Addition(person=ada, fact=taken, status=None, recorded=NOW, recorded_by=boss, note=None)
    async with transaction():
        await append([again, revoked])
    assert await due_of(shop, TODAY) == (True, None), "the same step, on another certificate"
    assert (await say(shop, DENIAL, now=LATER)).because != denied.because


async def reach_third(shop: Shop) -> None:
    """Earn and sign off what the third step asks for beyond the second."""
    ada, boss = shop.people["ada"], shop.people["employer"]
    duties = ("jpp", "benchwork", "layout", "chucking", "square-block", "preventive-maintenance")
    earned = [(EvidenceKind.CREDENTIAL, one) for one in ("mil1", "tbc1")]
    signed = [(EvidenceKind.COMPETENCY, one) for one in duties]
    day = date(2025, 11, 3)
    facts = [
        Fact(kind=kind, subject=f"nims-machining-1:{name}", happened_on=day) for kind, name in earned + signed
    ]
    additions = [
        Addition(person=ada, fact=fact, status=Status.VERIFIED, recorded=NOW, recorded_by=boss)
        for fact in facts
    ]
    async with transaction():
        await append(additions)


async def test_of_two_steps_reached_the_lower_is_due_while_the_higher_is_set_aside(shop: Shop) -> None:
    await reach_third(shop)

    given: list[str] = []

    async def due() -> str | None:
        (of,) = await standings_of([shop.people["ada"]], as_of=TODAY)
        assert [step.key for step in of.open_steps] == [step for step in (S2, S3) if step not in given]
        return None if of.due_step is None else of.due_step.key

    assert await due() == S3, "the higher one pays for both"
    denied = await say(shop, DENIAL, step=S3)
    assert await due() == S2
    await say(shop, WAIT, step=S2)
    assert await due() is None
    await say(shop, GIVEN, step=S2)
    given.append(S2)
    assert await due() is None
    await take_back(shop, denied.id)
    assert await due() == S3


async def test_what_is_paid_stands_before_and_after_each_decision(shop: Shop) -> None:
    denied = await say(shop, DENIAL)
    approved = await say(shop, GIVEN)
    undone = await take_back(shop, approved.id)
    paid = [(one.cents_before, one.cents_after) for one in (denied, approved, undone)]
    assert paid == [(1760, 1760), (1760, 1984), (1984, 1760)]
    (of,) = await standings_of([shop.people["ada"]], as_of=TODAY)
    assert (of.awarded, of.raise_reached) == ((), True)


async def test_a_clock_set_back_makes_no_decision_older_than_the_one_before(shop: Shop) -> None:
    first = await say(shop, DENIAL)
    second = await say(shop, GIVEN, now=NOW - timedelta(hours=1))
    assert second.decided_at == first.decided_at
    assert (await replay_all()).differences == ()


async def test_reasons_can_be_erased_and_the_decision_stays(shop: Shop) -> None:
    denied = await say(shop, DENIAL)
    await rows("DELETE FROM raise_reason WHERE decision = $1", denied.id)
    (again,) = await story(shop)
    assert (again.reason, again.because) == (None, denied.because)
    assert (await replay_all()).differences == ()


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["approve", "deny", "postpone", "undo"]),
        st.sampled_from(["employer", "mentor"]),
        st.sampled_from([S1, S2]),
        st.integers(0, 5),
    ),
    max_size=14,
)


class Told:
    """The story as somebody would tell it: for each step a pile of decisions, of which the top one stands."""

    def __init__(self) -> None:
        self.piles: dict[str, list[RaiseDecision]] = {S1: [], S2: []}

    def top(self, step: str) -> RaiseDecision | None:
        return self.piles[step][-1] if self.piles[step] else None

    def takes(self, kind: Kind, step: str, until: date | None) -> bool:
        top = self.top(step)
        same = top is not None and top.kind is kind and top.postponed_until == until
        return not same and (top is None or top.kind is not Kind.APPROVED)


async def _move(shop: Shop, told: Told, move: tuple[str, str, str, int], made: list[RaiseDecision]) -> None:
    name, who, step, number = move
    if name == "undo":
        target = made[number % len(made)] if made else None
        may = target is not None and target == told.top(target.step)
        try:
            undone = await take_back(shop, 0 if target is None else target.id, who=who)
        except Refusal:
            assert not may
            return
        assert may
        told.piles[undone.step].pop()
        made.append(undone)
        return
    days = TODAY + timedelta(days=1 + number)
    verdict = {"approve": GIVEN, "deny": DENIAL}.get(
        name, Verdict(kind=Kind.POSTPONED, postponed_until=days, reason="Later.")
    )
    may = told.takes(verdict.kind, step, verdict.postponed_until)
    try:
        decision = await say(shop, verdict, who, step)
    except AlreadyDecided:
        assert not may
        return
    assert may
    told.piles[step].append(decision)
    made.append(decision)


class LeaveNothing(Exception):  # noqa: N818 - no error: the way to leave a database as it was
    pass


@pytest.fixture(scope="module")
def told_shop(
    fresh_database: Callable[[str], str], shop_template: tuple[str, Shop]
) -> Iterator[tuple[asyncio.Runner, Shop]]:
    """Give the shop with two who may decide, and the loop that its database is open in."""
    name, shop = shop_template
    with asyncio.Runner() as runner:
        store = open_store(fresh_database(name), connections=1)
        runner.run(store.__aenter__())
        runner.run(colleague(shop))
        yield runner, shop
        runner.run(store.__aexit__(None, None, None))


@examples(12)
@given(MOVES)
def test_any_order_of_deciding_ends_in_one_story(
    told_shop: tuple[asyncio.Runner, Shop], moves: list[tuple[str, str, str, int]]
) -> None:
    runner, shop = told_shop
    runner.run(_play(shop, moves))


async def _play(shop: Shop, moves: list[tuple[str, str, str, int]]) -> None:
    told, made = Told(), list[RaiseDecision]()
    with suppress(LeaveNothing):
        async with transaction():
            for move in moves:
                await _move(shop, told, move, made)
            await rows("SET CONSTRAINTS ALL IMMEDIATE")
            await _same_story(shop, told, made)
            raise LeaveNothing


async def _same_story(shop: Shop, told: Told, made: list[RaiseDecision]) -> None:
    kept = await story(shop)
    assert kept == tuple(made)
    standing = in_force(kept)
    assert {step: standing.of(step) for step in (S1, S2)} == {step: told.top(step) for step in (S1, S2)}
    assert (await replay_all()).differences == ()
