from piccolo.columns import JSONB, UUID, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable


class KeptForecastTable(Table, tablename="kept_forecast"):
    id = UUID(primary_key=True, default=None)
    employer = ForeignKey(OrganisationTable, on_delete=OnDelete.restrict, null=False)
    quarter = Date(default=None)
    as_of = Date(default=None)
    made_at = Timestamptz(default=None)
    made_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=True)
    content = JSONB()
    sha256 = Text()
