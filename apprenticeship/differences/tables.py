from piccolo.columns import BigSerial, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import PersonTable
from apprenticeship.raises.tables import RaiseDecisionTable


class AcceptedTable(Table, tablename="difference_accepted"):
    id = BigSerial(primary_key=True)
    decision = ForeignKey(RaiseDecisionTable, on_delete=OnDelete.restrict, null=False)
    difference_sha256 = Text()
    release = Text()
    accepted_at = Timestamptz(default=None)
    accepted_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)
    reason = Text()
