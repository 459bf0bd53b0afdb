"""Raises: reached by the rules, given by a person, once, and never taken back by recomputing."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from apprenticeship.evidence.model import Addition, EvidenceKind, Fact
from apprenticeship.evidence.services import append
from apprenticeship.people.model import Employment
from apprenticeship.people.repo import add_employments
from apprenticeship.raises.services import crew
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standing_of, standings_of, visible_standings
from apprenticeship.store import transaction
from tests.apprenticeship.acting import acting, award, rows, value
from tests.web.shop import BEGAN, NOW, Shop

TRIES = 20
TODAY = NOW.date()


async def standing(shop: Shop, name: str = "ada", **more: Any) -> Standing:
    (found,) = await standings_of([shop.people[name]], **{"as_of": TODAY, **more})
    return found


def steps(of: Standing) -> list[str]:
    return [step.key for step in of.program.steps]


async def test_a_step_is_given_once_however_many_try_at_once(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    of = await standing(shop)
    assert of.reached_step is not None
    reached = of.reached_step.key

    async def attempt() -> str:
        try:
            await award(
                employer,
                of.person.id,
                program="machinist",
                step=reached,
                effective_on=TODAY,
                now=NOW,
            )
        except AlreadyDecided:
            return "late"
        return "given"

    outcomes = await asyncio.gather(*(attempt() for _ in range(TRIES)))
    assert sorted(outcomes) == ["given"] + ["late"] * (TRIES - 1)
    assert await value("SELECT count(*) FROM raise_decision") == 1
    assert await value("SELECT count(*) FROM audit_entry WHERE action = 'raise.award'") == 1


async def test_a_decision_keeps_what_it_rested_on(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    of = await standing(shop)
    step = steps(of)[1]
    assert of.reached_step is not None
    assert steps(of).index(of.reached_step.key) >= 1, "the shop's Ada has earned her first raise"
    given = await award(employer, of.person.id, program="machinist", step=step, effective_on=TODAY, now=NOW)
    assert given.standards_sha256 == of.standards_sha256
    known = {row.key for row in of.evidence}
    assert given.because
    assert set(given.because) <= known
    later = await standing(shop, as_of=given.effective_on, known_at=given.decided_at)
    assert later.explain(f"step:{step}").because == given.because, "worked out again, it comes to the same"
    assert later.awarded == (given,)


async def test_what_was_given_is_not_taken_back_when_the_evidence_is_revoked(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    of = await standing(shop)
    step = steps(of)[1]
    given = await award(employer, of.person.id, program="machinist", step=step, effective_on=TODAY, now=NOW)
    revoked = [
        Addition(
            person=of.person.id,
            fact=Fact(kind=EvidenceKind.REVOCATION, happened_on=BEGAN, revokes=row.entry),
            status=None,
            recorded=NOW,
            recorded_by=employer.person,
            note="The issuer withdrew it.",
        )
        for row in of.evidence
    ]
    async with transaction():
        await append(revoked)
    after = await standing(shop)
    assert after.reached_step is not None
    assert after.reached_step.key == steps(of)[0]
    assert after.awarded_step is not None
    assert after.awarded_step.key == given.step
    assert not after.raise_due


async def test_a_step_that_was_not_reached_is_not_given(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    of = await standing(shop)
    asked: list[tuple[dict[str, Any], str]] = [
        ({"step": steps(of)[-1]}, "do not hold yet"),
        ({"step": "machinist:s99"}, "no wage step"),
        ({"step": "\0"}, "no wage step"),
        ({"effective_on": TODAY + timedelta(days=1)}, "lies ahead"),
        ({"step": steps(of)[1], "effective_on": BEGAN}, "do not hold yet"),
        (
            {"effective_on": BEGAN - timedelta(days=1)},
            "before they are registered, which was on 6 January 2025",
        ),
    ]
    for change, words in asked:
        whole = {"program": "machinist", "step": steps(of)[0], "effective_on": TODAY, **change}
        with pytest.raises(Invalid, match=words):
            await award(employer, of.person.id, now=NOW, **whole)
    with pytest.raises(Missing):
        await award(employer, of.person.id, program="welder", step=steps(of)[0], effective_on=TODAY, now=NOW)
    assert await value("SELECT count(*) FROM raise_decision") == 0


@pytest.mark.parametrize("name", ["ada", "mentor", "admin", "registrar", "stranger"])
async def test_only_the_employer_gives_raises(shop: Shop, name: str) -> None:
    of = await standing(shop)
    with pytest.raises(Missing):
        await award(
            await acting(shop, name),
            of.person.id,
            program="machinist",
            step=steps(of)[0],
            effective_on=TODAY,
            now=NOW,
        )


async def test_the_crew_shows_raises_due_first_and_only_to_whom_wages_concern(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    members = await crew(employer, as_of=TODAY, now=NOW)
    assert {one.standing.person.name for one in members} == {"Ada Tran", "Ben Okafor", "Cho Park"}
    due = [one.due for one in members]
    assert due == sorted(due, reverse=True)
    assert due[0]
    for member in members:
        if member.reached is not None and member.due:
            await award(
                employer,
                member.standing.person.id,
                program=member.standing.enrolment.program_key,
                step=member.reached.key,
                effective_on=TODAY,
                now=NOW,
            )
    assert not any(one.due for one in await crew(employer, as_of=TODAY, now=NOW))
    for name in ("mentor", "registrar", "stranger"):
        assert await crew(await acting(shop, name), as_of=TODAY, now=NOW) == ()


async def test_lists_of_standings_take_a_handful_of_queries(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer = await acting(shop, "employer")
    await visible_standings(employer, as_of=TODAY, now=NOW)
    asked: list[str] = []
    from standards.storage.database import Database  # noqa: PLC0415 - only this test counts

    real = Database.run_querystring

    async def counting(self: Database, querystring: Any, **more: Any) -> Any:
        asked.append(str(querystring)[:60])
        return await real(self, querystring, **more)

    monkeypatch.setattr(Database, "run_querystring", counting)
    await visible_standings(employer, as_of=TODAY, now=NOW)
    assert len(asked) <= 8, asked


async def test_people_not_enrolled_by_the_day_have_no_standing(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    assert await standing_of(ada, ada.person, as_of=BEGAN - timedelta(days=1), now=NOW) is None
    assert await standing_of(ada, ada.person, as_of=BEGAN, now=NOW) is not None
    assert await standing_of(ada, ada.person, as_of=TODAY, now=NOW, program="welder") is None
    assert await rows("SELECT 1")


async def test_an_employer_who_is_not_the_sponsor_gives_no_raise(shop: Shop) -> None:
    of = await standing(shop)
    async with transaction():
        await add_employments(
            [Employment(person=of.person.id, employer=shop.other_employer, since=TODAY - timedelta(days=9))]
        )
    with pytest.raises(Missing, match="not by you"):
        await award(
            await acting(shop, "stranger"),
            of.person.id,
            program="machinist",
            step=steps(of)[0],
            effective_on=TODAY,
            now=NOW,
        )


async def test_a_past_day_knows_nothing_of_raises_given_later(shop: Shop) -> None:
    of = await standing(shop)
    await award(
        await acting(shop, "employer"),
        of.person.id,
        program="machinist",
        step=steps(of)[1],
        effective_on=TODAY,
        now=NOW,
    )
    before = await standing_of(
        await acting(shop, "employer"), of.person.id, as_of=TODAY - timedelta(days=1), now=NOW
    )
    assert before is not None
    assert before.awarded == ()
