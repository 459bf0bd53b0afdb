"""Implication between rules: sound on random worlds over all days, and able to see what a reader sees."""

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import timeline
from graph.implication import MOST_COMPARISONS, Implication
from graph.order import Scope
from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
    leaves,
)
from graph.world import Competency, Credential, Framework, Named, Program, Step, World
from tests.graph.acyclic import tree
from tests.graph.asking import Asked
from tests.oracle.dice import Dice
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

PAIRS = 40


@st.composite
def dice_drawn(draw: st.DrawFn) -> Dice:
    return Dice(draw)


def variant(dice: Dice, leaf: Requirement) -> Requirement:
    """A leaf that asks for a little more or less of the same."""
    more = dice.number(-1, 1)
    match leaf:
        case CredentialLeaf():
            found: Requirement = replace(leaf, current=dice.chance(1, 2))
        case CompetencyLeaf():
            found = replace(leaf, rating=dice.pick([None, 0, 1, 2, 3, 4]))
        case HoursLeaf():
            found = replace(leaf, minutes=max(leaf.minutes + 60 * more, 0))
        case MonthsLeaf():
            found = replace(leaf, months=max(leaf.months + more, 1))
        case ScoreLeaf():
            found = replace(leaf, at_least=max(leaf.at_least + more, 0))
        case CredentialCount():
            fewer = replace(leaf, needed=max(leaf.needed + more, 1))
            found = dice.pick([fewer, replace(leaf, level=None), replace(leaf, current=not leaf.current)])
        case CompetencyCount():
            less = replace(leaf, needed=max(leaf.needed + more, 1))
            found = dice.pick([less, replace(leaf, work_process=None), replace(leaf, kind=None)])
        case _:
            found = leaf
    return found


def rules_over(dice: Dice, pool: list[Requirement]) -> list[Requirement]:
    """Pairs of rules that have much in common, one after the other."""
    few = [variant(dice, dice.pick(pool)) for _ in range(dice.number(1, 3))]
    few += [variant(dice, leaf) for leaf in few]
    return [tree(dice, few, 2) for _ in range(2 * PAIRS)]


@given(world=worlds(), dice=dice_drawn())
@examples(60)
def test_where_one_rule_implies_another_it_does_so_on_every_day(world: RandomWorld, dice: Dice) -> None:
    asked = Asked(world)
    reckoning = asked.evaluation().actual
    steps = [step.key for step in asked.world.programs[PROGRAM].steps]
    pool: list[Requirement] = [leaf for goal in asked.goals for leaf in leaves(goal.requirement)]
    implication = Implication(asked.world)
    for scope in (Scope(PROGRAM), asked.evaluation().step_scope(dice.pick(steps))):
        rules = [*rules_over(dice, pool), *(rule.requirement for rule in asked.goals)]
        for rule, other in pairwise(rules):
            for one, implied in ((rule, other), (other, rule)):
                if implication.holds(one, implied):
                    line = reckoning.holds(one, scope)
                    assert timeline.all_of(line, reckoning.holds(implied, scope)) == line, (one, implied)


SHOP = Framework("shop")
A, B, C, D = (CredentialLeaf(f"shop:{name}") for name in "abcd")
X = CompetencyLeaf("shop:x")


EITHER = Any((A, B))


def world(a_level: int = 1, named: Requirement = EITHER) -> World:
    """Credentials a and b of one level and c and d of another, competencies, a program with three steps."""
    levels = {"a": a_level, "b": 1, "c": 2, "d": 2}
    return World(
        frameworks={"shop": SHOP},
        competencies={
            f"shop:{name}": Competency(key=f"shop:{name}", framework=SHOP, kind=kind)
            for name, kind in (("x", "duty"), ("y", "duty"), ("z", "task"))
        },
        credentials={
            f"shop:{name}": Credential(key=f"shop:{name}", framework=SHOP, level=level)
            for name, level in levels.items()
        },
        requirements={
            "shop:r": Named("shop:r", "R", named),
            "shop:waits": Named("shop:waits", "Waits", MonthsLeaf(3, "step")),
            "shop:round": Named("shop:round", "Round", Any((NamedLeaf("shop:round"), A))),
        },
        programs={"trade": Program("trade", steps=(Step("trade:s1"), Step("trade:s2"), Step("trade:s3")))},
    )


