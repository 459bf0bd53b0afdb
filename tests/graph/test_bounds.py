"""What a rule takes at least: published shapes of wage steps, and nobody with less meets it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.bounds import least_minutes, least_months
from graph.names import Names
from graph.requirement import (
    OJL,
    RTI,
    All,
    Any,
    AtLeast,
    CredentialLeaf,
    Group,
    HoursLeaf,
    MonthsLeaf,
    Requirement,
)
from graph.world import World
from tests.thoroughness import examples

NAMES = Names(World())
PROCESSES = ("trade:milling", "trade:turning")
STEP_3, STEP_6 = MonthsLeaf(3, "step"), MonthsLeaf(6, "step")


@pytest.mark.parametrize(
    ("rule", "months"),
    [
        (STEP_6, 18),
        (MonthsLeaf(24, "registered"), 24),
        (MonthsLeaf(6, "registered"), 12),
        (Any((CredentialLeaf("shop:a"), STEP_6)), 12),
        (All((CredentialLeaf("shop:a"), STEP_6)), 18),
        (AtLeast(2, (STEP_3, STEP_6, MonthsLeaf(36, "registered"))), 18),
    ],
)
def test_months_after_a_step_that_takes_a_year(rule: Requirement, months: int) -> None:
    assert least_months(NAMES, rule, 12) == months


def _rules() -> st.SearchStrategy[Requirement]:
    leaves = st.builds(HoursLeaf, st.integers(0, 5), st.sampled_from((*PROCESSES, OJL, RTI)))
    return st.recursive(leaves, lambda inner: _groups(st.lists(inner, min_size=1, max_size=3)), max_leaves=8)


def _groups(members: st.SearchStrategy[list[Requirement]]) -> st.SearchStrategy[Group]:
    return members.flatmap(
        lambda found: st.one_of(
            st.just(All(tuple(found))),
            st.just(Any(tuple(found))),
            st.integers(1, len(found)).map(lambda needed: AtLeast(needed, tuple(found))),
        )
    )


def _holds(rule: Requirement, hours: dict[str, int]) -> bool:
    if isinstance(rule, Group):
        return sum(_holds(member, hours) for member in rule.members) >= rule.needed
    assert isinstance(rule, HoursLeaf)
    done = (
        hours["logged"] + sum(hours[p] for p in PROCESSES)
        if rule.within == OJL
        else hours.get(rule.within, 9)
    )
    return done >= rule.minutes


@examples(200)
@given(rule=_rules(), spent=st.lists(st.integers(0, 6), min_size=3, max_size=3))
def test_nobody_with_fewer_hours_meets_a_rule(rule: Requirement, spent: list[int]) -> None:
    hours = dict(zip((*PROCESSES, "logged"), spent, strict=True))
    if _holds(rule, hours):
        assert sum(spent) >= least_minutes(NAMES, rule)
