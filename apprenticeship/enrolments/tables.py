from piccolo.columns import UUID, BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable
from standards.storage.tables import PublishedStandard

KEPT = OnDelete.restrict


class EnrolmentTable(Table, tablename="enrolment"):
    id = UUID(primary_key=True, default=None)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    sponsor = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    program = ForeignKey(PublishedStandard, on_delete=KEPT, null=False)
    program_key = Text()
    registered = Date(default=None)
    ended = Date(null=True, default=None)
    created_at = Timestamptz(default=None)


class FrameworkTable(Table, tablename="enrolment_framework"):
    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=KEPT, null=False)
    standard = ForeignKey(PublishedStandard, on_delete=KEPT, null=False)


class SuspensionTable(Table, tablename="suspension"):
    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=KEPT, null=False)
    since = Date(default=None)
    until = Date(null=True, default=None)
