from piccolo.columns import JSONB, UUID, BigSerial, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable


class JobTable(Table, tablename="import_job"):
    id = UUID(primary_key=True, default=None)
    organisation = ForeignKey(OrganisationTable, on_delete=OnDelete.restrict, null=False)
    requested_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)
    file_name = Text()
    file_sha256 = Text()
    keep = Text(null=True, default=None)
    state = Text()
    rows_total = Integer()
    rows_done = Integer(default=0)
    rows_changed = Integer(default=0)
    rows_refused = Integer(default=0)
    created_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)


class RowTable(Table, tablename="import_row"):
    id = BigSerial(primary_key=True)
    job = ForeignKey(JobTable, on_delete=OnDelete.restrict, null=False)
    row = Integer()
    content = JSONB()
    state = Text()
    finding = JSONB(null=True, default=None)
