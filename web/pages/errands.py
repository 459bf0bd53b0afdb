"""Work behind the pages that was given up, and letting it be tried again."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from apprenticeship.policy import Action
from tasks.given_up import MOST, given_up, purpose_of, retry
from web.access import Whose, asks
from web.answers import SEE_OTHER, see_other
from web.forms import read_form
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.visitors import asking

MANAGING = asks(Action.MANAGE_PEOPLE, Whose.ORGANISATION)

LONGEST_NUMBER = 10


@get("/organisation/jobs", opt=MANAGING)
async def show_given_up(request: AnyRequest) -> Response[str]:
    """List the jobs that failed too often."""
    found = await given_up(asking(request).actor, now=now_of(request))
    is_done = request.query_params.get("done") == "again"
    return page(
        request,
        "errands.html",
        here="/organisation",
        errands=[(one, purpose_of(one)) for one in found],
        most=MOST,
        notice="It is tried again, with all its attempts. If it fails as often, it comes back here."
        if is_done
        else None,
    )


@post("/organisation/jobs/{errand_id:int}", opt=MANAGING, status_code=SEE_OTHER)
async def try_again(request: AnyRequest, errand_id: FromPath[int]) -> Redirect:
    """Let a job be tried again."""
    form = await read_form(request)
    seen = form.text("attempts")
    attempts = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < LONGEST_NUMBER else 0
    await retry(asking(request).actor, errand_id, attempts=attempts, now=now_of(request))
    return see_other("/organisation/jobs?done=again")


HANDLERS = [show_given_up, try_again]
