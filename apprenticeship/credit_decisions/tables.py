from piccolo.columns import JSONB, BigInt, BigSerial, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable
from standards.storage.tables import PublishedStandard

KEPT = OnDelete.restrict


class CreditRequestTable(Table, tablename="credit_request"):
    id = BigSerial(primary_key=True)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    college = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    agreement = ForeignKey(PublishedStandard, on_delete=KEPT, null=False)
    agreement_key = Text()
    asked_at = Timestamptz(default=None)
    as_of = Date(default=None)
    evidence_up_to = BigInt(default=0)
    standards = JSONB()
    standards_sha256 = Text()
    granted = JSONB()
    lines = JSONB()
    answer = JSONB()
    answer_sha256 = Text()


class CreditDecisionTable(Table, tablename="credit_decision"):
    id = BigSerial(primary_key=True)
    request = ForeignKey(CreditRequestTable, on_delete=KEPT, null=False)
    award = Text()
    turn = Integer(default=0)
    kind = Text()
    override = Text(default=None, null=True)
    override_until = Date(default=None, null=True)
    credits = Integer(default=0)
    course = Text()
    evidence = JSONB()
    decided_at = Timestamptz(default=None)
    decided_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class CreditStatementTable(Table, tablename="credit_statement"):
    id = BigSerial(primary_key=True)
    request = ForeignKey(CreditRequestTable, on_delete=KEPT, null=False)
    kind = Text()
    said_at = Timestamptz(default=None)
    said_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class CreditReasonTable(Table, tablename="credit_decision_reason"):
    decision = ForeignKey(CreditDecisionTable, on_delete=KEPT, null=False, primary_key=True)
    text = Text()


class CreditStatementTextTable(Table, tablename="credit_statement_text"):
    statement = ForeignKey(CreditStatementTable, on_delete=KEPT, null=False, primary_key=True)
    text = Text()
