from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Text,
    Timestamptz,
)
from piccolo.table import Table

KEPT = OnDelete.restrict


class RunTable(Table, tablename="cohort_run"):
    id = UUID(primary_key=True, default=None)
    program_key = Text()
    as_of = Date(default=None)
    state = Text()
    ranges_total = Integer(null=True, default=None)
    ranges_done = Integer(default=0)
    people = Integer(default=0)
    counts = JSONB(null=True, default=None)
    created_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)


class StandardsTable(Table, tablename="cohort_standards"):
    id = BigSerial(primary_key=True)
    run = ForeignKey(RunTable, on_delete=KEPT, null=False)
    sha256 = Text()
    versions = JSONB()
    layout = JSONB()


class RangeTable(Table, tablename="cohort_range"):
    id = BigSerial(primary_key=True)
    run = ForeignKey(RunTable, on_delete=KEPT, null=False)
    number = Integer()
    first_person = UUID(default=None)
    until_person = UUID(null=True, default=None)
    people = Integer(null=True, default=None)
    counts = JSONB(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)


class ResultTable(Table, tablename="cohort_result"):
    """In partitions, one for each run; written and read in bulk."""

    run = UUID(default=None)
    person = UUID(primary_key=True, default=None)
    standards = BigInt()
    complete = Boolean()
    reached = SmallInt()
    stuck = Boolean()
    numerator = Bytea()
    states = Bytea()
    alone = Bytea()
    began = Date(default=None)
    turns_on = Date(default=None)
