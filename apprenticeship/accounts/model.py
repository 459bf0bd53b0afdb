from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from apprenticeship.policy import Actor

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SCOPES = frozenset({"read", "write"})


@dataclass(frozen=True, kw_only=True)
class Account:
    id: UUID
    person: UUID
    login: str
    password_hash: str
    created_at: datetime
    suspended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Session:
    """A signed-in browser; the token itself is known to the browser only."""

    token_sha256: bytes
    account: UUID
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None

    def open(self, at: datetime) -> bool:
        """Whether it still counts: not ended, not idle too long, not too old."""
        return self.ended_at is None and at - self.seen_at < IDLE and at - self.created_at < ABSOLUTE


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key for programs; the key itself was shown once."""

    id: UUID
    key_sha256: bytes
    account: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def open(self, at: datetime) -> bool:
        return at < self.expires_at and (self.revoked_at is None or at < self.revoked_at)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A fresh session: `token` goes into the cookie and nowhere else."""

    token: str
    actor: Actor


@dataclass(frozen=True, kw_only=True)
class KeyHolder:
    """Who calls with a key, and what for."""

    actor: Actor
    scopes: frozenset[str]