Pair = tuple[Requirement, Requirement]
IMPLIED: list[Pair] = [
    (A, A),
    (CredentialLeaf("shop:a", current=True), A),
    (CompetencyLeaf("shop:x", rating=4), X),
    (CompetencyLeaf("shop:x", rating=4), CompetencyLeaf("shop:x", rating=3)),
    (HoursLeaf(60, "ojl"), HoursLeaf(30, "ojl")),
    (MonthsLeaf(4, "step"), MonthsLeaf(3, "step")),
    (ScoreLeaf("shop:m", 5), ScoreLeaf("shop:m", 4)),
    (CourseLeaf("shop:k", "A", ("A",)), CourseLeaf("shop:k", "B", ("A", "B"))),
    (CourseLeaf("shop:k", "A", ("A",)), CourseLeaf("shop:k")),
    (StepLeaf("trade:s3"), StepLeaf("trade:s2")),
    (ProgramLeaf("trade"), ProgramLeaf("trade")),
    (CredentialCount(2, "shop", 1), CredentialCount(2)),
    (CredentialCount(3), CredentialCount(1, level=1)),
    (CredentialCount(2, current=True), CredentialCount(1)),
    (CompetencyCount(2, kind="duty"), CompetencyCount(2)),
    (A, CredentialCount(1, level=1)),
    (All((A, C)), CredentialCount(2)),
    (AtLeast(2, (A, B, C)), CredentialCount(2)),
    (All((X, CompetencyLeaf("shop:y", 4))), CompetencyCount(2, kind="duty")),
    (All((A, B)), A),
    (A, Any((A, B))),
    (Any((A, B)), AtLeast(1, (B, A))),
    (Any((All((A, B)), All((A, C)))), A),
    (AtLeast(2, (A, B, C)), Any((A, B))),
    (AtLeast(3, (A, B, C, D)), AtLeast(2, (A, B, C))),
    (AtLeast(2, (A, B, C)), AtLeast(2, (A, B, C, D))),
    (AtLeast(2, (All((A, X)), B, C)), AtLeast(2, (A, B, C))),
    (All((A, Any((B, C)))), Any((All((A, B)), A))),
    (A, NamedLeaf("shop:r")),
    (NamedLeaf("shop:r"), Any((B, A, C))),
    (NamedLeaf("shop:waits"), NamedLeaf("shop:waits")),
]
NOT_IMPLIED: list[Pair] = [
    (A, B),
    (A, CredentialLeaf("shop:a", current=True)),
    (X, CompetencyLeaf("shop:x", rating=1)),
    (A, CompetencyLeaf("shop:a")),
    (HoursLeaf(60, "ojl"), HoursLeaf(60, "rti")),
    (HoursLeaf(30, "ojl"), HoursLeaf(60, "ojl")),
    (MonthsLeaf(4, "step"), MonthsLeaf(3, "registered")),
    (CourseLeaf("shop:k"), CourseLeaf("shop:k", "B", ("A", "B"))),
    (StepLeaf("trade:s2"), StepLeaf("trade:s3")),
    (CredentialCount(2), CredentialCount(2, level=1)),
    (CredentialCount(2), CredentialCount(2, current=True)),
    (CredentialCount(2), CompetencyCount(2)),
    (C, CredentialCount(1, level=1)),
    (All((A, A)), CredentialCount(2)),
    (A, CredentialCount(1, current=True)),
    (Any((A, B)), A),
    (AtLeast(2, (A, B, C)), A),
    (AtLeast(2, (A, A, B)), AtLeast(2, (A, B))),
    (AtLeast(2, (A, B, C)), AtLeast(2, (A, B))),
    (NamedLeaf("shop:waits"), MonthsLeaf(3, "step")),
    (MonthsLeaf(3, "step"), NamedLeaf("shop:waits")),
    (NamedLeaf("shop:round"), B),
    (A, NamedLeaf("shop:round")),  # so it is, but a rule that goes in a circle is not seen through
]


