"""The web application: pages for people, JSON for programs, one guard in front of both."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import ImproperlyConfiguredException
from litestar.logging import LoggingConfig

from apprenticeship.store import open_store
from web.access import guard, without_policy
from web.api.operations import READING
from web.api.routes import api_handlers
from web.pages import routes
from web.problems import exception_handlers
from web.security import HeadAsGet, add_headers
from web.settings import Settings

LARGEST_BODY = 8_000_000

Clock = Callable[[], datetime]


def current_time() -> datetime:
    """Read the clock of the machine."""
    return datetime.now(UTC)


def create_app(settings: Settings, *, clock: Clock = current_time) -> Litestar:
    """Build the application on a database.

    Args:
        settings: where the database is, and how the server is reached.
        clock: what time it is; nothing else here knows.

    Raises:
        ImproperlyConfiguredException: an operation has no access policy.
    """

    @asynccontextmanager
    async def database(_: Litestar) -> AsyncIterator[None]:
        if settings.database_url is None:
            raise ImproperlyConfiguredException("There is no database: set DATABASE_URL.")
        async with open_store(settings.database_url, connections=settings.database_connections):
            yield

    app = Litestar(
        route_handlers=[*routes.HANDLERS, *api_handlers()],
        guards=[guard],
        before_send=[add_headers],
        exception_handlers=exception_handlers(),
        lifespan=[database],
        # what is our fault is logged by its handler, with the number that the person sees; refusals are no faults
        logging_config=LoggingConfig(log_exceptions="never"),
        openapi_config=None,
        plugins=READING,
        request_max_body_size=LARGEST_BODY,
        state=State({"clock": clock, "settings": settings}),
    )
    unguarded = without_policy(app)
    if unguarded:
        raise ImproperlyConfiguredException(f"No access policy: {', '.join(unguarded)}.")
    app.asgi_handler = HeadAsGet(app.asgi_handler)
    return app
