"""A look at all promises that hold of stored rows; it reads only, and one check never stops another."""

from collections.abc import Awaitable, Callable
from functools import partial

import asyncpg

from apprenticeship.alone.services import unsupported_when_given
from apprenticeship.credit_decisions.services import replayed
from apprenticeship.invariants import repo
from apprenticeship.invariants.model import Finding, Promise, found
from apprenticeship.invariants.promises import BACKUP, ROW_PROMISES
from apprenticeship.raises.replay import replay_all
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.standing.worlds import world_of
from apprenticeship.store import transaction
from standards.problems import DocumentError
from standards.storage import repo as standards

READABLE = Promise(
    check="standards",
    holds="the standards in force can be read, and none of their rules goes round in a circle",
    repair="Publish a corrected version under a new version number; enrolments stay on theirs until they are moved.",
)
RAISES = Promise(
    check="raises",
    holds="every decision about a raise, made again on its day by what was known then, comes to the same, "
    "or somebody has accepted that it does not",
    repair="Run `journeymark replay --all` and look at each with the employer. " + BACKUP,
)
REQUESTS = Promise(
    check="credit requests",
    holds="every answer that a request for credit froze, made again from what it rests on, comes to the same",
    repair="Run `journeymark replay --all`, look at each request with the college, and let it decide again. "
    + BACKUP,
)
SNAPSHOTS = Promise(
    check="snapshots",
    holds="everybody's snapshot of evidence is what the rows give",
    repair="Run `journeymark rebuild`, and find out what wrote past the product.",
)
ALONE = Promise(
    check="working alone",
    holds="nobody was let work alone on what their record did not support on that day",
    repair="Take the release back on the person's page, and let a mentor look at the work.",
)


async def examine_rows() -> tuple[Finding, ...]:
    """Look after every promise, in one order each time."""
    findings = [await _look(one, partial(repo.broken_rows, one)) for one in ROW_PROMISES]
    findings.append(await _look(READABLE, _unreadable))
    findings.append(await _look(RAISES, _different))
    findings.append(await _look(REQUESTS, _answered_differently))
    findings.append(await _look(SNAPSHOTS, _stale))
    findings.append(await _look(ALONE, _unsupported))
    return tuple(findings)


async def _look(promise: Promise, look: Callable[[], Awaitable[tuple[int, list[str]]]]) -> Finding:
    try:
        return found(promise, *await look())
    except (asyncpg.PostgresError, LookupError, ValueError, DocumentError) as error:
        words = f"could not be checked: {error}"
        return Finding(promise.check, well=False, words=words, repair=promise.repair)


async def _unreadable() -> tuple[int, list[str]]:
    newest = tuple(one.id for one in await standards.newest("framework"))
    words = []
    for ids in {newest, *await repo.version_sets()}:
        try:
            await world_of(ids)
        except DocumentError as error:
            words += [str(problem) for problem in error.problems]
        except LookupError as error:
            words.append(str(error))
    return len(words), sorted(words)


async def _different() -> tuple[int, list[str]]:
    words = sorted(str(one) for one in (await replay_all()).open)
    return len(words), words


async def _answered_differently() -> tuple[int, list[str]]:
    _, different = await replayed()
    return len(different), [f"request {number}" for number in different]


async def _unsupported() -> tuple[int, list[str]]:
    words = await unsupported_when_given()
    return len(words), list(words)


async def _stale() -> tuple[int, list[str]]:
    async with transaction():
        people = await snapshots.wrong()
    return len(people), [f"person {person}" for person in people]
