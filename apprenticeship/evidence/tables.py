from piccolo.columns import (
    BigInt,
    BigSerial,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Text,
    Timestamptz,
)
from piccolo.columns.reference import LazyTableReference
from piccolo.table import Table

from apprenticeship.people.tables import PersonTable

KEPT = OnDelete.restrict
ITSELF = LazyTableReference("EvidenceTable", module_path=__name__)


class EvidenceTable(Table, tablename="evidence"):
    """Append-only; a correction is a row that supersedes."""

    id = BigSerial(primary_key=True)
    entry = BigInt()
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    kind = Text()
    subject = Text(null=True, default=None)
    part = Text(null=True, default=None)
    result = Text(null=True, default=None)
    rating = SmallInt(null=True, default=None)
    minutes = Integer(null=True, default=None)
    work_process = Text(null=True, default=None)
    college = Text(null=True, default=None)
    grade = Text(null=True, default=None)
    credits = Integer(null=True, default=None)
    score = Integer(null=True, default=None)
    waives = Text(null=True, default=None)
    revokes: ForeignKey[Table] = ForeignKey(ITSELF, on_delete=KEPT, null=True)
    happened_on = Date(default=None)
    until = Date(null=True, default=None)
    status = Text(null=True, default=None)
    attested_by = Text(null=True, default=None)
    recorded = Timestamptz(default=None)
    recorded_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    supersedes: ForeignKey[Table] = ForeignKey(ITSELF, on_delete=KEPT, null=True, unique=True)
    source_key = Text(null=True, default=None)


class NoteTable(Table, tablename="evidence_note"):
    evidence = ForeignKey(EvidenceTable, on_delete=KEPT, null=False, primary_key=True)
    text = Text()
