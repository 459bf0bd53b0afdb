from piccolo.columns import JSONB, UUID, Date, Text, Timestamptz
from piccolo.table import Table


class PublishedStandard(Table, tablename="published_standard"):
    """A framework, program, agreement or degree as it was published; never changed afterwards."""

    id = UUID(primary_key=True, default=None)
    kind = Text()
    key = Text()
    version = Text()
    title = Text()
    content = JSONB()
    canonical = Text()
    sha256 = Text()
    effective_from = Date(null=True, default=None)
    effective_until = Date(null=True, default=None)
    published_at = Timestamptz(default=None)
