"""The choice of awards: the search, the mixed-integer program and every combination give the same set."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.credit.choice import Candidate, Choice, Chosen, union
from apprenticeship.credit.choosing import Branching, OutOfSteps
from apprenticeship.credit.programming import Program
from apprenticeship.credit.selecting import fits_together, select
from tests.oracle.dice import Dice
from tests.thoroughness import examples

PIECES = 6


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    dice = Dice(draw)
    candidates = tuple(candidate(dice, number) for number in range(dice.number(1, 6)))
    pairs = {frozenset({dice.pick(candidates).id, dice.pick(candidates).id}) for _ in range(3)}
    return Choice(
        candidates,
        room=dice.pick([None, None, 900, 500]),
        groups=dice.pick([{}, {"t": 500}, {"t": 700, "g": 300}]),
        sharing=frozenset(pair for pair in pairs if len(pair) == 2) if dice.chance(1, 3) else frozenset(),
        share_all=dice.chance(1, 8),
    )


def candidate(dice: Dice, number: int) -> Candidate:
    drawn = {dice.number(1, 2**PIECES - 1) for _ in range(dice.number(1, 4))}
    minimal = [s for s in drawn if not any(o != s and o & s == o for o in drawn)]
    options = tuple(sorted(minimal, key=lambda s: (s.bit_count(), -s)))
    group, one_of = dice.pick([None, "t", "g"]), dice.pick([None, None, "x"])
    return Candidate(f"a{number}", dice.pick([300, 200, 400, 150]), options, group, one_of)


def allowed(choice: Choice, places: tuple[int, ...]) -> bool:
    found = [choice.candidates[place] for place in places]
    names = [one.one_of for one in found if one.one_of]
    grouped = all(
        sum(one.credits for one in found if one.group == group) <= most
        for group, most in choice.groups.items()
    )
    whole = choice.room is None or sum(one.credits for one in found) <= choice.room
    return whole and grouped and len(set(names)) == len(names)


def ways(choice: Choice, places: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [
        way
        for way in product(*(choice.candidates[place].options for place in places))
        if all(
            choice.may_share(one, other) or not evidence & more
            for (one, evidence), (other, more) in combinations(zip(places, way, strict=True), 2)
        )
    ]


def every_way(
    choice: Choice, beyond: frozenset[int] | None = None
) -> tuple[int, int, tuple[int, ...]] | None:
    """(credits, pieces, places) of the best of all combinations."""
    found = []
    for size in range(len(choice.candidates) + 1):
        for places in combinations(range(len(choice.candidates)), size):
            if beyond is not None and not beyond & set(places):
                continue
            if allowed(choice, places) and (fitting := ways(choice, places)):
                worth = sum(choice.candidates[place].credits for place in places)
                found.append((-worth, min(union(way).bit_count() for way in fitting), places))
    if not found:
        return None
    worth, pieces, places = min(found)
    return -worth, pieces, places


def summed(chosen: Chosen | None) -> tuple[int, int, tuple[int, ...]] | None:
    return None if chosen is None else (chosen.credits, chosen.pieces, tuple(sorted(chosen.places)))


@given(choices(), st.booleans())
@examples(300)
def test_the_search_finds_the_best_of_all_combinations(choice: Choice, narrowed: bool) -> None:
    beyond = frozenset({len(choice.candidates) - 1}) if narrowed else None
    assert summed(Branching(choice, beyond).run()) == every_way(choice, beyond)


@given(choices(), st.booleans())
@examples(60)
def test_the_program_finds_the_same_and_proves_it(choice: Choice, narrowed: bool) -> None:
    beyond = frozenset({len(choice.candidates) - 1}) if narrowed else None
    expected = every_way(choice, beyond)
    found, at_most = Program(choice, beyond).solve()
    assert summed(found) == expected
    assert at_most == (expected[0] if expected else 0)


@given(choices())
@examples(100)
def test_what_fits_together_has_a_way_to_share_out_the_evidence(choice: Choice) -> None:
    places = tuple(range(len(choice.candidates)))
    assert fits_together(choice, frozenset(places)) is bool(ways(choice, places))


def test_where_nothing_is_possible_the_program_says_so() -> None:
    choice = Choice((Candidate("a0", 400, (1,)),), room=300)
    assert Program(choice, frozenset({0})).solve() == (None, 0)


def crowded(number: int, pieces: int) -> Choice:
    """More awards than pieces, each content with any two: nothing that a search by taking and leaving can prove."""
    pairs = [(1 << one) | (1 << other) for one, other in combinations(range(pieces), 2)]
    return Choice(tuple(Candidate(f"a{n:02}", 300, tuple(pairs)) for n in range(number)))


def test_a_long_search_gives_up_and_the_program_proves_it() -> None:
    choice = crowded(12, 9)
    with pytest.raises(OutOfSteps):
        Branching(choice).run()
    found = select(choice)
    assert found.chosen is not None
    assert found.chosen.credits == found.at_most == 4 * 300
    assert [choice.candidates[place].id for place in sorted(found.chosen.places)] == [
        "a00",
        "a01",
        "a02",
        "a03",
    ]
    assert found.chosen.pieces == 8


def test_too_many_awards_for_the_evidence_are_told_apart_from_enough() -> None:
    choice = crowded(12, 9)
    assert fits_together(choice, frozenset(range(4))) is True
    assert fits_together(choice, frozenset(range(5))) is False
