from piccolo.columns import JSONB, BigInt, BigSerial, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.columns.reference import LazyTableReference
from piccolo.table import Table

from apprenticeship.enrolments.tables import EnrolmentTable
from apprenticeship.people.tables import PersonTable


class RaiseDecisionTable(Table, tablename="raise_decision"):
    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=OnDelete.restrict, null=False)
    step = Text()
    kind = Text()
    effective_on = Date(default=None, null=True)
    postponed_until = Date(default=None, null=True)
    refers_to: ForeignKey[Table] = ForeignKey(
        LazyTableReference("RaiseDecisionTable", module_path=__name__),
        on_delete=OnDelete.restrict,
        null=True,
        unique=True,
    )
    turn = Integer(default=0)
    decided_at = Timestamptz(default=None)
    decided_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=True)
    as_of = Date(default=None)
    evidence_up_to = BigInt(default=0)
    standards = JSONB()
    standards_sha256 = Text()
    because = JSONB()
    explanation = JSONB()
    explanation_sha256 = Text()
    cents_before = Integer(default=None, null=True)
    cents_after = Integer(default=None, null=True)


class ReasonTable(Table, tablename="raise_reason"):
    decision = ForeignKey(RaiseDecisionTable, on_delete=OnDelete.restrict, null=False, primary_key=True)
    text = Text()
