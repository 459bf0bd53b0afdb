"""A look at people is what each comes to alone, today and by a candidate; and it changes nothing."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from apprenticeship.cohort import repo as cohort
from apprenticeship.cohort.candidates import candidate
from apprenticeship.cohort.looks import repo, services
from apprenticeship.cohort.looks.model import LookState, Texts
from apprenticeship.cohort.looks.seeing import GAINS, LOSES, Seen, together
from apprenticeship.cohort.tally import expected, under
from apprenticeship.outbox.services import ATTEMPTS
from apprenticeship.policy import Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.facts import person_with
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from graph.evaluating import DONE, Evaluation, evaluate
from graph.world import World
from standards.compiling import compile_world
from standards.reading import Document, read_data, read_text
from standards.storage import repo as standards
from tests.apprenticeship.acting import rows, value
from tests.apprenticeship.cohort.conftest import NOW
from tests.apprenticeship.cohort.running import do_errands, run_machinists

TODAY = NOW.date()
MACHINIST = "machinist"


async def draft(**changes: Any) -> Document:
    """Give the published program with something else in it."""
    (published,) = await standards.newest("program", [MACHINIST])
    raw = read_text("machinist.json", published.canonical)[0].raw
    return read_data("draft.json", {**raw, "program": {**raw["program"], **changes}})


async def easier() -> Document:
    """Give a program that asks less for completion and for the second step, and more for the third."""
    (published,) = await standards.newest("program", [MACHINIST])
    raw = read_text("machinist.json", published.canonical)[0].raw["program"]
    first, second, third, *others = raw["wages"]["steps"]
    second = {**second, "when": {"credentials": 1, "where": {"framework": "nims-machining-1"}}}
    third = {
        **third,
        "when": {"all": [third["when"], {"competencies": 17, "where": {"framework": "nims-machining-1"}}]},
    }
    steps = [first, second, third, *others]
    return await draft(
        completion={"competencies": 6, "where": {"framework": "nims-machining-1", "kind": "duty"}},
        wages={**raw["wages"], "steps": steps},
    )


async def standings(as_of: date) -> tuple[Standing, ...]:
    people = [row["id"] for row in await rows("SELECT id FROM person")]
    found = await standings_of(people, as_of=as_of, program=MACHINIST)
    return tuple(one for one in found if one.enrolment.ended is None or one.enrolment.ended > as_of)


async def read_by(standing: Standing, world: World) -> Evaluation:
    person = person_with(world, standing.person, standing.enrolments, standing.evidence)
    return evaluate(world, person, program=MACHINIST, as_of=standing.as_of)


def place_of(one: Evaluation, steps: Sequence[str]) -> int:
    assert one.wage is not None
    return 0 if one.wage.step is None else steps.index(one.wage.step) + 1


def done(one: Evaluation) -> set[tuple[str, str]]:
    competencies = {("competency", key) for key, own in one.competencies.items() if own.state in DONE}
    return competencies | {("credential", key) for key, own in one.credentials.items() if own.state in DONE}


async def whole(look: UUID) -> Seen:
    seen = await repo.seen_of(look)
    assert seen is not None
    return seen


async def seen_by(employers: frozenset[UUID], texts: Texts) -> Seen:
    people = await services.own_people(employers, now=NOW)
    return await services.look_over(MACHINIST, people, texts, TODAY)


@pytest.mark.parametrize("days", [0, 400])
async def test_a_look_counts_what_each_comes_to_alone(days: int, demo: str) -> None:
    assert demo
    as_of = TODAY - timedelta(days=days)
    look = await services.start(None, MACHINIST, None, as_of=as_of, now=NOW, people=4)
    await do_errands(NOW)
    seen, alone = await whole(look.id), [one.evaluation for one in await standings(as_of)]
    assert seen.people == len(alone) > 0
    assert seen.today["complete",] == sum(one.complete for one in alone)
    bands = Counter((str(min(int(one.progress * 10), 9)),) for one in alone)
    assert under(seen.today, "band") == bands
    assert under(seen.today, "step") == Counter(
        (one.wage.step or "",) for one in alone if one.wage is not None
    )
    for key in alone[0].competencies:
        states = Counter((one.competencies[key].state.value,) for one in alone)
        assert under(seen.today, "state", "competency", key) == states
    pace = Counter(
        (f"{one.enrolment.registered:%Y-%m}", str(int(one.evaluation.progress * 100)))
        for one in await standings(as_of)
        if not one.evaluation.complete
    )
    assert under(seen.today, "pace") == pace


async def test_the_same_comes_out_in_however_many_ranges_and_for_ones_own(demo: str) -> None:
    assert demo
    changed = [await easier()]
    found = []
    for size in (1, 7, 1_000):
        look = await services.start(None, MACHINIST, changed, as_of=TODAY, now=NOW, people=size)
        await do_errands(NOW)
        found.append(await whole(look.id))
    assert found[0] == found[1] == found[2]
    employers = frozenset(row["employer"] for row in await rows("SELECT DISTINCT employer FROM employment"))
    texts = await candidate(MACHINIST, changed, now=NOW)
    own = await seen_by(employers, texts)
    assert (own.today, own.candidate, own.moves) == (found[0].today, found[0].candidate, found[0].moves)
    assert await seen_by(frozenset(), texts) == together([])


async def test_who_gains_and_who_loses_is_what_each_would_alone(demo: str) -> None:
    assert demo
    texts = await candidate(MACHINIST, [await easier()], now=NOW)
    world = compile_world([one for name, text in texts.items() for one in read_text(name, text)])
    employers = frozenset(row["employer"] for row in await rows("SELECT DISTINCT employer FROM employment"))
    seen = await seen_by(employers, texts)
    keys = [step.key for step in world.programs[MACHINIST].steps]
    gains, loses, moved = set(), set(), Counter[tuple[str, ...]]()
    for standing in await standings(TODAY):
        before, after = standing.evaluation, await read_by(standing, world)
        was, now = place_of(before, keys), place_of(after, keys)
        if (after.complete and not before.complete) or now > was:
            gains.add(standing.person.id)
        if (before.complete and not after.complete) or now < was:
            loses.add(standing.person.id)
        moved["complete", "gained"] += after.complete and not before.complete
        moved["complete", "lost"] += before.complete and not after.complete
        moved["nearer",] += after.progress > before.progress
        moved["further",] += after.progress < before.progress
        if was != now:
            moved["step", ["", *keys][was], ["", *keys][now]] += 1
        moved.update(("item", *item, "gained") for item in done(after) - done(before))
        moved.update(("item", *item, "lost") for item in done(before) - done(after))
    assert gains
    assert loses
    assert set(seen.who[GAINS]) == gains
    assert set(seen.who[LOSES]) == loses
    ours = {key: number for key, number in seen.moves.items() if key[0] not in ("stuck", "freed", "same")}
    moved["gains",], moved["loses",] = len(gains), len(loses)
    assert ours == {key: number for key, number in moved.items() if number}


async def test_the_newest_published_changes_nothing_for_those_who_are_read_with_it(demo: str) -> None:
    assert demo
    look = await services.start(None, MACHINIST, [], as_of=TODAY, now=NOW)
    await do_errands(NOW)
    seen = await whole(look.id)
    assert seen.today == seen.candidate
    assert seen.moves == {("same",): seen.people}


async def test_who_can_begin_nothing_that_the_draft_asks_for_would_be_stuck(demo: str) -> None:
    assert demo
    asked = await draft(completion={"competency": "nims-machining-1:surface-grinding-2"})
    look = await services.start(None, MACHINIST, [asked], as_of=TODAY, now=NOW)
    await do_errands(NOW)
    seen = await whole(look.id)
    locked = seen.candidate["state", "competency", "nims-machining-1:surface-grinding-2", "locked"]
    assert seen.candidate["stuck",] == locked > 0
    assert seen.moves["stuck",] - seen.moves["freed",] == locked - seen.today["stuck",]


async def test_a_look_changes_no_results_and_no_records(demo: str) -> None:
    assert demo
    run = await run_machinists(TODAY, NOW)
    kept = await rows("SELECT * FROM cohort_result ORDER BY person")
    snapshots = await rows("SELECT * FROM evidence_snapshot ORDER BY person")
    await services.start(None, MACHINIST, [await easier()], as_of=TODAY, now=NOW)
    await do_errands(NOW)
    assert await rows("SELECT * FROM cohort_result ORDER BY person") == kept
    assert await rows("SELECT * FROM evidence_snapshot ORDER BY person") == snapshots
    assert [one.id for one in await cohort.latest_runs()] == [run.id]
    assert await value("SELECT count(*) FROM cohort_look_range") == 0


async def test_a_look_is_for_whom_it_was_made_and_one_at_a_time(demo: str) -> None:
    assert demo
    first, second = [Actor(row["id"]) for row in await rows("SELECT id FROM person ORDER BY id LIMIT 2")]
    look = await services.start(first, MACHINIST, None, as_of=TODAY, now=NOW)
    assert (await services.look_of(first, look.id))[1] is None
    with pytest.raises(Missing):
        await services.look_of(second, look.id)
    with pytest.raises(AlreadyDecided):
        await services.start(first, MACHINIST, None, as_of=TODAY, now=NOW)
    await services.start(second, MACHINIST, None, as_of=TODAY, now=NOW)
    await do_errands(NOW)
    found, seen = await services.look_of(first, look.id)
    assert found.state is LookState.DONE
    assert seen is not None
    assert found.people == seen.people
    await services.start(first, MACHINIST, None, as_of=TODAY, now=NOW)


async def test_a_range_that_fails_too_often_ends_the_look(demo: str) -> None:
    assert demo
    look = await services.start(None, MACHINIST, [await easier()], as_of=TODAY, now=NOW)
    await do_errands(NOW, most=1)
    await rows("UPDATE outbox SET attempts = $1 WHERE topic = $2", ATTEMPTS, services.RANGE)
    await do_errands(NOW)
    found = await repo.look_of(look.id)
    assert found is not None
    assert found.state is LookState.FAILED
    assert await repo.seen_of(look.id) is None


async def test_old_looks_are_forgotten(demo: str) -> None:
    assert demo
    look = await services.start(None, MACHINIST, None, as_of=TODAY, now=NOW)
    await do_errands(NOW)
    await services.forget_old(now=NOW + services.KEPT)
    assert await repo.look_of(look.id) is not None
    await services.forget_old(now=NOW + services.KEPT + timedelta(seconds=1))
    assert await repo.look_of(look.id) is None


RECORD = {"journeymark": 1, "record": {"person": {"id": "a", "name": "A"}, "evidence": []}}


async def test_drafts_that_mean_nothing_are_refused_with_what_would_be_right(demo: str) -> None:
    assert demo
    with pytest.raises(Invalid, match="no published program"):
        await services.start(None, "nothing", None, as_of=TODAY, now=NOW)
    unknown = await draft(completion={"credential": "nims-machining-1:nothing"})
    with pytest.raises(Invalid, match=r"draft\.json:.*nothing"):
        await services.start(None, MACHINIST, [unknown], as_of=TODAY, now=NOW)
    other = await draft(id="another")
    with pytest.raises(Invalid, match="not read in machinist, which reads program machinist, framework"):
        await services.start(None, MACHINIST, [other], as_of=TODAY, now=NOW)
    with pytest.raises(Invalid, match="holds a record"):
        await services.start(None, MACHINIST, [read_data("ada.json", RECORD)], as_of=TODAY, now=NOW)


def test_completions_are_expected_by_each_ones_own_pace() -> None:
    pace = {
        ("pace", "2025-11", "50"): 3,  # twelve months for a half
        ("pace", "2025-11", "99"): 2,  # not this month any more
        ("pace", "2026-08", "10"): 5,  # three months for a tenth
        ("pace", "2026-09", "90"): 7,  # two months
        ("pace", "2020-01", "4"): 11,  # too little to say
        ("pace", "0001-01", "5"): 13,
    }
    found = expected(Counter(pace), date(2026, 11, 21))
    assert found.too_early == 18
    assert found.months == {
        date(2027, 11, 1): 3,
        date(2026, 12, 1): 2,
        date(2029, 2, 1): 5,
        date(9999, 1, 1): 13,
    }
