"""Storing one chunk of a roster: its facts, its rows' states and the job's counts, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.services import new_enrolment, pins_of
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Addition, Status
from apprenticeship.evidence.services import append
from apprenticeship.people import repo as people
from apprenticeship.people.model import (
    Employment,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    RoleHeld,
    RosterEntry,
)
from apprenticeship.proposals.asking import ask_for_look
from apprenticeship.roster import repo
from apprenticeship.roster.deciding import Outcome, There, decide
from apprenticeship.roster.model import Finding, ImportJob, JobState, Keep, RosterRow, RowState


async def what_is_there(
    organisation: UUID, importer: UUID, rows: Sequence[RosterRow], *, today: date
) -> There:
    """Return what the database knows of the people of some rows, in seven queries."""
    known = await people.people_by_number(organisation, sorted({row.number for row in rows}))
    ids = sorted(known.values())
    keys = sorted({row.source_key for row in rows if row.source_key is not None})
    days = sorted({row.on for row in rows if row.on is not None and row.minutes is not None})
    enrolled = await enrolments.of_people(ids)
    return There(
        people=known,
        names={person.id: person.name for person in await people.people_of(ids)},
        enrolments=frozenset((one.person, one.program_key, one.registered) for one in enrolled),
        facts=await evidence.facts_by_source(ids, keys),
        minutes=await evidence.minutes_by_day(ids, days),
        gone=frozenset(ids) - await _here(organisation, ids, today),
        importer=importer,
    )


async def _here(organisation: UUID, persons: Sequence[UUID], today: date) -> frozenset[UUID]:
    """Return who of them works for the organisation, or is on its roster, today."""
    if not persons:
        return frozenset()
    jobs = await people.employments_of(persons)
    entries = await people.rosters_of(persons)
    working = {job.person for job in jobs if job.employer == organisation and job.covers(today)}
    learning = {one.person for one in entries if one.college == organisation and one.covers(today)}
    return frozenset(working | learning)


async def import_rows(job: UUID, first: int, last: int, *, now: datetime) -> None:
    """Import the rows of a job from `first` to `last` that still wait, inside a transaction."""
    planned = await repo.job_of(job)
    if planned is None:
        raise LookupError(job)
    await people.alone_in(planned.organisation)
    rows = await repo.waiting_rows(job, first, last)
    known = await people.people_by_number(planned.organisation, sorted({row.number for row in rows}))
    await people.lock_people(known.values())
    there = await what_is_there(planned.organisation, planned.requested_by, rows, today=now.date())
    outcomes = decide(rows, there)
    refused = [one.finding for one in outcomes if one.finding is not None]
    if refused and planned.keep is Keep.ALL:
        await _refuse_all(job, refused, now)
        return
    await _store(planned, outcomes, there, now)
    await repo.set_rows(job, {one.row.row: one.state for one in outcomes}, refused)
    await _count(job, outcomes, now)


async def _store(job: ImportJob, outcomes: Sequence[Outcome], there: There, now: datetime) -> None:
    organisation = await people.organisation_of(job.organisation)
    if organisation is None:
        raise LookupError(job.organisation)
    kept = [one for one in outcomes if one.state is RowState.CHANGED]
    persons = {**there.people, **await _add_people(organisation, kept, there, now)}
    await _add_enrolments(organisation, kept, persons, now)
    additions = [
        Addition(
            person=persons[one.row.number],
            fact=replace(one.row.fact, attested_by=organisation.name),
            status=Status.VERIFIED,
            recorded=now,
            recorded_by=job.requested_by,
        )
        for one in kept
        if one.new_fact and one.row.fact is not None
    ]
    if additions:
        await append(additions)


async def _add_people(
    organisation: Organisation, outcomes: Sequence[Outcome], there: There, now: datetime
) -> dict[str, UUID]:
    since: dict[str, date] = {}
    names: dict[str, str] = {}
    for one in outcomes:
        if one.row.number not in there.people:
            names.setdefault(one.row.number, one.row.name)
            since[one.row.number] = min(_days(one.row, since.get(one.row.number, now.date())))
    new = {number: uuid4() for number in names}
    if not new:
        return {}
    await people.add_people([Person(id=new[n], name=names[n], created_at=now) for n in new])
    await people.add_numbers(organisation.id, list(new.items()))
    await _tie(organisation, {new[number]: since[number] for number in new})
    return new


def _days(row: RosterRow, otherwise: date) -> list[date]:
    return [day for day in (row.registered, row.on) if day is not None] + [otherwise]


async def _tie(organisation: Organisation, since: dict[UUID, date]) -> None:
    """Make new people the employer's apprentices, or put them on the college's roster."""
    if organisation.kind is OrganisationKind.COLLEGE:
        await people.add_roster_entries(
            [RosterEntry(college=organisation.id, person=person, since=day) for person, day in since.items()]
        )
        return
    await people.add_employments(
        [Employment(person=person, employer=organisation.id, since=day) for person, day in since.items()]
    )
    await people.add_roles(
        [
            RoleHeld(person=person, role=Role.APPRENTICE, organisation=organisation.id, since=day)
            for person, day in since.items()
        ]
    )


async def _add_enrolments(
    organisation: Organisation, outcomes: Sequence[Outcome], persons: dict[str, UUID], now: datetime
) -> None:
    wanted = [one.row for one in outcomes if one.new_enrolment]
    pins = await pins_of(sorted({str(row.program) for row in wanted})) if wanted else {}
    added = await enrolments.add(
        [
            new_enrolment(
                persons[row.number],
                organisation.id,
                (str(row.program), pins[str(row.program)]),
                registered=row.registered or now.date(),
                now=now,
            )
            for row in wanted
        ]
    )
    if added:
        registered = [persons[row.number] for row in wanted]
        await ask_for_look(registered, f"enrolment {min(added)}", now=now)


async def _count(job: UUID, outcomes: Sequence[Outcome], now: datetime) -> None:
    held = await repo.hold_job(job)
    done = held.rows_done + len(outcomes)
    finished = done == held.rows_total
    await repo.save_job(
        replace(
            held,
            rows_done=done,
            rows_changed=held.rows_changed + sum(one.state is RowState.CHANGED for one in outcomes),
            rows_refused=held.rows_refused + sum(one.state is RowState.REFUSED for one in outcomes),
            state=JobState.DONE if finished else held.state,
            finished_at=now if finished else None,
        )
    )


async def _refuse_all(job: UUID, refused: Sequence[Finding], now: datetime) -> None:
    await repo.set_rows(job, {finding.row: RowState.REFUSED for finding in refused}, refused)
    held = await repo.hold_job(job)
    await repo.save_job(
        replace(
            held,
            state=JobState.REFUSED,
            rows_refused=held.rows_refused + len({finding.row for finding in refused}),
            finished_at=now,
        )
    )


async def give_up(job: UUID, first: int, last: int, *, now: datetime) -> None:
    """Say of rows that could not be imported, however often it was tried, that they were not."""
    rows = await repo.waiting_rows(job, first, last)
    what, right = "could not be imported; the fault is ours", "import the file again"
    findings = [Finding(row=row.row, column="", what=what, right=right) for row in rows]
    planned = await repo.hold_job(job)
    if planned.keep is Keep.ALL:
        await _refuse_all(job, findings, now)
        return
    await repo.set_rows(job, {row.row: RowState.REFUSED for row in rows}, findings)
    await _count(job, [Outcome(row, RowState.REFUSED) for row in rows], now)
