from piccolo.columns import BigInt, BigSerial, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.enrolments.tables import EnrolmentTable
from apprenticeship.people.tables import PersonTable
from apprenticeship.raises.tables import RaiseDecisionTable

KEPT = OnDelete.restrict


class FirstApprovalTable(Table, tablename="raise_first_approval"):
    """Append-only; gives nothing by itself."""

    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=KEPT, null=False)
    step = Text()
    effective_on = Date(default=None)
    cents_before = Integer(default=None, null=True)
    cents_after = Integer(default=None, null=True)
    decisions_up_to = BigInt(default=0)
    approved_at = Timestamptz(default=None)
    approved_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class FirstReasonTable(Table, tablename="raise_first_approval_reason"):
    approval = ForeignKey(FirstApprovalTable, on_delete=KEPT, null=False, primary_key=True)
    text = Text()


class SecondedTable(Table, tablename="raise_seconded"):
    """Which first approval a decision completes."""

    decision = ForeignKey(RaiseDecisionTable, on_delete=KEPT, null=False, primary_key=True)
    approval = ForeignKey(FirstApprovalTable, on_delete=KEPT, null=False, unique=True)
