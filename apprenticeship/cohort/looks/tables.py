from piccolo.columns import JSONB, UUID, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table


class LookTable(Table, tablename="cohort_look"):
    id = UUID(primary_key=True, default=None)
    program_key = Text()
    as_of = Date(default=None)
    candidate = JSONB(null=True, default=None)
    asked_by = UUID(null=True, default=None)
    state = Text()
    ranges_total = Integer(null=True, default=None)
    ranges_done = Integer(default=0)
    people = Integer(default=0)
    seen = JSONB(null=True, default=None)
    created_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)


class LookRangeTable(Table, tablename="cohort_look_range"):
    """A range that is done."""

    look = ForeignKey(LookTable, on_delete=OnDelete.restrict, null=False, primary_key=True)
    number = Integer()
    seen = JSONB()
