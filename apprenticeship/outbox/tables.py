from piccolo.columns import JSONB, BigSerial, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import PersonTable


class OutboxTable(Table, tablename="outbox"):
    id = BigSerial(primary_key=True)
    topic = Text()
    key = Text()
    payload = JSONB()
    state = Text()
    attempts = Integer(default=0)
    leased_until = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)
    last_error = Text(null=True, default=None)


class IdempotencyTable(Table, tablename="idempotency_key"):
    id = BigSerial(primary_key=True)
    person = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)
    key = Text()
    fingerprint = Text()
    answer = JSONB(null=True, default=None)
    created_at = Timestamptz(default=None)
