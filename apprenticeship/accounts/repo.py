import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.accounts.model import Account, ApiKey, Session
from apprenticeship.accounts.tables import AccountTable, AttemptTable, KeyTable, SessionTable

TABLES: tuple[type[Table], ...] = (AccountTable, SessionTable, AttemptTable, KeyTable)


async def add_accounts(accounts: Sequence[Account]) -> int:
    """Keep accounts, except where the person has one or the login is taken; returns how many are new."""
    rows = [AccountTable(**asdict(account)) for account in accounts]
    kept = await AccountTable.insert(*rows).on_conflict(action="DO NOTHING").returning(AccountTable.id)
    return len(kept)


async def account_of_login(login: str) -> Account | None:
    return _account(await AccountTable.select().where(AccountTable.login == login))


async def account_of_person(person: UUID) -> Account | None:
    return _account(await AccountTable.select().where(AccountTable.person == person))


async def suspended_among(people: Sequence[UUID]) -> dict[UUID, bool]:
    """Say of everybody with an account whether it is suspended; the others are left out."""
    columns = (AccountTable.person, AccountTable.suspended_at)
    rows = await AccountTable.select(*columns).where(AccountTable.person.is_in(list(people)))
    return {row["person"]: row["suspended_at"] is not None for row in rows}


async def account_by_id(account: UUID) -> Account | None:
    return _account(await AccountTable.select().where(AccountTable.id == account))


def _account(rows: Iterable[dict[str, Any]]) -> Account | None:
    return next((Account(**row) for row in rows), None)


async def set_suspended(account: UUID, at: datetime | None) -> None:
    await AccountTable.update({AccountTable.suspended_at: at}).where(AccountTable.id == account)


async def add_session(session: Session) -> None:
    await SessionTable.insert(SessionTable(**asdict(session)))


SESSION = """
SELECT signin_session.*, account.id, account.person, account.login, account.password_hash,
    account.created_at AS opened_at, account.suspended_at
FROM signin_session JOIN account ON account.id = signin_session.account WHERE token_sha256 = {}
"""


async def session_of(token_sha256: bytes) -> tuple[Session, Account] | None:
    """Return a session with the account that it is of."""
    rows = await SessionTable.raw(SESSION, token_sha256)
    if not rows:
        return None
    (row,) = rows
    session = Session(
        **{name: row[name] for name in ("token_sha256", "account", "created_at", "seen_at", "ended_at")}
    )
    own = ("id", "person", "login", "password_hash", "suspended_at")
    return session, Account(created_at=row["opened_at"], **{name: row[name] for name in own})


async def touch_session(token_sha256: bytes, at: datetime) -> None:
    """Note the last use; clocks set back do not shorten it."""
    await SessionTable.raw(
        "UPDATE signin_session SET seen_at = greatest(seen_at, {}) WHERE token_sha256 = {}", at, token_sha256
    )


async def end_session(token_sha256: bytes, at: datetime) -> None:
    await (
        SessionTable.update({SessionTable.ended_at: at})
        .where(SessionTable.token_sha256 == token_sha256)
        .where(SessionTable.ended_at.is_null())
    )


async def end_sessions(account: UUID, at: datetime) -> None:
    await (
        SessionTable.update({SessionTable.ended_at: at})
        .where(SessionTable.account == account)
        .where(SessionTable.ended_at.is_null())
    )


async def add_attempt(login_sha256: bytes, address: str, at: datetime) -> int:
    """Count an attempt as failed until it is known to be right; returns its id."""
    attempt = AttemptTable(login_sha256=login_sha256, address=address, at=at, succeeded=False)
    rows = await AttemptTable.insert(attempt).returning(AttemptTable.id)
    return int(rows[0]["id"])


async def attempt_succeeded(attempt: int) -> None:
    await AttemptTable.update({AttemptTable.succeeded: True}).where(AttemptTable.id == attempt)


async def failures(login_sha256: bytes, address: str, since: datetime) -> tuple[int, int]:
    """Return how often signing in failed since a moment: for the login, and from the address."""
    rows = await AttemptTable.raw(
        "SELECT (SELECT count(*) FROM signin_attempt "
        "WHERE login_sha256 = {} AND at > {} AND NOT succeeded) AS login, "
        "(SELECT count(*) FROM signin_attempt WHERE address = {} AND at > {} AND NOT succeeded) AS address",
        login_sha256,
        since,
        address,
        since,
    )
    return rows[0]["login"], rows[0]["address"]


async def forget_before(moment: datetime) -> None:
    """Delete attempts from before a moment, and sessions last seen before it."""
    await AttemptTable.delete().where(AttemptTable.at < moment)
    await SessionTable.delete().where(SessionTable.seen_at < moment)


async def add_key(key: ApiKey) -> None:
    await KeyTable.insert(KeyTable(**{**asdict(key), "scopes": json.dumps(key.scopes)}))


async def key_of(key_sha256: bytes) -> ApiKey | None:
    rows = await KeyTable.select().where(KeyTable.key_sha256 == key_sha256)
    return next(iter(_keys(rows)), None)


async def keys_of(account: UUID) -> tuple[ApiKey, ...]:
    return _keys(await KeyTable.select().where(KeyTable.account == account).order_by(KeyTable.created_at))


async def revoke_key(key: UUID, *, account: UUID, at: datetime) -> bool:
    """Revoke a key once; False when there is none to revoke."""
    rows = (
        await KeyTable.update({KeyTable.revoked_at: at})
        .where(KeyTable.id == key)
        .where(KeyTable.account == account)
        .where(KeyTable.revoked_at.is_null())
        .returning(KeyTable.id)
    )
    return bool(rows)


def _keys(rows: Iterable[dict[str, Any]]) -> tuple[ApiKey, ...]:
    return tuple(ApiKey(**{**row, "scopes": tuple(json.loads(row["scopes"]))}) for row in rows)
