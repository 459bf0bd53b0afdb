import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.outbox.model import Errand, GivenUp
from apprenticeship.outbox.tables import IdempotencyTable, OutboxTable

TABLES: tuple[type[Table], ...] = (OutboxTable, IdempotencyTable)

ATTEMPT = """
UPDATE outbox SET attempts = attempts + 1 WHERE id IN (
    SELECT id FROM outbox WHERE id = {} AND state IN ('waiting', 'leased') FOR UPDATE SKIP LOCKED
) RETURNING attempts
"""
LEASE = """
UPDATE outbox SET state = 'leased', leased_until = {} WHERE id IN (
    SELECT id FROM outbox WHERE state = 'waiting' OR (state = 'leased' AND leased_until <= {})
    ORDER BY id LIMIT {} FOR UPDATE SKIP LOCKED
) RETURNING id, topic, key, payload, attempts, created_at
"""
HOLD = """
SELECT id, topic, key, payload, attempts, created_at FROM outbox
WHERE id = {} AND state IN ('waiting', 'leased') FOR UPDATE SKIP LOCKED
"""

# the kind of a failure stands before its message, which may name people
GIVEN_UP = """
SELECT id, topic, attempts, created_at AS asked_at, finished_at AS given_up_at, split_part(last_error, ':', 1) AS reason
FROM outbox WHERE state = 'dead' AND ({}::bigint IS NULL OR id = {}::bigint) ORDER BY finished_at DESC, id DESC LIMIT {}
"""
REOPEN = """
UPDATE outbox SET state = 'waiting', attempts = 0, finished_at = NULL WHERE id = {} AND state = 'dead' RETURNING id
"""


async def add(topic: str, key: str, payload: Mapping[str, Any], *, now: datetime) -> None:
    row = OutboxTable(
        topic=topic, key=key, payload=json.dumps(dict(payload), default=str), state="waiting", created_at=now
    )
    await OutboxTable.insert(row).on_conflict(
        target=(OutboxTable.topic, OutboxTable.key), action="DO NOTHING"
    )


async def alone() -> bool:
    """Become the only one that hands out until the transaction ends; False when somebody else is."""
    rows = await OutboxTable.raw("SELECT pg_try_advisory_xact_lock(hashtext('outbox')) AS alone")
    return bool(rows[0]["alone"])


async def in_flight(now: datetime) -> int:
    rows = await OutboxTable.raw(
        "SELECT count(*) AS flying FROM outbox WHERE state = 'leased' AND leased_until > {}", now
    )
    return int(rows[0]["flying"])


async def lease(now: datetime, until: datetime, *, limit: int) -> tuple[Errand, ...]:
    """Hand out the oldest errands that wait or whose lease ran out; what is being worked on is skipped."""
    rows = await OutboxTable.raw(LEASE, until, now, limit)
    return tuple(sorted(_errands(rows), key=lambda errand: errand.id))


async def attempt(errand: int) -> int | None:
    """Count that an errand is begun; None when it is done, given up or being worked on."""
    rows = await OutboxTable.raw(ATTEMPT, errand)
    return int(rows[0]["attempts"]) if rows else None


async def hold(errand: int) -> Errand | None:
    """Hold an open errand until the transaction ends; None when it is done, given up or held elsewhere."""
    rows = await OutboxTable.raw(HOLD, errand)
    return next(iter(_errands(rows)), None)


async def finish(errand: int, *, now: datetime) -> None:
    await _close(errand, "done", now)


async def bury(errand: int, *, now: datetime) -> None:
    await _close(errand, "dead", now)


async def _close(errand: int, state: str, now: datetime) -> None:
    await OutboxTable.raw(
        "UPDATE outbox SET state = {}, leased_until = NULL, finished_at = {} WHERE id = {}",
        state,
        now,
        errand,
    )


async def note_failure(errand: int, message: str) -> None:
    kept = message.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")[:2000]
    await OutboxTable.update({OutboxTable.last_error: kept}).where(OutboxTable.id == errand)


async def unfinished_since(moment: datetime) -> int:
    """Return how many errands older than a moment are still open."""
    rows = await OutboxTable.raw(
        "SELECT count(*) AS old FROM outbox WHERE state IN ('waiting', 'leased') AND created_at < {}", moment
    )
    return int(rows[0]["old"])


async def is_open(topic: str) -> bool:
    """Tell whether an errand of a topic is still to be done."""
    rows = await OutboxTable.raw(
        "SELECT EXISTS (SELECT FROM outbox WHERE topic = {} AND state IN ('waiting', 'leased')) AS open",
        topic,
    )
    return bool(rows[0]["open"])


async def forget_done(topics: str, moment: datetime) -> None:
    """Delete the errands of topics that begin so and were done before a moment."""
    await OutboxTable.raw(
        "DELETE FROM outbox WHERE starts_with(topic, {}) AND state = 'done' AND finished_at < {}",
        topics,
        moment,
    )


async def given_up(limit: int, *, errand: int | None = None) -> tuple[GivenUp, ...]:
    """Return the errands that were given up, the latest first; with a number only that one."""
    rows = await OutboxTable.raw(GIVEN_UP, errand, errand, limit)
    return tuple(GivenUp(**row) for row in rows)


async def count_given_up() -> int:
    return int(await OutboxTable.count().where(OutboxTable.state == "dead"))


async def reopen(errand: int) -> bool:
    """Let an errand that was given up wait again, with all its attempts; False when it is not given up."""
    return bool(await OutboxTable.raw(REOPEN, errand))


def _errands(rows: Iterable[dict[str, Any]]) -> tuple[Errand, ...]:
    return tuple(Errand(**{**row, "payload": json.loads(row["payload"])}) for row in rows)


# Idempotency keys ---------------------------------------------------------------------------------


async def claim_key(person: UUID, key: str, fingerprint: str, *, now: datetime) -> bool:
    """Take a key; False when it is taken. Waits for another transaction that is just taking it."""
    row = IdempotencyTable(person=person, key=key, fingerprint=fingerprint, created_at=now)
    rows = (
        await IdempotencyTable.insert(row)
        .on_conflict(target=(IdempotencyTable.person, IdempotencyTable.key), action="DO NOTHING")
        .returning(IdempotencyTable.id)
    )
    return bool(rows)


async def answer_of(person: UUID, key: str) -> tuple[str, Any]:
    """Return the fingerprint and the kept answer of a taken key."""
    rows = (
        await IdempotencyTable.select(IdempotencyTable.fingerprint, IdempotencyTable.answer)
        .where(IdempotencyTable.person == person)
        .where(IdempotencyTable.key == key)
    )
    return rows[0]["fingerprint"], json.loads(rows[0]["answer"])


async def keep_answer(person: UUID, key: str, answer: Any) -> Any:
    """Keep the answer for a taken key, and return it as it will be given ever after, with its keys in one order."""
    rows = (
        await IdempotencyTable.update({IdempotencyTable.answer: json.dumps(answer, default=str)})
        .where(IdempotencyTable.person == person)
        .where(IdempotencyTable.key == key)
        .returning(IdempotencyTable.answer)
    )
    return json.loads(rows[0]["answer"])
