"""What can be started now: what it opens and how much nearer it brings a goal, each held against asking anew."""

from datetime import date
from fractions import Fraction

from hypothesis import given

from graph import timeline
from graph.actions import Earn
from graph.evaluating import DONE, Evaluation, State
from graph.fixing import Fix, fix
from graph.next_steps import Gain, NextStep, next_steps, ways_of
from graph.requirement import ProgramLeaf, StepLeaf
from graph.supposing import Earned, Supposition, suppose
from tests.graph.asking import Asked
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

Place = tuple[str, str]


def opened(before: Evaluation, after: Evaluation) -> list[Place]:
    """Locked before, and then with its prerequisites, by working everything out again."""
    found = []
    for kind, known in (("competency", before.world.competencies), ("credential", before.world.credentials)):
        for key, item in known.items():
            open_then = timeline.is_true(after.actual.prerequisites(item), after.as_of.toordinal())
            if before.states[(kind, key)] is State.LOCKED and open_then:
                found.append((kind, key))
    return sorted(place for place in found if after.states[place] not in DONE)


def newly_done(before: Evaluation, after: Evaluation) -> list[Place]:
    places = [("competency", key) for key in before.world.competencies]
    places += [("credential", key) for key in before.world.credentials]
    return sorted(p for p in places if after.states[p] in DONE and before.states[p] not in DONE)


def after_doing(evaluation: Evaluation, earn: Earn) -> Evaluation:
    return suppose(evaluation, Supposition((Earned(earn),)))


@given(worlds())
@examples(60)
def test_what_a_step_opens_and_proves_is_what_asking_anew_says(world: RandomWorld) -> None:
    evaluation = Asked(world).evaluation()
    for step in next_steps(evaluation, ways_of(evaluation)):
        after = after_doing(evaluation, step.earn)
        assert list(step.opens) == opened(evaluation, after)
        assert [*step.proves] == [p for p in newly_done(evaluation, after) if p != step.item]
        if step.finishing is not None:
            assert step.finishing.progress == after.progress - evaluation.progress
            assert step.finishing.reached == after.complete
        if step.raising is not None and evaluation.wage is not None and evaluation.wage.next is not None:
            line = after.actual.step(evaluation.wage.next)
            assert step.raising.reached == timeline.is_true(line, evaluation.as_of.toordinal())


def distances(evaluation: Evaluation, base: Evaluation) -> tuple[int | None, int | None]:
    """Sizes of the smallest ways to the goals that the base evaluation has."""
    sizes: list[int | None] = [None, None]
    if base.wage is not None and base.wage.next is not None:
        way = fix(evaluation, StepLeaf(base.wage.next), base.step_scope(base.wage.next))
        sizes[0] = len(way.actions) if isinstance(way, Fix) else None
    if base.program is not None and base.program.completion is not None and not base.complete:
        way = fix(evaluation, ProgramLeaf(PROGRAM), base.scope)
        sizes[1] = len(way.actions) if isinstance(way, Fix) else None
    return sizes[0], sizes[1]


def same_distance(gain: Gain | None, before: int | None, after: int | None) -> None:
    if gain is None or gain.left is None:
        return
    assert gain.left == before
    assert before is not None
    assert after is not None
    assert before - after in (0, 1)
    if gain.nearer is not None:
        assert gain.nearer == before - after


@given(worlds())
@examples(40)
def test_no_step_comes_nearer_than_by_one_and_those_on_the_way_do_by_one(world: RandomWorld) -> None:
    """The rule that spares a search for each step."""
    evaluation = Asked(world).evaluation()
    before = distances(evaluation, evaluation)
    for step in next_steps(evaluation, ways_of(evaluation)):
        after = distances(after_doing(evaluation, step.earn), evaluation)
        same_distance(step.raising, before[0], after[0])
        same_distance(step.finishing, before[1], after[1])


@given(worlds())
@examples(25)
def test_asked_exactly_every_distance_is_known_and_the_rest_is_the_same(world: RandomWorld) -> None:
    evaluation = Asked(world).evaluation()
    ways = ways_of(evaluation)
    quick = {step.item: step for step in next_steps(evaluation, ways)}
    exact = {step.item: step for step in next_steps(evaluation, ways, exact=True)}
    assert quick.keys() == exact.keys()
    for item, step in exact.items():
        for was, now in ((quick[item].raising, step.raising), (quick[item].finishing, step.finishing)):
            if now is None or was is None:
                assert now is was is None
                continue
            assert now.nearer is not None or now.left is None
            assert was.nearer in (None, now.nearer)
            assert (was.left, was.progress, was.reached) == (now.left, now.progress, now.reached)


