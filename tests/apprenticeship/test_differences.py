"""A decision that comes out differently is found whatever was changed, and a person lets it stand, or not."""

import pytest

from apprenticeship.differences.services import accept, replayed
from apprenticeship.raises.replay import Difference, replay_all
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from tests.apprenticeship.acting import acting, rows
from tests.apprenticeship.test_raise_decisions import GIVEN, S2, say
from tests.web.shop import NOW, Shop

TAMPERED = {
    "cents_after = cents_after + 100": "the pay before or after it comes out differently",
    "cents_before = 0": "the pay before or after it comes out differently",
    "because = '[]'": "it rests on other evidence now",
    "because = because || '[\"e999999999\"]'": "its reasons name e999999999, which is not in the record",
    "explanation_sha256 = repeat('0', 64)": "the proof kept with it was changed",
    "explanation = jsonb_set(explanation, '{holds}', 'false')": "the proof kept with it was changed",
    "explanation = jsonb_set(explanation, '{because}', '[]')": "the proof kept with it was changed",
    "explanation = jsonb_set(explanation, '{since}', '\"2020-01-01\"')": "the proof kept with it was changed",
    "evidence_up_to = 1": "its rule did not hold",
    "standards_sha256 = repeat('0', 64)": "it was decided under other standards",
    "step = 'machinist:s9'": "the program has no such step",
    "step = 'machinist:s3'": "its rule did not hold",
    "as_of = '2025-01-07', effective_on = '2025-01-07'": "its rule did not hold",
}


async def tamper(change: str) -> None:
    await rows("ALTER TABLE raise_decision DISABLE TRIGGER raise_decision_kept")
    await rows(f"UPDATE raise_decision SET {change}")  # noqa: S608 - from the table above


async def different() -> Difference:
    (found,) = (await replay_all()).differences
    return found


@pytest.mark.parametrize("change", TAMPERED)
async def test_whatever_was_changed_is_found(shop: Shop, change: str) -> None:
    await say(shop, GIVEN)
    assert (await replay_all()).differences == ()
    await tamper(change)
    assert (await different()).what == TAMPERED[change]


async def test_a_difference_is_accepted_once_with_a_reason_and_stays_accepted(shop: Shop) -> None:
    given = await say(shop, GIVEN)
    await tamper("cents_after = cents_after + 100")
    found = await different()
    ada = shop.people["ada"]
    whole = {"difference": found.sha256, "reason": " Paid so. ", "release": "0.1.0", "now": NOW}
    boss = await acting(shop, "admin")
    with pytest.raises(Invalid, match="Say why"):
        await accept(boss, ada, given.id, **{**whole, "reason": " "})  # type: ignore[arg-type]
    accepted = await accept(boss, ada, given.id, **whole)  # type: ignore[arg-type]  # one each of its arguments
    assert (accepted.reason, accepted.accepted_by) == ("Paid so.", boss.person)
    replay = await replay_all()
    assert (replay.open, [one.accepted for one in replay.differences]) == ((), [accepted])
    assert str(replay.differences[0]).endswith(f"(accepted on {NOW.date()})")
    with pytest.raises(AlreadyDecided, match=f"accepted already by Sam Adeyemi on {NOW.date()}"):
        await accept(await acting(shop, "employer"), ada, given.id, **whole)  # type: ignore[arg-type]
    await tamper("cents_after = cents_after + 1")
    (again,) = (await replay_all()).open
    assert again.sha256 != found.sha256, "it differs in another way, so somebody is asked again"
    with pytest.raises(Invalid, match="in another way by now"):
        await accept(boss, ada, given.id, **whole)  # type: ignore[arg-type]


async def test_only_what_differs_is_accepted(shop: Shop) -> None:
    given = await say(shop, GIVEN)
    boss = await acting(shop, "employer")
    whole = {"difference": "0" * 64, "reason": "No.", "release": "0.1.0", "now": NOW}
    for number in (given.id, 2**40, 0):
        with pytest.raises(Missing):
            await accept(boss, shop.people["ada"], number, **whole)  # type: ignore[arg-type]
    assert (await replayed(boss, shop.people["ada"], now=NOW)).decisions == 1


@pytest.mark.parametrize("who", ["ada", "ben", "mentor", "registrar", "stranger", "agency"])
async def test_only_those_who_answer_for_the_pay_look_and_accept(shop: Shop, who: str) -> None:
    given = await say(shop, GIVEN)
    await tamper("cents_after = cents_after + 100")
    found = await different()
    actor = await acting(shop, who)
    with pytest.raises(Missing):
        await replayed(actor, shop.people["ada"], now=NOW)
    with pytest.raises(Missing):
        await accept(
            actor,
            shop.people["ada"],
            given.id,
            difference=found.sha256,
            reason="No.",
            release="0.1.0",
            now=NOW,
        )
    assert found.step == S2
