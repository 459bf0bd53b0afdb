"""A rule as chips: what is added can be taken away again, and what a group asks for can be set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.requirement import All, Any, AtLeast, CredentialLeaf, Group, Requirement, leaves
from tests.thoroughness import examples
from web.pages import chips

A, B, C, D = (CredentialLeaf(f"f:{name}") for name in "abcd")
members = st.sampled_from([A, B, C, D])


def groups(rules: st.SearchStrategy[Requirement]) -> st.SearchStrategy[Requirement]:
    many = st.lists(rules, min_size=1, max_size=4).map(tuple)
    some = many.flatmap(lambda of: st.builds(AtLeast, st.integers(1, len(of)), st.just(of)))
    return st.one_of(st.builds(All, many), st.builds(Any, many), some)


rules = st.recursive(members, groups, max_leaves=10)


def places(rule: Requirement, at: chips.Place = ()) -> list[chips.Place]:
    inner = rule.members if isinstance(rule, Group) else ()
    return [at, *(place for number, one in enumerate(inner) for place in places(one, (*at, number)))]


@examples(200)
@given(rule=rules, data=st.data())
def test_a_place_finds_its_node_and_putting_it_back_changes_nothing(
    rule: Requirement, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(places(rule)))
    assert chips.place_of(chips.place_text(place)) == place
    assert chips.put(rule, place, chips.at(rule, place)) == rule


@examples(200)
@given(rule=rules, data=st.data())
def test_what_is_added_to_a_group_can_be_taken_away_again(rule: Requirement, data: st.DataObject) -> None:
    in_groups = [one for one in places(rule) if isinstance(chips.at(rule, one), Group)]
    if not in_groups:
        return
    into = data.draw(st.sampled_from(in_groups))
    more = chips.added(rule, D, into)
    group = chips.at(more, into)
    assert isinstance(group, Group)
    left = chips.without(more, (*into, len(group.members) - 1))
    # a whole that is left with one condition is that condition
    assert left in (rule, group.members[0] if into == () else rule)


@examples(200)
@given(rule=rules, data=st.data())
def test_what_is_left_can_be_asked_for(rule: Requirement, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places(rule)))
    left = chips.without(rule, place)
    gone = len(list(leaves(chips.at(rule, place))))
    assert len([] if left is None else list(leaves(left))) == len(list(leaves(rule))) - gone
    for one in [] if left is None else places(left):
        node = chips.at(left, one)  # type: ignore[arg-type]
        assert not isinstance(node, Group) or 1 <= node.needed <= len(node.members)


def test_conditions_one_after_the_other_become_all_of_them() -> None:
    rule = chips.added(None, A, ())
    assert rule == A
    rule = chips.added(rule, B, ())
    assert rule == All((A, B))
    rule = chips.added(rule, Any((C,)), ())
    rule = chips.added(rule, D, (2,))
    assert rule == All((A, B, Any((C, D))))
    assert chips.asking_for(rule, (2,), "2") == All((A, B, AtLeast(2, (C, D))))
    assert chips.asking_for(rule, (2,), "all") == All((A, B, All((C, D))))
    assert chips.asking_for(rule, (), "any") == Any((A, B, Any((C, D))))


@pytest.mark.parametrize("how", ["0", "3", "-1", "none"])
def test_a_group_does_not_ask_for_more_than_it_has(how: str) -> None:
    with pytest.raises(ValueError, match=how):
        chips.asking_for(All((A, B)), (), how)


@pytest.mark.parametrize("place", [(2,), (0, 0), (-1,)])
def test_a_place_that_is_not_there_is_refused(place: chips.Place) -> None:
    for ask in (chips.at, chips.without):
        with pytest.raises(LookupError):
            ask(All((A, B)), place)
    with pytest.raises(ValueError, match="x"):
        chips.place_of("0.x")
