from piccolo.columns import UUID, BigInt, BigSerial, Bytea, ForeignKey, Integer, OnDelete, Text
from piccolo.table import Table

from apprenticeship.people.tables import PersonTable


class SubjectTable(Table, tablename="snapshot_subject"):
    number = Integer(primary_key=True, default=None)
    sort = Text()
    key = Text()
    detail = Text()


class ProgramTable(Table, tablename="snapshot_program"):
    number = Integer(primary_key=True, default=None)
    key = Text(unique=True)


class GradeTable(Table, tablename="snapshot_grade"):
    number = Integer(primary_key=True, default=None)
    grade = Text(unique=True)


class StandardsTable(Table, tablename="snapshot_standards"):
    number = Integer(primary_key=True, default=None)
    versions = Text(unique=True)


class SnapshotTable(Table, tablename="evidence_snapshot"):
    person = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False, primary_key=True)
    facts = Bytea()
    enrolments = Bytea()
    pauses = Bytea()
    standards = Bytea()
    last_row = BigInt()
    evidence_rows = Integer()


class ChangeTable(Table, tablename="snapshot_change"):
    id = BigSerial(primary_key=True)
    person = UUID(default=None)
