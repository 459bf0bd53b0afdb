from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import FindableTable, OrganisationTable, PersonTable

KEPT = OnDelete.restrict


class ContactRequestTable(Table, tablename="contact_request"):
    id = UUID(primary_key=True, default=None)
    findable = ForeignKey(FindableTable, on_delete=KEPT, null=False)
    employer = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    asked_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)
    asked_at = Timestamptz(default=None)


class ContactAnswerTable(Table, tablename="contact_answer"):
    request = ForeignKey(ContactRequestTable, on_delete=KEPT, null=False, primary_key=True)
    agreed = Boolean(default=None)
    answered_at = Timestamptz(default=None)


class ContactWordsTable(Table, tablename="contact_words"):
    request = ForeignKey(ContactRequestTable, on_delete=KEPT, null=False, primary_key=True)
    message = Text()
    contact = Text(null=True, default=None)
