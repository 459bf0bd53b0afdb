from piccolo.columns import UUID, BigSerial, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable

KEPT = OnDelete.restrict


class SiteTable(Table, tablename="work_site"):
    id = UUID(primary_key=True, default=None)
    employer = ForeignKey(OrganisationTable, on_delete=KEPT, null=False)
    name = Text()
    opened = Date(default=None)
    created_at = Timestamptz(default=None)
    created_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class PlacementTable(Table, tablename="placement"):
    id = BigSerial(primary_key=True)
    site = ForeignKey(SiteTable, on_delete=KEPT, null=False)
    person = ForeignKey(PersonTable, on_delete=KEPT, null=True, default=None)
    number = Integer()
    words = Text()
    since = Date(default=None)
    until = Date(null=True, default=None)
    entered_at = Timestamptz(default=None)
    entered_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)


class PlacementEndTable(Table, tablename="placement_end"):
    id = BigSerial(primary_key=True)
    placement = ForeignKey(PlacementTable, on_delete=KEPT, null=False)
    until = Date(default=None)
    entered_at = Timestamptz(default=None)
    entered_by = ForeignKey(PersonTable, on_delete=KEPT, null=False)