@pytest.mark.parametrize(("rule", "implied"), IMPLIED, ids=str)
def test_what_a_reader_sees_is_seen(rule: Requirement, implied: Requirement) -> None:
    assert Implication(world()).holds(rule, implied)


@pytest.mark.parametrize(("rule", "implied"), NOT_IMPLIED, ids=str)
def test_what_is_not_so_is_not_said(rule: Requirement, implied: Requirement) -> None:
    assert not Implication(world()).holds(rule, implied)


LEAVES: list[Requirement] = [
    *(CredentialLeaf(f"shop:{name}", current) for name in "abcd" for current in (False, True)),
    *(CompetencyLeaf(f"shop:{name}", rating) for name in "xyz" for rating in (None, 4)),
    *(
        CredentialCount(n, level=level, current=c)
        for n in (1, 2, 3)
        for level in (None, 1)
        for c in (False, True)
    ),
    *(CompetencyCount(n, kind=kind) for n in (1, 2, 3) for kind in (None, "duty", "task")),
    NamedLeaf("shop:r"),
]
State = dict[str, int]
"""How far each item is: 0 not at all, 1 held and expired or met, 2 held and current or met with a 4."""


def holds_in(found: World, rule: Requirement, state: State) -> bool:
    match rule:
        case CredentialLeaf():
            return state[rule.key] > int(rule.current)
        case CompetencyLeaf():
            return state[rule.key] > int(rule.rating is not None)
        case CredentialCount():
            keys = [key for key, item in found.credentials.items() if rule.level in (None, item.level)]
            return sum(state[key] > int(rule.current) for key in keys) >= rule.needed
        case CompetencyCount():
            keys = [key for key, item in found.competencies.items() if rule.kind in (None, item.kind)]
            return sum(state[key] > 0 for key in keys) >= rule.needed
        case NamedLeaf():
            return holds_in(found, found.requirements[rule.key].when, state)
        case All() | Any() | AtLeast():
            return sum(holds_in(found, member, state) for member in rule.members) >= rule.needed
        case _:
            raise TypeError(type(rule).__name__)


@given(dice=dice_drawn())
@examples(30)
def test_where_one_rule_implies_another_it_does_so_in_every_line_of_the_truth_table(dice: Dice) -> None:
    found = world()
    implication = Implication(found)
    items = [*found.credentials, *found.competencies]
    table = [dict(zip(items, line, strict=True)) for line in product(range(3), repeat=len(items))]
    for _ in range(10):
        few = [dice.pick(LEAVES) for _ in range(3)]
        rule, implied = tree(dice, few, 2), tree(dice, [*few, dice.pick(LEAVES)], 2)
        if implication.holds(rule, implied):
            assert all(holds_in(found, implied, line) for line in table if holds_in(found, rule, line))


def test_every_leaf_implies_what_the_truth_table_says_but_for_counts_of_everything() -> None:
    """Of leaves the answer is complete, but where a count asks for all there are."""
    found = world()
    implication = Implication(found)
    items = [*found.credentials, *found.competencies]
    table = [dict(zip(items, line, strict=True)) for line in product(range(3), repeat=len(items))]
    columns = {leaf: [holds_in(found, leaf, line) for line in table] for leaf in LEAVES}
    for rule, implied in product(LEAVES, repeat=2):
        so = all(after for before, after in zip(columns[rule], columns[implied], strict=True) if before)
        never = not any(columns[rule])
        if implication.holds(rule, implied) != so:
            assert so
            assert never or isinstance(rule, CredentialCount | CompetencyCount)


