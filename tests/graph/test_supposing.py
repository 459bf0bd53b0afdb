"""What-if: as if the record had it, and nothing else; nothing is kept."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.actions import Earn, EarnHours, WaitUntil
from graph.evaluating import DONE, Evaluation
from graph.facts import Revocation
from graph.fixing import Fix, fix
from graph.supposing import Difference, Earned, Revoked, Supposition, suppose
from graph.world import World
from tests.graph.asking import Asked
from tests.oracle.dice import Dice
from tests.oracle.oracle import Oracle
from tests.oracle.worlds import PROGRAM, RandomWorld, Shape, worlds
from tests.thoroughness import examples

Tree = dict[str, Any]
ANY, BEST = Shape(), Shape(latest=False)


def something(dice: Dice, world: World) -> Earn | EarnHours:
    """One thing to pretend, of any kind that the world knows."""
    processes = [process.key for process in world.programs[PROGRAM].work_processes]
    ways: list[Earn | EarnHours] = [
        EarnHours(dice.pick([1, 480, 3000]), dice.pick(["ojl", "rti", *processes])),
        Earn("course", dice.pick(list(world.courses)), grade=dice.pick([None, "A", "C"])),
        Earn("score", dice.pick(list(world.scores)), at_least=dice.number(0, 7)),
    ]
    for key in dice.some(list(world.competencies), 3):
        ways += [Earn("competency", key, rating=dice.pick([None, 1, 3, 4]))] * 2
    for key in dice.some(list(world.credentials), 3):
        part = dice.pick([None, *world.credentials[key].tests])
        ways += [Earn("credential", key, part=part)] * 2
    return dice.pick(ways)


@st.composite
def supposed(draw: st.DrawFn, shape: Shape = ANY) -> tuple[Asked, Supposition]:
    """A world, and up to four things to pretend in it, some of them dated, some of them taken back."""
    asked = Asked(draw(worlds(shape)))
    dice = Dice(draw)
    moved = dice.pick([None, None, -200, -1, 1, 31, 400])
    day = None if moved is None else asked.random.as_of + timedelta(days=moved)
    then = day or asked.random.as_of
    things: list[Earned | Revoked] = []
    for _ in range(dice.number(1, 4)):
        on = dice.pick([None, None, then, then - timedelta(days=dice.number(1, 500))])
        if asked.person.facts and dice.chance(1, 4):
            things.append(Revoked(dice.pick(asked.person.facts).id, on))
        else:
            things.append(Earned(something(dice, asked.world), on))
    return asked, Supposition(tuple(things), day)


def written(asked: Asked, evaluation: Evaluation, supposition: Supposition) -> Tree:
    """The record that has the evidence, as a person would write it into the document."""
    added = evaluation.person.facts[len(asked.person.facts) :]
    entries = []
    for fact, thing in zip(added, supposition.things, strict=True):
        entry: Tree = {"id": fact.id, "on": fact.on.isoformat(), "recorded": fact.recorded.isoformat()}
        if isinstance(thing, Revoked):
            entries.append({**entry, "revokes": thing.evidence, "reason": "withdrawn"})
            continue
        entry["status"] = "verified"
        match thing.what:
            case EarnHours(minutes, within):
                entry |= {"hours": minutes / 60, "in": within}
            case Earn(kind="score") as earn:
                entry |= {"score": earn.key, "value": earn.at_least}
            case Earn() as earn:
                entry |= {earn.kind: earn.key}
                well = {"part": earn.part, "rating": earn.rating, "grade": earn.grade}
                entry |= {name: value for name, value in well.items() if value is not None}
        entries.append(entry)
    body = asked.random.record["record"]
    return {**asked.random.record, "record": {**body, "evidence": [*body["evidence"], *entries]}}


def same(one: Evaluation, other: Evaluation) -> None:
    assert one.competencies == other.competencies
    assert one.credentials == other.credentials
    assert (one.progress, one.complete, one.wage, one.hours) == (
        other.progress,
        other.complete,
        other.wage,
        other.hours,
    )


@given(supposed())
@examples(60)
def test_it_is_as_if_the_record_had_it(drawn: tuple[Asked, Supposition]) -> None:
    asked, supposition = drawn
    found = suppose(asked.evaluation(), supposition)
    really = asked.evaluation(supposition.day, record=written(asked, found, supposition))
    same(found, really)


@given(supposed())
@examples(30)
def test_the_slow_evaluator_says_the_same_of_that_record(drawn: tuple[Asked, Supposition]) -> None:
    asked, supposition = drawn
    found = suppose(asked.evaluation(), supposition)
    oracle = Oracle(
        asked.random.documents,
        written(asked, found, supposition),
        program=PROGRAM,
        as_of=found.as_of,
    )
    for turn in Difference(asked.evaluation(), found).turns:
        kind, key = turn.item
        state, _ = oracle.competency(key) if kind == "competency" else oracle.credential(key)
        assert (turn.item, turn.after.value) == (turn.item, state)
    assert (found.complete, found.progress) == oracle.completion()


@given(supposed(), st.integers(0, 1000))
@examples(30)
def test_whatever_was_known_by_then_sees_what_is_supposed(
    drawn: tuple[Asked, Supposition], place: int
) -> None:
    """As known at an instant: the record with the evidence recorded by then."""
    asked, supposition = drawn
    instants = sorted({fact.recorded for fact in asked.person.facts})
    if not instants:
        return
    known_at = instants[place % len(instants)]
    found = suppose(asked.evaluation(known_at=known_at), supposition)
    record = written(asked, found, supposition)
    assert all(fact.recorded <= known_at for fact in found.person.facts[len(asked.person.facts) :])
    same(found, asked.evaluation(supposition.day, known_at, record))


@given(worlds())
@examples(30)
def test_supposing_nothing_changes_nothing(world: RandomWorld) -> None:
    evaluation = Asked(world).evaluation()
    difference = Difference(evaluation, suppose(evaluation, Supposition()))
    assert difference.nothing
    assert difference.after.person == evaluation.person
    assert difference.after.as_of == evaluation.as_of


@given(supposed())
@examples(30)
def test_nothing_is_kept(drawn: tuple[Asked, Supposition]) -> None:
    """The evaluation that was asked, warm or cold, answers afterwards as one that never was."""
    asked, supposition = drawn
    warm, cold = asked.evaluation(), asked.evaluation()
    same(warm, asked.evaluation())
    before = warm.person
    assert (
        Difference(warm, suppose(warm, supposition)).turns
        == Difference(cold, suppose(cold, supposition)).turns
    )
    assert warm.person is before
    same(warm, asked.evaluation())
    same(cold, asked.evaluation())


def more_only(supposition: Supposition) -> Supposition:
    return Supposition(tuple(thing for thing in supposition.things if isinstance(thing, Earned)))


@given(supposed(BEST))
@examples(60)
def test_supposing_more_loses_nothing(drawn: tuple[Asked, Supposition]) -> None:
    """Under the best rating; and each thing more on top of the others loses nothing either."""
    asked, supposition = drawn
    supposition = more_only(supposition)
    before = asked.evaluation()
    for number in range(1, len(supposition.things) + 1):
        after = suppose(asked.evaluation(), Supposition(supposition.things[:number]))
        difference = Difference(before, after)
        assert difference.lost == ()
        assert all(turn.after in DONE for turn in difference.turns if turn.before in DONE)
        assert after.progress >= before.progress
        assert after.complete or not before.complete
        assert all(was.counted <= now.counted for _, was, now in difference.hours)
        before = after


@given(worlds(BEST), st.integers(0, 10**6))
@examples(60)
def test_supposing_a_smallest_way_reaches_its_goal(world: RandomWorld, place: int) -> None:
    asked = Asked(world)
    evaluation = asked.evaluation()
    for number in range(2):
        rule = asked.goals[(place + 7 * number) % len(asked.goals)]
        way = fix(evaluation, rule.requirement, rule.scope)
        if not isinstance(way, Fix) or any(isinstance(action, WaitUntil) for action in way.actions):
            continue
        earned = [Earned(action) for action in way.actions if not isinstance(action, WaitUntil)]
        after = suppose(evaluation, Supposition(tuple(earned)))
        assert fix(after, rule.requirement, rule.scope) == Fix(()), rule.name


def test_taking_a_supposed_name_that_the_record_uses_is_avoided() -> None:
    asked = Asked(
        RandomWorld(
            documents=[
                {
                    "journeymark": 1,
                    "framework": {"id": "f", "title": "F", "version": "1"},
                    "competencies": [{"id": "c", "title": "C"}],
                },
                {"journeymark": 1, "program": {"id": PROGRAM, "title": "P", "approach": "competency"}},
            ],
            record={
                "journeymark": 1,
                "record": {
                    "person": {"id": "a"},
                    "evidence": [
                        {
                            "id": "supposed-001",
                            "competency": "c",
                            "rating": 1,
                            "on": "2025-01-01",
                            "status": "verified",
                        },
                        {"id": "r", "revokes": "supposed-001", "reason": "wrong", "on": "2025-01-02"},
                    ],
                },
            },
            as_of=date(2025, 6, 1),
        )
    )
    earned = Earned(Earn("competency", "f:c"))
    after = suppose(asked.evaluation(), Supposition((earned, Revoked("r"))))
    assert [fact.id for fact in after.person.facts] == ["supposed-001", "r", "supposed-002", "supposed-003"]
    assert after.competencies["f:c"].by == ("supposed-002",)
    assert isinstance(after.person.facts[-1], Revocation)
