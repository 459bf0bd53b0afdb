"""Real processes killed at random under load: nothing acknowledged is lost, nothing happens twice.

Small, for each change; `make kills` does it in full.
"""

import pytest

from tests.faults.harness import Plan, run

pytestmark = [pytest.mark.stack, pytest.mark.faults]

KILLS = 20
SIGNOFFS = 200
SEED = 2026


@pytest.mark.parametrize("empties_broker", [False, True], ids=["killed", "and the broker emptied"])
async def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(empties_broker: bool) -> None:
    kills, signoffs = (KILLS // 3, SIGNOFFS // 2) if empties_broker else (KILLS, SIGNOFFS)
    outcome = await run(Plan(seed=SEED, kills=kills, signoffs=signoffs, empties_broker=empties_broker))
    print(outcome.words())  # noqa: T201 - the seed is wanted where it fails
    assert outcome.faults == [], outcome.said
    assert sum(outcome.killed.values()) == kills
    assert outcome.acknowledged["hand in"] == outcome.acknowledged["sign off"] == signoffs
    assert outcome.acknowledged["raise"] >= signoffs // 20, "everybody was given a raise"
    assert outcome.errands["done"] > signoffs // 2
    assert outcome.met["replayed"], "something was answered again"
    if empties_broker:
        assert outcome.nudges_lost, "something was in the broker when it was emptied"