@given(worlds())
@examples(40)
def test_steps_can_be_started_and_have_an_effect(world: RandomWorld) -> None:
    evaluation = Asked(world).evaluation()
    steps = next_steps(evaluation, ways_of(evaluation))
    assert len({step.item for step in steps}) == len(steps)
    for step in steps:
        kind, key = step.item
        items = evaluation.world.competencies if kind == "competency" else evaluation.world.credentials
        day = evaluation.as_of.toordinal()
        assert timeline.is_true(evaluation.actual.prerequisites(items[key]), day)
        assert step.state not in (State.LOCKED, State.PENDING)


SHOP = {
    "journeymark": 1,
    "framework": {"id": "f", "title": "F", "version": "1"},
    "competencies": [
        {"id": "layout", "title": "Layout", "effort": {"hours": 20}},
        {"id": "sawing", "title": "Sawing", "effort": {"hours": 10}},
        {"id": "filing", "title": "Filing"},
        {"id": "bench", "title": "Bench", "kind": "area", "satisfied_by": {"competency": "layout"}},
        {
            "id": "milling",
            "title": "Milling",
            "prerequisites": {
                "at_least": 2,
                "of": [{"competency": "layout"}, {"competency": "sawing"}, {"competency": "filing"}],
            },
        },
        {"id": "turning", "title": "Turning", "prerequisites": {"competency": "sawing"}},
    ],
    "credentials": [{"id": "lathe", "title": "Lathe", "prerequisites": {"competency": "sawing"}}],
}
TRADE = {
    "journeymark": 1,
    "program": {
        "id": PROGRAM,
        "title": "P",
        "approach": "competency",
        "completion": {"all": [{"competency": "turning"}, {"competency": "milling"}]},
        "wages": {
            "journey_rate": {"usd_per_hour": 30, "from": "2024-01-01"},
            "steps": [
                {"id": "s1", "percent": 50},
                {"id": "s2", "percent": 60, "when": {"competency": "filing"}},
            ],
        },
    },
}


def shop(*evidence: dict[str, object]) -> Evaluation:
    record = {
        "journeymark": 1,
        "record": {
            "person": {"id": "a"},
            "enrolments": [{"program": PROGRAM, "registered": "2025-01-06"}],
            "evidence": list(evidence),
        },
    }
    return Asked(RandomWorld([SHOP, TRADE], record, date(2025, 6, 1))).evaluation()


def signed(key: str) -> dict[str, object]:
    return {"id": key, "competency": key, "on": "2025-02-01", "status": "verified"}


def named(steps: tuple[NextStep, ...]) -> list[tuple[str, list[str], list[str]]]:
    return [(s.item[1], [key for _, key in s.opens], [key for _, key in s.proves]) for s in steps]


def test_the_raise_comes_first_then_completion_then_what_opens_most() -> None:
    evaluation = shop()
    steps = next_steps(evaluation, ways_of(evaluation))
    assert named(steps) == [
        ("f:filing", [], []),
        ("f:sawing", ["f:turning", "f:lathe"], []),
        ("f:layout", [], ["f:bench"]),
    ]
    filing, sawing, layout = steps
    assert filing.raising == Gain(1, 1, Fraction(1), reached=True)
    assert (sawing.raising and sawing.raising.nearer, sawing.finishing and sawing.finishing.nearer) == (
        None,
        1,
    )
    assert (sawing.minutes, filing.minutes) == (600, None)
    assert layout.finishing is not None
    assert layout.finishing.progress == 0


def test_of_n_of_m_only_the_last_one_needed_opens() -> None:
    evaluation = shop(signed("layout"))
    found = {item: opens for item, opens, _ in named(next_steps(evaluation, ways_of(evaluation)))}
    assert found["f:filing"] == ["f:milling"]
    assert found["f:sawing"] == ["f:milling", "f:turning", "f:lathe"]


def test_without_a_program_only_what_opens_counts() -> None:
    asked = Asked(
        RandomWorld(
            [SHOP, TRADE],
            {"journeymark": 1, "record": {"person": {"id": "a"}}},
            date(2025, 6, 1),
        )
    )
    evaluation = Evaluation(asked.world, asked.person, program=None, as_of=date(2025, 6, 1), known_at=None)
    steps = next_steps(evaluation, ways_of(evaluation))
    assert [step.item[1] for step in steps] == ["f:sawing", "f:layout", "f:filing"]
    assert all(step.raising is None and step.finishing is None for step in steps)
