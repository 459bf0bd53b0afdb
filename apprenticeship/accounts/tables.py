from piccolo.columns import (
    JSONB,
    UUID,
    BigSerial,
    Boolean,
    Bytea,
    ForeignKey,
    OnDelete,
    Text,
    Timestamptz,
)
from piccolo.table import Table

from apprenticeship.people.tables import PersonTable


class AccountTable(Table, tablename="account"):
    id = UUID(primary_key=True, default=None)
    person = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False, unique=True)
    login = Text(unique=True)
    password_hash = Text()
    created_at = Timestamptz(default=None)
    suspended_at = Timestamptz(null=True, default=None)


class SessionTable(Table, tablename="signin_session"):
    token_sha256 = Bytea(primary_key=True)
    account = ForeignKey(AccountTable, on_delete=OnDelete.restrict, null=False)
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)


class AttemptTable(Table, tablename="signin_attempt"):
    id = BigSerial(primary_key=True)
    login_sha256 = Bytea()
    address = Text()
    at = Timestamptz(default=None)
    succeeded = Boolean()


class KeyTable(Table, tablename="api_key"):
    id = UUID(primary_key=True, default=None)
    key_sha256 = Bytea(unique=True)
    account = ForeignKey(AccountTable, on_delete=OnDelete.restrict, null=False)
    name = Text()
    scopes = JSONB()
    created_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    revoked_at = Timestamptz(null=True, default=None)
