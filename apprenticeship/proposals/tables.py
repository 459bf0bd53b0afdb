from piccolo.columns import JSONB, BigInt, BigSerial, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.enrolments.tables import EnrolmentTable
from apprenticeship.people.tables import PersonTable
from apprenticeship.raises.tables import RaiseDecisionTable

KEPT = OnDelete.restrict


class ProposalTable(Table, tablename="raise_proposal"):
    """Append-only."""

    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=KEPT, null=False)
    step = Text()
    kind = Text()
    turn = Integer(default=0)
    refers_to = ForeignKey(RaiseDecisionTable, on_delete=KEPT, null=True)
    as_of = Date(default=None)
    known_at = Timestamptz(default=None)
    evidence_up_to = BigInt(default=0)
    was_on = Date(default=None, null=True)
    holds_since = Date(default=None, null=True)
    lost_on = Date(default=None, null=True)
    standards = JSONB()
    standards_sha256 = Text()
    because = JSONB()


class StatementTable(Table, tablename="raise_statement"):
    """Append-only; the words stand apart."""

    id = BigSerial(primary_key=True)
    enrolment = ForeignKey(EnrolmentTable, on_delete=KEPT, null=False)
    kind = Text()
    proposal = ForeignKey(ProposalTable, on_delete=KEPT, null=True)
    decision = ForeignKey(RaiseDecisionTable, on_delete=KEPT, null=True)
    said_at = Timestamptz(default=None)
    said_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class StatementTextTable(Table, tablename="raise_statement_text"):
    statement = ForeignKey(StatementTable, on_delete=KEPT, null=False, primary_key=True)
    text = Text()


class WatchTable(Table, tablename="raise_watch"):
    person = ForeignKey(PersonTable, on_delete=KEPT, null=False, primary_key=True)
    look_on = Date(default=None, null=True)
