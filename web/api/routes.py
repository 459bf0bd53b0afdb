"""What is served under /api: the operations, their OpenAPI file, and the page that describes them."""

from typing import Any

from litestar import Response, Router, get
from litestar.types import ControllerRouterHandler

from web.access import open_to_all
from web.api.catalogue import OPERATIONS, openapi_file
from web.api.operations import ENCODERS, PREFIX
from web.api.reference import HANDLERS as REFERENCE


@get(f"{PREFIX}/openapi.json", opt=open_to_all(), include_in_schema=False)
async def send_openapi_file() -> Response[dict[str, Any]]:
    """Send the OpenAPI file."""
    return Response(openapi_file(), media_type="application/json")


def api_handlers() -> list[ControllerRouterHandler]:
    """Give everything that is served under /api."""
    operations = Router(PREFIX, route_handlers=list(OPERATIONS), type_encoders=ENCODERS)
    return [operations, send_openapi_file, *REFERENCE]
