"""Bring the database to this release, and fill an empty one with the demo."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from random import Random
from textwrap import wrap

from apprenticeship.migrations import MigrationError
from apprenticeship.migrations import migrate as run_migrations
from apprenticeship.people.model import Role
from apprenticeship.refusals import Refusal
from web.settings import Settings
from web.stack.addresses import database_address
from web.stack.probes import refuse_unreachable_database
from web.stack.refusals import StackRefused

WIDTH = 96
SEED = 296  # any number: the same one tells the same stories
WORDS = {
    Role.APPRENTICE: "apprentices",
    Role.MENTOR: "mentors",
    Role.EMPLOYER: "employers",
    Role.REGISTRAR: "college registrars",
    Role.ADMINISTRATOR: "administrators",
}


def migrate(settings: Settings) -> Sequence[str]:
    """Run what is missing of the migration history and say what was run."""
    with database_address(settings) as url:
        return _migrated(url)


def _migrated(url: str) -> list[str]:
    refuse_unreachable_database(url)
    try:
        applied = asyncio.run(run_migrations(url))
    except MigrationError as error:
        raise StackRefused(str(error)) from None
    return [f"Applied migration {name}." for name in applied] or ["The database is up to date."]


def load_demo(settings: Settings) -> Sequence[str]:
    """Bring the database to this release, fill it with the demo when it is empty, and say who can sign in.

    Raises:
        StackRefused: the database holds something else.
    """
    with database_address(settings) as url:
        lines = _migrated(url)
        try:
            is_new = asyncio.run(_fill(url, datetime.now(UTC)))
        except Refusal as refusal:
            raise StackRefused(str(refusal)) from None
    return [*lines, *_people(is_new=is_new)]


async def _fill(url: str, now: datetime) -> bool:
    from apprenticeship.demo.services import load_demo as fill  # noqa: PLC0415 (slow to import, migrate needs none of it)
    from apprenticeship.store import open_store  # noqa: PLC0415 (as above)

    async with open_store(url, connections=1):
        return await fill(now=now, randomness=Random(SEED))  # noqa: S311 (stories, no secrets)


def rebuild(settings: Settings) -> Sequence[str]:
    """Work out everybody's snapshot anew and say of how many people."""
    with database_address(settings) as url:
        lines = _migrated(url)
        count = asyncio.run(_rebuilt(url))
    return [*lines, f"Made the snapshots of {count:,} people anew."]


async def _rebuilt(url: str) -> int:
    from apprenticeship.snapshots.services import rebuild as make_anew  # noqa: PLC0415 (as above)
    from apprenticeship.store import open_store  # noqa: PLC0415 (as above)

    async with open_store(url, connections=1):
        return await make_anew()


def _people(*, is_new: bool) -> Iterator[str]:
    """Say who can sign in, role by role."""
    from apprenticeship.demo.services import PASSWORD, demo_people  # noqa: PLC0415 (as above)

    people = demo_people()
    yield "The demo is new." if is_new else "The demo is there already; what was done in it stays."
    for role in Role:
        logins = ", ".join(one.login for one in people if one.role is role)
        yield from _wrapped(f"{WORDS[role]}: {logins}")
    yield from _wrapped(f"everybody's password: {PASSWORD}")


def _wrapped(line: str) -> Iterator[str]:
    yield from wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")
