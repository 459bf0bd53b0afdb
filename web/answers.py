"""How a form is answered: by sending the browser to a page that may be loaded again, or with what was wrong."""

from collections.abc import Sequence
from typing import Final

from litestar.datastructures import Cookie
from litestar.response import Redirect

SEE_OTHER: Final = 303
REFUSED: Final = 422


def see_other(target: str, cookies: Sequence[Cookie] = ()) -> Redirect:
    """Send the browser to a page with GET, so that loading it again sends nothing twice."""
    return Redirect(target, status_code=SEE_OTHER, cookies=list(cookies))
