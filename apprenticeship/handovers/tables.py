from piccolo.columns import BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable
from apprenticeship.raises.tables import RaiseDecisionTable


class HandoverTable(Table, tablename="payroll_handover"):
    id = BigSerial(primary_key=True)
    employer = ForeignKey(OrganisationTable, on_delete=OnDelete.restrict, null=False)
    since = Date(default=None)
    until = Date(default=None)
    known_at = Timestamptz(default=None)
    made_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)


class LineTable(Table, tablename="payroll_line"):
    decision = ForeignKey(RaiseDecisionTable, on_delete=OnDelete.restrict, null=False, primary_key=True)
    handover = ForeignKey(HandoverTable, on_delete=OnDelete.restrict, null=False)
    number = Text(null=True, default=None)
