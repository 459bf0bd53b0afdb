from piccolo.columns import BigSerial, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import OrganisationTable, PersonTable


class TargetRoleTable(Table, tablename="target_role"):
    id = BigSerial(primary_key=True)
    organisation = ForeignKey(OrganisationTable, on_delete=OnDelete.restrict, null=False)
    name = Text()
    rule = Text(null=True, default=None)
    saved_at = Timestamptz(default=None)
    saved_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)
