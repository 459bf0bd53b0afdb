"""One's own keys for programs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from apprenticeship.accounts.services import create_key, keys_of, revoke_key
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import read_form
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.visitors import asking

OWN_KEYS = asks(Action.MANAGE_OWN_KEYS, Whose.SHARED)


@get("/keys", opt=OWN_KEYS)
async def show_keys(request: AnyRequest) -> Response[str]:
    """List one's own keys."""
    return await _keys(request)


@post("/keys", opt=OWN_KEYS, status_code=200)
async def make_key(request: AnyRequest) -> Response[str]:
    """Make a key, and show its secret this once."""
    form = await read_form(request)
    days = {"30": 30, "90": 90, "365": 365}.get(form.text("days"), 30)
    now = now_of(request)
    try:
        _, secret = await create_key(
            asking(request).actor,
            name=form.text("name"),
            scopes=frozenset(form.texts("scope")),
            expires_at=now + timedelta(days=days),
            now=now,
        )
    except Invalid as refusal:
        return await _keys(request, refusal=str(refusal))
    return await _keys(request, secret=secret)


@post("/keys/{key_id:uuid}", opt=OWN_KEYS, status_code=SEE_OTHER)
async def end_key(request: AnyRequest, key_id: FromPath[UUID]) -> Redirect:
    """Make a key useless."""
    await revoke_key(asking(request).actor, key_id, now=now_of(request))
    return see_other("/keys")


async def _keys(request: AnyRequest, *, secret: str = "", refusal: str = "") -> Response[Any]:
    now = now_of(request)
    keys = [(key, key.open(now)) for key in await keys_of(asking(request).actor)]
    return page(
        request,
        "keys.html",
        status=REFUSED if refusal else 200,
        keys=keys,
        secret=secret,
        refusal=refusal,
        here="/keys",
    )


HANDLERS = [show_keys, make_key, end_key]
