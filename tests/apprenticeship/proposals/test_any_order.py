"""Random histories, delivered in any order, twice and by four workers at once: each step is proposed once, and then."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.enrolments.services import enrol
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status, known_rows
from apprenticeship.evidence.services import append
from apprenticeship.outbox.services import hand_out, run
from apprenticeship.people.model import Employment, Person
from apprenticeship.people.repo import add_employments, add_people
from apprenticeship.proposals.looking import flow_of
from apprenticeship.proposals.model import Proposal, ProposalKind
from apprenticeship.raises.model import Kind, Verdict
from apprenticeship.raises.replay import replay_all
from apprenticeship.raises.services import decide
from apprenticeship.refusals import AlreadyDecided
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import open_store, transaction
from graph import timeline
from tasks.jobs import TOPICS
from tests.apprenticeship.acting import acting
from tests.thoroughness import examples
from tests.web.shop import BEGAN, NOW, Shop

WORKERS = 4
TODAY = NOW.date()
CREDENTIALS = ("mms", "jpbl", "tcs1", "drl1", "mil1", "cmo", "cmp", "cto")
DUTIES = (
    *("housekeeping", "part-inspection", "preventive-maintenance", "chucking", "drill-press"),
    *("square-block", "vertical-milling", "surface-grinding", "process-improvement", "between-centers"),
)
FACTS = (
    *(("credential", name) for name in CREDENTIALS),
    *(("competency", name) for name in DUTIES),
)

# so many days before today, and whether it is taken out in a later round
HISTORIES = st.tuples(
    st.permutations(FACTS),
    st.lists(st.integers(0, 600), min_size=len(FACTS), max_size=len(FACTS)),
    st.lists(st.integers(1, 8), min_size=3, max_size=5),
    st.lists(st.sampled_from(["approve", "revoke", "nothing"]), min_size=5, max_size=5),
)
History = tuple[list[tuple[str, str]], list[int], list[int], list[str]]


@pytest.fixture(scope="module")
def own_shop(
    fresh_database: Callable[[str], str], shop_template: tuple[str, Shop]
) -> Iterator[tuple[asyncio.Runner, Shop]]:
    """Give the shop, and the loop in which its database is open with a connection for every worker."""
    name, shop = shop_template
    with asyncio.Runner() as runner:
        store = open_store(fresh_database(name), connections=WORKERS + 2)
        runner.run(store.__aenter__())
        yield runner, shop
        runner.run(store.__aexit__(None, None, None))


@examples(8)
@given(HISTORIES)
def test_each_step_is_proposed_when_its_rule_first_holds_and_decided_once(
    own_shop: tuple[asyncio.Runner, Shop], history: History
) -> None:
    runner, shop = own_shop
    runner.run(_live(shop, history))


async def _live(shop: Shop, history: History) -> None:
    ada = await _newcomer(shop)
    facts, days, sizes, moves = history
    told = [_fact(*one, TODAY - timedelta(days=ago)) for one, ago in zip(facts, days, strict=True)]
    expected: set[str] = set()
    for size, move in zip(sizes, moves, strict=False):
        now, told = told[:size], told[size:]
        await _deliver(shop, ada, [now[number::WORKERS] for number in range(WORKERS)])
        expected |= await _check(ada, expected)
        if move == "revoke":
            await _revoke(shop, ada)
            expected |= await _check(ada, expected)
        if move == "approve":
            await _approve(shop, ada)
            expected |= await _check(ada, expected)
    assert (await replay_all()).differences == ()


async def _newcomer(shop: Shop) -> UUID:
    person = uuid4()
    async with transaction():
        await add_people([Person(id=person, name="Ada Again", created_at=NOW)])
        await add_employments([Employment(person=person, employer=shop.employer, since=BEGAN)])
    boss = await acting(shop, "admin")
    await enrol(boss, person, sponsor=shop.employer, program="machinist", registered=BEGAN, now=NOW)
    return person


def _fact(kind: str, name: str, day: date) -> Fact:
    return Fact(
        kind=EvidenceKind(kind),
        subject=f"nims-machining-1:{name}",
        happened_on=max(day, BEGAN),
        rating=3 if kind == "competency" else None,
        source_key=f"{kind} {name}",
    )


async def _deliver(shop: Shop, person: UUID, parts: list[list[Fact]]) -> None:
    """Write each part twice (the file's keys refuse the second), while all of them work at what waits."""

    async def worker(part: list[Fact]) -> None:
        for fact in (*part, *part):
            with suppress(asyncpg.UniqueViolationError):
                await _write(shop, person, fact)
            await _work()

    await asyncio.gather(*(worker(part) for part in parts))
    while await _work():
        pass


async def _write(shop: Shop, person: UUID, fact: Fact, status: Status | None = Status.VERIFIED) -> None:
    row = Addition(
        person=person, fact=fact, status=status, recorded=NOW, recorded_by=shop.people["mentor"], note=None
    )
    async with transaction():
        await append([row])


async def _work() -> int:
    """Run whatever is handed out, each twice at once; a relay and two workers do no more."""
    errands = await hand_out(now=NOW)
    twice = [one for one in errands for _ in range(2)]
    done = await asyncio.gather(*(run(one.id, TOPICS[one.topic], now=NOW) for one in twice))
    assert sum(done) <= len(errands)
    return len(errands)


async def _standing(person: UUID) -> Standing:
    (found,) = await standings_of([person], as_of=TODAY)
    return found


async def _check(person: UUID, before: set[str]) -> set[str]:
    """Hold what was proposed against what the rules say of everything that was delivered so far."""
    standing = await _standing(person)
    flow = await flow_of(standing)
    paid = -1 if standing.awarded_step is None else standing.program.steps.index(standing.awarded_step)
    reached = {
        step.key
        for place, step in enumerate(standing.program.steps)
        if place > max(paid, 0)
        and timeline.is_true(standing.evaluation.actual.step(step.key), TODAY.toordinal())
    }
    raised = [one for one in flow.proposals if one.kind is ProposalKind.RAISE]
    assert sorted(one.step for one in raised) == sorted(before | reached), "once each, and none too many"
    for one in raised:
        await _check_first_day(standing, one)
    given = [one.step for one in standing.decisions if one.kind is Kind.APPROVED]
    assert len(given) == len(set(given))
    return reached


async def _check_first_day(standing: Standing, proposal: Proposal) -> None:
    """The rule held by what was known when it was proposed, and on no day of that stretch before."""
    rows = known_rows(
        await evidence.history(standing.person.id), at=proposal.known_at, up_to=proposal.evidence_up_to
    )
    then = replace(standing, evidence=rows, known_at=proposal.known_at, as_of=proposal.as_of)
    line = then.evaluation.actual.step(proposal.step)
    assert proposal.holds_since is not None
    first = proposal.holds_since.toordinal()
    assert timeline.is_true(line, proposal.as_of.toordinal())
    assert timeline.since(line, proposal.as_of.toordinal()) == first
    assert not timeline.is_true(line, first - 1)
    assert proposal.because == then.rests_on(proposal.step)


async def _revoke(shop: Shop, person: UUID) -> None:
    """Take the newest certificate out from today on."""
    standing = await _standing(person)
    rows = [row for row in standing.evidence if row.fact.kind is EvidenceKind.CREDENTIAL]
    if rows:
        fact = Fact(kind=EvidenceKind.REVOCATION, happened_on=TODAY, revokes=rows[-1].entry)
        await _write(shop, person, fact, None)
        await _work()


async def _approve(shop: Shop, person: UUID) -> None:
    """Let several approve what is reached at the same time."""
    step = (await _standing(person)).reached_step
    if step is None or not (await _standing(person)).raise_reached:
        return
    boss = await acting(shop, "employer")
    verdict = Verdict(kind=Kind.APPROVED, effective_on=TODAY)

    async def attempt() -> bool:
        with suppress(AlreadyDecided):
            await decide(boss, person, program="machinist", step=step.key, verdict=verdict, now=NOW)
            return True
        return False

    assert sum(await asyncio.gather(*(attempt() for _ in range(WORKERS)))) == 1
    await _work()
