"""Hold what clients were told against what the database keeps."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import asyncpg

from apprenticeship.proposals import repo as proposals
from apprenticeship.proposals.finding import holds_since
from apprenticeship.proposals.looking import look_at
from apprenticeship.proposals.model import ProposalKind
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import open_store, transaction
from tests.faults.clients import History
from tests.faults.crowd import PROGRAM, Crowd

NOTES = "SELECT n.text AS what, e.id FROM evidence_note AS n JOIN evidence AS e ON e.id = n.evidence"
DECIDED = "SELECT supersedes AS what, id FROM evidence WHERE supersedes IS NOT NULL AND status = 'verified'"
AUDITED = """
SELECT detail ->> 'row' AS what, count(*) AS often FROM audit_entry
WHERE action IN ('evidence.sign_off', 'evidence.hand_in') GROUP BY 1
"""
RAISES = "SELECT id AS what, id FROM raise_decision WHERE kind = 'approved'"
ANSWERS = "SELECT key AS what, answer FROM idempotency_key"
OUTBOX = "SELECT state, count(*) AS often FROM outbox GROUP BY state"


async def outbox(url: str) -> Counter[str]:
    """Count the errands by state."""
    connection = await asyncpg.connect(url)
    try:
        return Counter({row["state"]: row["often"] for row in await connection.fetch(OUTBOX)})
    finally:
        await connection.close()


async def compare(url: str, history: History, planned: int) -> dict[str, list[str]]:
    """Return what was lost and what was done twice; both are empty where all is well."""
    lost: list[str] = []
    doubled: list[str] = []
    connection = await asyncpg.connect(url)
    notes = _gathered(await connection.fetch(NOTES))
    decided = _gathered(await connection.fetch(DECIDED))
    raises = _gathered(await connection.fetch(RAISES))
    audited = {row["what"]: row["often"] for row in await connection.fetch(AUDITED)}
    answers = {row["what"]: json.loads(row["answer"]) for row in await connection.fetch(ANSWERS)}
    await connection.close()
    for one in history.acknowledged:
        if one.kind == "hand in":
            rows, mine = notes.get(str(one.asked["note"]), []), [one.answer["row"]]
        elif one.kind == "sign off":
            rows = decided.get(str(one.asked["rows"][0]["row"]), [])
            mine = [row["row"] for row in one.answer["decided"]]
        else:
            rows, mine = raises.get(str(one.answer["id"]), []), [one.answer["id"]]
        if not set(mine) <= set(rows) or answers.get(one.key) != one.answer:
            lost.append(f"{one.key}: told {mine}, kept {rows}")
        if one.kind != "raise" and any(audited.get(str(row)) != 1 for row in mine):
            lost.append(f"{one.key}: the trail does not have it once")
    for name, found in (("hand in", notes), ("sign off", decided), ("raise", raises)):
        doubled += [f"{name} {what}: {rows}" for what, rows in found.items() if len(rows) > 1]
        if len(found) > (told := len(history.of(name))):
            doubled.append(f"{name}: {len(found)} are kept, {told} were told")
    if len(history.of("sign off")) != planned:
        lost.append(f"{len(history.of('sign off'))} of {planned} sign-offs were acknowledged")
    return {"lost": lost, "doubled": doubled}


def _gathered(rows: Iterable[Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(str(row["what"]), []).append(row["id"])
    return found


async def without_rule(url: str, crowd: Crowd) -> list[str]:
    """Return the proposals and raises whose rule does not hold, and the steps reached that nobody proposed.

    Evidence only grew, so what held once holds still.
    """
    now = datetime.now(UTC)
    wrong: list[str] = []
    async with open_store(url):
        standings = await standings_of(crowd.apprentices, as_of=now.date(), program=PROGRAM)
        made = await proposals.of_enrolments([one.enrolment.id for one in standings])
        for one in standings:
            reached = _reached(one)
            mine = [proposal for proposal in made if proposal.enrolment == one.enrolment.id]
            wrong += [f"{p.step} of {one.person.id}" for p in mine if p.kind is not ProposalKind.RAISE]
            wrong += [f"{p.step} of {one.person.id} is proposed" for p in mine if p.step not in reached]
            given = [decision.step for decision in one.awarded]
            wrong += [f"{step} of {one.person.id} is given" for step in given if step not in reached]
        async with transaction():
            missing = await look_at(crowd.apprentices, now=now)
        wrong += [f"{one.step} of enrolment {one.enrolment} was never proposed" for one in missing]
    return wrong


def _reached(standing: Standing) -> set[str]:
    steps = (step.key for step in standing.program.steps)
    return {step for step in steps if holds_since(standing, step, standing.as_of) is not None}
