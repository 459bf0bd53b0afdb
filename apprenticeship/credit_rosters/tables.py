from piccolo.columns import JSONB, UUID, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable


class RosterCheckTable(Table, tablename="roster_check"):
    id = UUID(primary_key=True, default=None)
    asked_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)
    college = ForeignKey(OrganisationTable, on_delete=OnDelete.restrict, null=False)
    as_of = Date(default=None)
    agreements = JSONB()
    unfound = JSONB()
    people = Integer()
    done = Integer(default=0)
    state = Text()
    created_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)


class RosterCheckRowTable(Table, tablename="roster_check_row"):
    roster_check = ForeignKey(RosterCheckTable, on_delete=OnDelete.restrict, null=False)
    place = Integer(primary_key=True)
    person = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)
    content = JSONB(null=True, default=None)
