from piccolo.columns import Bytea, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import PersonTable


class ReadTable(Table, tablename="notice_read"):
    person = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False, primary_key=True)
    up_to = Timestamptz(default=None)


class WishTable(Table, tablename="notice_wish"):
    person = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False, primary_key=True)
    often = Text()
    address = Text()
    asked_at = Timestamptz(default=None)
    token_sha256 = Bytea(default=None, null=True)
    confirmed_at = Timestamptz(default=None, null=True)
    told_up_to = Timestamptz(default=None, null=True)
