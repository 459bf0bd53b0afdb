"""Importing a roster: a dry run first, then chunks through the outbox, each exactly once."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from apprenticeship.audit.services import record
from apprenticeship.outbox.model import Errand
from apprenticeship.outbox.services import ask
from apprenticeship.people.model import OrganisationKind
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor, OrganisationResource
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.roster import repo
from apprenticeship.roster.applying import give_up, import_rows, what_is_there
from apprenticeship.roster.deciding import decide
from apprenticeship.roster.model import (
    Finding,
    ImportJob,
    ImportPlan,
    ImportSummary,
    JobState,
    Keep,
    RowState,
)
from apprenticeship.roster.planning import plan_import
from apprenticeship.roster.reading import read_table
from apprenticeship.roster.rows import Known
from apprenticeship.roster.vocabulary import credential_parts, credentials_by_name, work_processes
from apprenticeship.standing.worlds import catalog_world
from apprenticeship.store import transaction
from apprenticeship.texts import plain

TOPIC = "import"
CHUNK = 250
SHOWN = 500
LONGEST_NAME = 200


async def prepare(
    actor: Actor, organisation: UUID, *, file_name: str, data: bytes, now: datetime
) -> ImportJob:
    """Do a dry run: read and check a file, keep what it would do, change nothing else.

    Raises:
        Missing: there is no such organisation, or the actor may not import for it.
        Invalid: the file cannot be read at all.
    """
    resource = await organisation_resource(organisation)
    permit(actor, Action.IMPORT_ROSTER, resource, now)
    name = plain(file_name)[:LONGEST_NAME]
    plan = await _plan(actor, resource, name, data, now)
    refused = {finding.row for finding in plan.findings}
    job = ImportJob(
        id=uuid4(),
        organisation=organisation,
        requested_by=actor.person,
        file_name=name,
        file_sha256=hashlib.sha256(data).hexdigest(),
        keep=None,
        state=JobState.PLANNED,
        rows_total=len(plan.rows) + len(refused),
        rows_done=0,
        rows_changed=0,
        rows_refused=len(refused),
        created_at=now,
        finished_at=None,
    )
    async with transaction():
        await repo.add_job(job, plan.rows, plan.findings)
        detail = {"file": job.file_sha256, "rows": job.rows_total, "refused": job.rows_refused}
        await record(actor, Action.IMPORT_ROSTER, "import", job.id, now=now, detail=detail)
    return job


async def _plan(
    actor: Actor, resource: OrganisationResource, file_name: str, data: bytes, now: datetime
) -> ImportPlan:
    """Check a file by itself, then against what is there."""
    known = await _known(resource, now)
    # a large workbook takes seconds, in which others are served
    plan = await asyncio.to_thread(_read_and_check, file_name, data, known)
    there = await what_is_there(resource.organisation, actor.person, plan.rows, today=now.date())
    outcomes = await asyncio.to_thread(decide, plan.rows, there)
    late = [one.finding for one in outcomes if one.finding is not None]
    good = tuple(one.row for one in outcomes if one.state is not RowState.REFUSED)
    findings = sorted([*plan.findings, *late], key=lambda finding: finding.row)
    return ImportPlan(rows=good, findings=tuple(findings))


def _read_and_check(file_name: str, data: bytes, known: Known) -> ImportPlan:
    return plan_import(read_table(file_name, data), known)


async def _known(resource: OrganisationResource, now: datetime) -> Known:
    catalog = await catalog_world()
    return Known(
        programs=await work_processes(),
        enrols=resource.kind is not OrganisationKind.COLLEGE,
        credentials=credential_parts(catalog),
        credential_names=credentials_by_name(catalog),
        today=now.date(),
    )


async def start(actor: Actor, job: UUID, keep: Keep, *, now: datetime) -> ImportJob:
    """Begin to import a file that was prepared.

    Raises:
        Missing: there is no such import, or not for this actor.
        AlreadyDecided: it has begun already.
        Invalid: all rows are wanted and some are bad, or there is no good row.
    """
    async with transaction():
        await _permitted(actor, job, now)
        planned = await repo.hold_job(job)
        if planned.state is not JobState.PLANNED:
            raise AlreadyDecided("This import has begun already.")
        rows = await repo.waiting_numbers(job)
        if not rows:
            raise Invalid("No row of this file can be imported.", where="keep")
        if keep is Keep.ALL and planned.rows_refused:
            raise Invalid("Some rows are bad: import the good ones, or mend the file.", where="keep")
        running = replace(planned, keep=keep, state=JobState.RUNNING, rows_done=planned.rows_refused)
        await repo.save_job(running)
        for first, last in _chunks(rows, len(rows) if keep is Keep.ALL else CHUNK):
            payload = {"job": str(job), "first": first, "last": last}
            await ask(TOPIC, f"{job} {first}", payload, now=now)
        await record(actor, Action.IMPORT_ROSTER, "import", job, now=now, detail={"keep": keep})
    return running


def _chunks(rows: Sequence[int], size: int) -> list[tuple[int, int]]:
    parts = [rows[at : at + size] for at in range(0, len(rows), size)]
    return [(part[0], part[-1]) for part in parts]


async def import_chunk(errand: Errand, now: datetime) -> None:
    """Do one chunk, in the transaction that marks its errand done."""
    payload = errand.payload
    await import_rows(UUID(payload["job"]), payload["first"], payload["last"], now=now)


async def abandon_chunk(errand: Errand, now: datetime) -> None:
    """Give a chunk up that failed too often, so that its job ends."""
    payload = errand.payload
    async with transaction():
        await give_up(UUID(payload["job"]), payload["first"], payload["last"], now=now)


async def job_of(actor: Actor, job: UUID, *, now: datetime) -> ImportJob:
    """Return how far an import has come.

    Raises:
        Missing: there is no such import, or not for this actor.
    """
    return await _permitted(actor, job, now)


async def jobs_of(
    actor: Actor, organisation: UUID, *, now: datetime, limit: int = 50
) -> tuple[ImportJob, ...]:
    """Return an organisation's imports, the newest first.

    Raises:
        Missing: there is no such organisation, or the actor may not import for it.
    """
    permit(actor, Action.IMPORT_ROSTER, await organisation_resource(organisation), now)
    return await repo.jobs_in(organisation, limit=limit)


async def findings_of(actor: Actor, job: UUID, *, now: datetime) -> tuple[Finding, ...]:
    """Return what is wrong with a file, by row; the first few hundred findings.

    Raises:
        Missing: there is no such import, or not for this actor.
    """
    await _permitted(actor, job, now)
    return await repo.findings_of(job, limit=SHOWN)


async def summary_of(actor: Actor, job: UUID, *, now: datetime) -> ImportSummary:
    """Return what the good rows of a file speak of.

    Raises:
        Missing: there is no such import, or not for this actor.
    """
    await _permitted(actor, job, now)
    return await repo.summary_of(job)


async def _permitted(actor: Actor, job: UUID, now: datetime) -> ImportJob:
    found = await repo.job_of(job)
    if found is None:
        raise Missing("No such import.")
    permit(actor, Action.IMPORT_ROSTER, await organisation_resource(found.organisation), now)
    return found
