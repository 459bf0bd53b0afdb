from piccolo.columns import JSONB, BigInt, BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.enrolments.tables import EnrolmentTable
from apprenticeship.people.tables import PersonTable

KEPT = OnDelete.restrict


class ReleaseTable(Table, tablename="alone_release"):
    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=KEPT, null=False)
    kind = Text()
    subject = Text()
    since = Date(default=None)
    because = JSONB()
    evidence_up_to = BigInt(default=0)
    standards_sha256 = Text()
    released_at = Timestamptz(default=None)
    released_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class ReleaseEndTable(Table, tablename="alone_end"):
    release = ForeignKey(ReleaseTable, on_delete=KEPT, null=False, primary_key=True)
    until = Date(default=None)
    ended_at = Timestamptz(default=None)
    ended_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)
