from piccolo.columns import JSONB, BigSerial, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import PersonTable


class AuditTable(Table, tablename="audit_entry"):
    id = BigSerial(primary_key=True)
    at = Timestamptz(default=None)
    actor = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=True)
    action = Text()
    subject_kind = Text()
    subject = Text()
    detail = JSONB()
