from piccolo.columns import JSONB, UUID, Date, Text, Timestamptz
from piccolo.table import Table


class TrainingPlanTable(Table, tablename="training_plan"):
    id = UUID(primary_key=True, default=None)
    asked_by = UUID(default=None)
    as_of = Date(default=None)
    asked = JSONB()
    state = Text()
    answer = JSONB(null=True, default=None)
    created_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)
