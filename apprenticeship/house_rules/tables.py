from piccolo.columns import JSONB, BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.enrolments.tables import EnrolmentTable
from apprenticeship.people.tables import OrganisationTable, PersonTable

KEPT = OnDelete.restrict


class HouseRulesTable(Table, tablename="house_rules"):
    """Append-only; the rules of an organisation from a day on."""

    id = BigSerial(primary_key=True)
    organisation = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    rules = JSONB()
    since = Date(default=None)
    entered_at = Timestamptz(default=None)
    entered_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class LateLogExcuseTable(Table, tablename="late_log_excuse"):
    """Append-only; what was asked and said about a late log of one month, the last word counts."""

    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=KEPT, null=False)
    month = Date(default=None)
    kind = Text()
    said_at = Timestamptz(default=None)
    said_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class ExcuseReasonTable(Table, tablename="late_log_excuse_reason"):
    excuse = ForeignKey(LateLogExcuseTable, on_delete=KEPT, null=False, primary_key=True)
    text = Text()
