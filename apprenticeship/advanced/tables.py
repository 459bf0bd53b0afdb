from piccolo.columns import JSONB, BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.enrolments.tables import EnrolmentTable
from apprenticeship.people.tables import PersonTable
from apprenticeship.raises.tables import RaiseDecisionTable

KEPT = OnDelete.restrict


class ClaimTable(Table, tablename="standing_claim"):
    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=KEPT, null=False, unique=True)
    applied_on = Date(default=None)
    asked = JSONB()
    documents = JSONB()
    claimed_at = Timestamptz(default=None)
    claimed_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class ClaimDecisionTable(Table, tablename="standing_decision"):
    claim = ForeignKey(ClaimTable, on_delete=KEPT, null=False, primary_key=True)
    granted = JSONB()
    reason = Text()
    decided_on = Date(default=None)
    probation_ends = Date(default=None)
    tell_by = Date(default=None)
    raise_decision = ForeignKey(RaiseDecisionTable, on_delete=KEPT, null=True, default=None)
    decided_at = Timestamptz(default=None)
    decided_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class ToldTable(Table, tablename="standing_told"):
    claim = ForeignKey(ClaimTable, on_delete=KEPT, null=False, primary_key=True)
    told_on = Date(default=None)
    told_at = Timestamptz(default=None)
    told_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)
