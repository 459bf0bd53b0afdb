"""Whom one lets see one's record, for what and how long: given and taken back by oneself alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.people.credit_shares import (
    credit_shares_of,
    employers_to_share_with,
    share_credit,
    stop_sharing,
)
from apprenticeship.people.model import Consent, CreditShare, Organisation
from apprenticeship.people.services import consents_of, give_consent, revoke_consent
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.views_people import colleges
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.GIVE_CONSENT, Whose.OWN)
DONE = {
    "given": "Given. The college can look your record up from the day you chose.",
    "taken": "Taken back. From this moment on the college sees nothing of yours.",
    "shared": "Given. The employer can see your college credit from now on; each look is on your page of credit.",
    "stopped": "Taken back. From this moment on the employer sees nothing of your college credit.",
}


@dataclass(frozen=True)
class ConsentLine:
    """One consent as the list shows it; `last` is the last day that counts."""

    id: UUID
    college: str
    since: date
    last: date | None
    given: datetime
    taken: datetime | None
    open: bool


@dataclass(frozen=True)
class ShareLine:
    """One consent to an employer as the list shows it; `last` is the last day that counts."""

    id: UUID
    employer: str
    purpose: str
    signed_as: str
    since: date
    last: date | None
    given: datetime
    taken: datetime | None
    open: bool


@get("/consents", opt=OWN)
async def show_consents(request: AnyRequest) -> Response[str]:
    """Show whom one lets see what, and ask for more."""
    return await _consents(request, filled("consent"), notice=DONE.get(request.query_params.get("done", "")))


@post("/consents", opt=OWN, status_code=SEE_OTHER)
async def give(request: AnyRequest) -> Response[str]:
    """Let a college see one's record."""
    form = await read_form(request)
    now = now_of(request)
    try:
        college = _college(form, await colleges())
        until = form.day("until", "The last day") + timedelta(days=1) if form.text("until") else None
        await give_consent(asking(request).actor, college=college, since=now.date(), until=until, now=now)
    except Invalid as refusal:
        return await _consents(request, Filled("consent", form, refusal.where, str(refusal)), status=REFUSED)
    except AlreadyDecided as refusal:
        return await _consents(request, Filled("consent", form, "college", str(refusal)), status=REFUSED)
    return see_other("/consents?done=given")


@post("/consents/{consent_id:uuid}", opt=OWN, status_code=SEE_OTHER)
async def take_back(request: AnyRequest, consent_id: FromPath[UUID]) -> Response[str]:
    """Take a consent back, from this moment on."""
    await revoke_consent(asking(request).actor, consent_id, now=now_of(request))
    return see_other("/consents?done=taken")


@post("/consents/employers", opt=OWN, status_code=SEE_OTHER)
async def share(request: AnyRequest) -> Response[str]:
    """Let an employer see one's college credit: signed with one's name, for a purpose."""
    form = await read_form(request)
    try:
        employer = _employer(form, await employers_to_share_with())
        until = form.day("until", "The last day") + timedelta(days=1) if form.text("until") else None
        await share_credit(
            asking(request).actor,
            employer=employer,
            purpose=form.text("purpose"),
            signed_as=form.text("signed_as"),
            until=until,
            now=now_of(request),
        )
    except Invalid as refusal:
        wrong = Filled("sharing", form, refusal.where, str(refusal))
        return await _consents(request, filled("consent"), sharing=wrong, status=REFUSED)
    except AlreadyDecided as refusal:
        wrong = Filled("sharing", form, "employer", str(refusal))
        return await _consents(request, filled("consent"), sharing=wrong, status=REFUSED)
    return see_other("/consents?done=shared")


@post("/consents/employers/{share_id:uuid}", opt=OWN, status_code=SEE_OTHER)
async def stop(request: AnyRequest, share_id: FromPath[UUID]) -> Response[str]:
    """Take a consent to an employer back, from this moment on."""
    await stop_sharing(asking(request).actor, share_id, now=now_of(request))
    return see_other("/consents?done=stopped")


def _employer(form: Form, known: tuple[Organisation, ...]) -> UUID:
    found = next((one.id for one in known if str(one.id) == form.text("employer")), None)
    if found is None:
        raise Invalid("Choose an employer from the list.", where="employer")
    return found


def _college(form: Form, known: tuple[Organisation, ...]) -> UUID:
    found = next((one.id for one in known if str(one.id) == form.text("college")), None)
    if found is None:
        raise Invalid("Choose a college from the list.", where="college")
    return found


async def _consents(
    request: AnyRequest,
    form: Filled,
    *,
    sharing: Filled | None = None,
    notice: str | None = None,
    status: int = 200,
) -> Response[str]:
    known = await colleges()
    names = {college.id: college.name for college in known}
    now = now_of(request)
    given = await consents_of(asking(request).actor)
    lines = [_line(one, names.get(one.organisation, ""), now) for one in reversed(given)]
    employers = await employers_to_share_with()
    called = {one.id: one.name for one in employers}
    shares = await credit_shares_of(asking(request).actor)
    shared = [_share_line(one, called.get(one.employer, ""), now) for one in reversed(shares)]
    return page(
        request,
        "consents.html",
        sharing=sharing or filled("sharing"),
        employers=employers,
        shares=[line for line in shared if line.open],
        shares_over=[line for line in shared if not line.open],
        status=status,
        open=[line for line in lines if line.open],
        over=[line for line in lines if not line.open],
        colleges=known,
        consent=form,
        today=now.date(),
        notice=notice,
        here="/credit",
    )


def _line(consent: Consent, college: str, now: datetime) -> ConsentLine:
    over = consent.revoked_at is not None or (consent.until is not None and consent.until <= now.date())
    last = None if consent.until is None else consent.until - timedelta(days=1)
    return ConsentLine(
        id=consent.id,
        college=college,
        since=consent.since,
        last=last,
        given=consent.given_at,
        taken=consent.revoked_at,
        open=not over,
    )


def _share_line(share: CreditShare, employer: str, now: datetime) -> ShareLine:
    over = share.revoked_at is not None or (share.until is not None and share.until <= now.date())
    return ShareLine(
        id=share.id,
        employer=employer,
        purpose=share.purpose,
        signed_as=share.signed_as,
        since=share.since,
        last=None if share.until is None else share.until - timedelta(days=1),
        given=share.given_at,
        taken=share.revoked_at,
        open=not over,
    )


HANDLERS = [show_consents, give, take_back, share, stop]
