"""Errands that send a letter. It is told in the transaction that sends it, so one that fails is sent again.

A worker that is killed after the server took the letter sends it twice, under one message id.
"""

import asyncio
import secrets
from datetime import datetime
from uuid import UUID

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.notices.services import letter_for, question_for
from apprenticeship.outbox.model import Errand
from tasks.app import app
from tasks.mail import Mail


async def send_digest(errand: Errand, now: datetime) -> None:
    """Tell somebody by letter what is new."""
    mail = _mail()
    if mail is None:
        return
    actor = await actor_of_person(UUID(errand.payload["person"]))
    letter = await letter_for(actor, address=mail.address, now=now)
    if letter is not None:
        await asyncio.to_thread(mail.send, letter, errand.id)


async def send_question(errand: Errand, _: datetime) -> None:
    """Ask whether an address is its owner's."""
    mail = _mail()
    if mail is None:
        return
    person = UUID(errand.payload["person"])
    letter = await question_for(person, secret=secrets.token_urlsafe(), address=mail.address)
    if letter is not None:
        await asyncio.to_thread(mail.send, letter, errand.id)


def _mail() -> Mail | None:
    found = app.conf.journeymark_mail
    return found if isinstance(found, Mail) else None
