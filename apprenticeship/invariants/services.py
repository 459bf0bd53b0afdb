"""A look at all promises that hold of stored rows; it reads only, and one check never stops another."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

import asyncpg

from apprenticeship.invariants import repo
from apprenticeship.invariants.model import Finding, Promise, found
from apprenticeship.invariants.promises import BACKUP, ROW_PROMISES
from apprenticeship.raises import repo as raises
from apprenticeship.raises.model import Award
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.standing.worlds import world_of
from apprenticeship.store import transaction
from graph import timeline
from standards.problems import DocumentError
from standards.storage import repo as standards

READABLE = Promise(
    check="standards",
    holds="the standards in force can be read, and none of their rules goes round in a circle",
    repair="Publish a corrected version under a new version number; enrolments stay on theirs until they are moved.",
)
RAISES = Promise(
    check="raises",
    holds="every raise rests on a rule that held on its day, by what was known when it was decided",
    repair="Look at the raise with the employer: its reasons no longer bear it. " + BACKUP,
)
SNAPSHOTS = Promise(
    check="snapshots",
    holds="everybody's snapshot of evidence is what the rows give",
    repair="Run `journeymark rebuild`, and find out what wrote past the product.",
)


async def examine_rows() -> tuple[Finding, ...]:
    """Look after every promise, in one order each time."""
    findings = [await _look(one, partial(repo.broken_rows, one)) for one in ROW_PROMISES]
    findings.append(await _look(READABLE, _unreadable))
    findings.append(await _look(RAISES, _unfounded))
    findings.append(await _look(SNAPSHOTS, _stale))
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


async def _unfounded() -> tuple[int, list[str]]:
    people = await repo.people_with_raises()
    words = []
    for award in await raises.of_enrolments(list(people)):
        wrong = await _what_is_wrong(award, people[award.enrolment])
        if wrong:
            words.append(f"{award.step} of enrolment {award.enrolment} from {award.effective_on}: {wrong}")
    return len(words), sorted(words)


async def _stale() -> tuple[int, list[str]]:
    async with transaction():
        people = await snapshots.wrong()
    return len(people), [f"person {person}" for person in people]


async def _what_is_wrong(award: Award, person: UUID) -> str:
    """Decide again as the employer did: with that day's rules, rows and knowledge."""
    standings = await standings_of([person], as_of=award.effective_on, known_at=award.decided_at)
    standing = next((one for one in standings if one.enrolment.id == award.enrolment), None)
    if standing is None:
        return "nobody was enrolled on that day"
    return judge(award, standing)


def judge(award: Award, standing: Standing) -> str:
    """Say what speaks against a raise; nothing when its rule held."""
    if award.step not in {step.key for step in standing.program.steps}:
        return "the program has no such step"
    if award.standards_sha256 != standing.standards_sha256:
        return "it was decided under other standards"
    line = standing.evaluation.actual.step(award.step)
    if not timeline.is_true(line, award.effective_on.toordinal()):
        return "its rule did not hold"
    missing = set(award.because) - {row.key for row in standing.evidence}
    return f"its reasons name {min(missing)}, which is not in the record" if missing else ""
