"""Whether the server and its database answer."""

from litestar import get

from apprenticeship.store import transaction
from web.access import open_to_all
from web.api.models.people import Health
from web.api.operations import refusals


@get(
    "/health",
    opt=open_to_all(),
    operation_id="readHealth",
    tags=["Health"],
    responses=refusals(),
)
async def read_health() -> Health:
    """Say that the server answers, and its database too. Open to everybody."""
    async with transaction():
        pass  # a transaction begins and ends only when the database is there
    return Health(status="ok")


HANDLERS = [read_health]
