"""Notices: what happened that somebody wants to know, in the product; and letters of it, for those who ask.

A notice is read off the rows of what happened, so none is lost and none is there twice.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.notices import repo
from apprenticeship.notices.model import Letter, Notice, Often, Wish
from apprenticeship.notices.words import digest_letter, question_letter
from apprenticeship.outbox.services import ask
from apprenticeship.people.model import Role
from apprenticeship.people.services import learners_of, visible_learners
from apprenticeship.policy import Action, Actor, can
from apprenticeship.refusals import Invalid
from apprenticeship.standing.worlds import world_of
from apprenticeship.store import transaction
from apprenticeship.texts import check_text

LETTER = "notices.letter"
QUESTION = "notices.question"
SHOWN_DAYS = 90
NEW_DAYS = 30  # of somebody who has never read any
LONGEST_ADDRESS = 254
ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


async def notices_of(actor: Actor, *, now: datetime, since: datetime | None = None) -> tuple[Notice, ...]:
    """Return what happened after `since`, the latest first; without it, of the last 90 days."""
    start = now - timedelta(days=SHOWN_DAYS) if since is None else since
    learners = await visible_learners(actor, Action.SIGN_OFF, now=now)
    sponsors = sorted(actor.organisations(Role.EMPLOYER, now.date()))
    found = [
        *await repo.judged(actor.person, start, now),
        *await repo.waiting([one.id for one in learners if one.id != actor.person], start, now),
        *[await _named(*one) for one in await repo.about_raises(actor.person, sponsors, start, now)],
        *await repo.about_hiring(actor.person, sponsors, start, now),
        *await _about_credit(actor, start, now),
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.happened, one.apprentice, one.by), reverse=True))


async def _about_credit(actor: Actor, since: datetime, now: datetime) -> tuple[Notice, ...]:
    """Tell a college only of learners whom it may see now: by a consent or on its roster."""
    colleges = sorted(actor.organisations(Role.REGISTRAR, now.date()))
    found = await repo.about_credit(actor.person, colleges, since, now)
    learners = await learners_of(sorted({one.person for one in found}))
    return tuple(
        one
        for one in found
        if one.person == actor.person or can(actor, Action.DECIDE_CREDIT, learners[one.person], now).allowed
    )


async def _named(notice: Notice, versions: list[str]) -> Notice:
    """Call a wage step by its title, by the standards that it was decided under."""
    world = await world_of(tuple(UUID(one) for one in versions))
    program, place = world.step(notice.step)
    return replace(notice, step=program.steps[place].title or f"Step {place + 1}")


async def unread_since(actor: Actor, *, now: datetime) -> datetime:
    """Return the moment after which notices are new to somebody."""
    return await repo.read_up_to(actor.person) or now - timedelta(days=NEW_DAYS)


async def mark_read(actor: Actor, *, up_to: datetime, now: datetime) -> None:
    """Keep that somebody has read what happened up to a moment, at most up to now."""
    await repo.keep_read(actor.person, min(up_to, now))


async def wish_of(actor: Actor) -> Wish | None:
    """Return which letters the actor wants."""
    return await repo.wish_of(actor.person)


async def want_letters(actor: Actor, *, often: Often | None, address: str, now: datetime) -> None:
    """Ask for letters, other ones, or none; a new address is asked first whether it is theirs.

    Raises:
        Invalid: the address is none.
    """
    async with transaction():
        before = await repo.wish_of(actor.person)
        if often is None:
            await repo.drop_wish(actor.person)
        else:
            _check_address(address)
            wish = Wish(
                person=actor.person,
                often=often,
                address=address,
                asked_at=now,
                confirmed_at=None,
                told_up_to=None,
            )
            if before is not None and before.address == address and before.confirmed_at is not None:
                wish = replace(wish, confirmed_at=before.confirmed_at, told_up_to=before.told_up_to)
            else:
                await ask(
                    QUESTION, f"{actor.person}:{now.isoformat()}", {"person": str(actor.person)}, now=now
                )
            await repo.keep_wish(wish)
        detail = {"often": often}
        await record(actor, "letters.want", "person", actor.person, now=now, detail=detail)


def _check_address(address: str) -> None:
    check_text(address, longest=LONGEST_ADDRESS, where="address")
    if not ADDRESS.fullmatch(address):
        raise Invalid("This is no e-mail address; write it like ada@example.org.", where="address")


async def confirm_address(actor: Actor, secret: str, *, now: datetime) -> None:
    """Keep that an address is the actor's: they are signed in and hold the secret that was sent there.

    Raises:
        Invalid: the secret is not that of the question sent last.
    """
    async with transaction():
        wish = await repo.wish_asking(actor.person, sha256(secret.encode()).digest())
        if wish is None:
            raise Invalid(
                "This is not the link of the last letter to you. Ask for letters again below.", where="secret"
            )
        if wish.confirmed_at is None:
            await repo.drop_wish(actor.person)
            await repo.keep_wish(replace(wish, confirmed_at=now, told_up_to=now))
            await record(actor, "letters.confirm", "person", actor.person, now=now, detail={})


async def ask_for_letters(*, now: datetime) -> None:
    """Ask for the letters that are due, at most one a day and person."""
    for wish in await repo.wishes_confirmed():
        if wish.told_up_to is not None and wish.told_up_to + wish.often.pause <= now:
            key = f"{wish.person}:{now.date().isoformat()}"
            await ask(LETTER, key, {"person": str(wish.person)}, now=now)


async def letter_for(actor: Actor, *, address: str, now: datetime) -> Letter | None:
    """Write the letter that is due to somebody, and keep that it tells; None where there is nothing to tell.

    `address` is where the product is reached.
    """
    wish = await repo.wish_of(actor.person)
    if actor.suspended or wish is None or wish.told_up_to is None or wish.told_up_to + wish.often.pause > now:
        return None
    since = max(wish.told_up_to, await repo.read_up_to(actor.person) or wish.told_up_to)
    news = await notices_of(actor, now=now, since=since)
    if not news:
        return None
    await repo.keep_told(actor.person, now)
    return digest_letter(wish.address, news, actor.person, address)


async def question_for(person: UUID, *, secret: str, address: str) -> Letter | None:
    """Write the letter that asks whether an address is somebody's, and keep its secret's hash; None if none is due."""
    wish = await repo.wish_of(person)
    if wish is None or wish.confirmed_at is not None:
        return None
    await repo.keep_token(person, sha256(secret.encode()).digest())
    return question_letter(wish.address, secret, address)
