"""What is new for whoever asks."""

from litestar import get

from apprenticeship.notices.services import notices_of, unread_since
from apprenticeship.notices.words import sentence
from web.access import signed_in
from web.api.models.notices import NoticeAnswer, Notices
from web.api.models.people import Named
from web.api.operations import AnyRequest, refusals
from web.pages.asked import now_of
from web.visitors import asking


@get("/notices", opt=signed_in(), operation_id="listNotices", tags=["Your account"], responses=refusals())
async def list_notices(request: AnyRequest) -> Notices:
    """List what happened lately that has to do with the asker, the latest first."""
    actor, now = asking(request).actor, now_of(request)
    since = await unread_since(actor, now=now)
    return Notices(
        notices=[
            NoticeAnswer(
                happened=one.happened,
                at=one.at.isoformat(),
                learner=Named(id=one.person, name=one.apprentice),
                by=one.by,
                count=one.count,
                step=one.step or None,
                day=one.day.isoformat() if one.day else None,
                text=sentence(one, actor.person),
                new=one.at > since,
            )
            for one in await notices_of(actor, now=now)
        ]
    )


HANDLERS = [list_notices]
