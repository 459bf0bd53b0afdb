from piccolo.columns import BigSerial, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable
from standards.storage.tables import PublishedStandard

KEPT = OnDelete.restrict


class AgreementDraftTable(Table, tablename="agreement_draft"):
    id = BigSerial(primary_key=True)
    college = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    agreement_key = Text()
    version = Text()
    title = Text()
    content = Text()
    sha256 = Text()
    handed_in_at = Timestamptz(default=None)
    handed_in_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class AgreementMoveTable(Table, tablename="agreement_move"):
    id = BigSerial(primary_key=True)
    draft = ForeignKey(AgreementDraftTable, on_delete=KEPT, null=False)
    turn = Integer(default=0)
    kind = Text()
    why = Text()
    approver = Text(default=None, null=True)
    approved_on = Date(default=None, null=True)
    standard = ForeignKey(PublishedStandard, on_delete=KEPT, null=True)
    moved_at = Timestamptz(default=None)
    moved_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class AgreementEndTable(Table, tablename="agreement_end"):
    standard = ForeignKey(PublishedStandard, on_delete=KEPT, null=False, primary_key=True)
    until = Date(default=None)
    why = Text()
    ended_at = Timestamptz(default=None)
    ended_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)