def test_every_rule_with_months_outside_implies_itself() -> None:
    implication = Implication(world())
    assert all(implication.holds(rule, rule) for pair in IMPLIED + NOT_IMPLIED for rule in pair)


@pytest.mark.parametrize(
    ("rule", "implied", "holds"),
    [
        (NamedLeaf("shop:r"), NamedLeaf("shop:r"), True),
        (Any((A, B)), NamedLeaf("shop:r"), True),
        (NamedLeaf("shop:r"), Any((A, B)), True),
        (Any((A, C)), NamedLeaf("shop:r"), True),
        (NamedLeaf("shop:r"), A, False),
        (StepLeaf("trade:s3"), StepLeaf("trade:s3"), True),
        (StepLeaf("trade:s3"), StepLeaf("trade:s2"), False),  # the newer schedule may have another order
        (CredentialCount(1, level=1), CredentialCount(1, level=1), False),  # a has become level 2
        (CredentialCount(2, level=1), CredentialCount(1, level=1), True),
        (CredentialCount(1, level=2), CredentialCount(1, level=2), True),
    ],
    ids=str,
)
def test_names_counts_and_steps_of_two_versions_are_read_each_in_its_own(
    rule: Requirement, implied: Requirement, holds: bool
) -> None:
    older, newer = world(), world(a_level=2, named=Any((A, B, C)))
    assert Implication(older, newer).holds(rule, implied) is holds


def test_rules_that_are_gone_do_not_answer_for_new_ones() -> None:
    """Answers are kept by identity within one question, and Python gives new objects old identities."""
    implication = Implication(world())
    for _ in range(200):
        assert implication.holds(All((A, B)), Any((A, C)))
        assert not implication.holds(All((C, B)), Any((A, D)))


def test_names_behind_names_are_compared_as_deep_as_they_go_or_not_at_all() -> None:
    chain = {"shop:n0": Named("shop:n0", "N", A)}
    for number in range(1, 3000):
        inner = NamedLeaf(f"shop:n{number - 1}")
        key = f"shop:n{number}"
        chain[key] = Named(key, "N", All((inner, B)) if number % 2 else inner)
    implication = Implication(replace(world(), requirements=chain))
    assert implication.holds(NamedLeaf("shop:n99"), A)
    assert not implication.holds(NamedLeaf("shop:n2999"), A)  # so deep that nothing is said


def nested(levels: int, innermost: Requirement) -> Requirement:
    found = innermost
    for _ in range(levels):
        found = AtLeast(2, (found, B, C))
    return found


def test_rules_deeper_than_anybody_writes_are_no_trouble() -> None:
    implication = Implication(world())
    assert implication.holds(nested(40, CredentialLeaf("shop:a", current=True)), nested(40, A))
    assert not implication.holds(nested(400, A), nested(400, CredentialLeaf("shop:a", current=True)))


def test_after_so_many_comparisons_nothing_more_is_said() -> None:
    implication = Implication(world())
    many = [CredentialLeaf(f"shop:{number}") for number in range(100)]
    asked = [implication.holds(All((*many, A)), Any((*many, A))) for _ in range(MOST_COMPARISONS // 100 + 1)]
    assert asked[0]
    assert not asked[-1]


def test_two_groups_of_sixty_are_compared_in_no_time() -> None:
    many = [CredentialLeaf(f"shop:{number}") for number in range(60)]
    nested = [AtLeast(2, tuple(many[at : at + 4])) for at in range(57)]
    implication = Implication(world())
    assert implication.holds(AtLeast(30, tuple(nested)), AtLeast(29, tuple(nested)))
    assert not implication.holds(AtLeast(29, tuple(nested)), AtLeast(30, tuple(nested)))
