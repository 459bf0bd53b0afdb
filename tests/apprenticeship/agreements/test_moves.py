"""The moves of a draft: against a model written again, for any sequence of them."""

from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.agreements.model import LEADS, Kind, State, state_after

ENDS = {State.IN_FORCE, State.WITHDRAWN}


@given(st.lists(st.sampled_from(Kind), max_size=12))
def test_nothing_is_in_force_that_the_faculty_has_not_approved_since_it_was_last_sent_back(
    tried: list[Kind],
) -> None:
    made: list[Kind] = []
    reviewed = approved = over = False
    for kind in tried:
        allowed = (
            not over
            and {
                Kind.REVIEW: not reviewed,
                Kind.APPROVE: reviewed and not approved,
                Kind.RETURN: reviewed,
                Kind.PUT_IN_FORCE: approved,
                Kind.WITHDRAW: True,
            }[kind]
        )
        assert ((state_after(made), kind) in LEADS) == allowed
        if not allowed:
            continue
        made.append(kind)
        reviewed = kind is not Kind.RETURN and (reviewed or kind is Kind.REVIEW)
        approved = kind is not Kind.RETURN and (approved or kind is Kind.APPROVE)
        over = kind in {Kind.PUT_IN_FORCE, Kind.WITHDRAW}
    assert (state_after(made) in ENDS) == over
