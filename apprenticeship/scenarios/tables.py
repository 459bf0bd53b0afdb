from piccolo.columns import UUID, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from apprenticeship.people.tables import PersonTable


class ScenarioTable(Table, tablename="crew_scenario"):
    id = UUID(primary_key=True, default=None)
    saved_by = ForeignKey(PersonTable, on_delete=OnDelete.restrict, null=False)
    name = Text()
    question = Text()
    saved_at = Timestamptz(default=None)
