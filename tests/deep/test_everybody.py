"""Ten thousand random worlds: everybody at once against one person after the other, no answer different."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.gates.test_everybody import compare
from tests.oracle.worlds import RandomWorld, worlds

pytestmark = pytest.mark.deep


@given(world=worlds(), seed=st.integers(0, 10**6))
@settings(max_examples=10_000)
def test_everybody_on_ten_thousand_worlds(world: RandomWorld, seed: int) -> None:
    compare(world, seed, days=2)
