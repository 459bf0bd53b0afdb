from piccolo.columns import JSONB, BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.enrolments.tables import EnrolmentTable
from apprenticeship.people.tables import PersonTable


class AwardTable(Table, tablename="wage_award"):
    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=OnDelete.restrict, null=False)
    step = Text()
    effective_on = Date(default=None)
    decided_at = Timestamptz(default=None)
    decided_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)
    standards_sha256 = Text()
    because = JSONB()
