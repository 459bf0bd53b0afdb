"""Loading what sponsors' houses know about enrolments: a handful of queries, however many people."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Evidence
from apprenticeship.house_rules import repo
from apprenticeship.house_rules.bounds import House
from apprenticeship.house_rules.excuses import ExcuseWord, excused_months
from apprenticeship.house_rules.handing_in import reports_of
from apprenticeship.house_rules.model import RulesVersion
from apprenticeship.house_rules.versions import late_logs_since, rules_on, timeline_of


async def house_of(enrolment: Enrolment, *, today: date, known_at: datetime | None = None) -> House:
    """Return what the sponsor's house knows about one enrolment; see `houses_of`."""
    return (await houses_of([enrolment], today=today, known_at=known_at))[enrolment.id]


async def houses_of(
    enrolments: Sequence[Enrolment], *, today: date, known_at: datetime | None = None
) -> dict[UUID, House]:
    """Return by enrolment what its sponsor's house knows on a day, without asking who may know: the caller has.

    `known_at` asks what was known at a moment; None is everything.
    """
    versions = await repo.versions_of(sorted({one.sponsor for one in enrolments}))
    lines = {sponsor: timeline_of(made, known_at=known_at) for sponsor, made in versions.items()}
    asked = [one for one in enrolments if late_logs_since(lines[one.sponsor], today) is not None]
    # most houses ask for no logs: then nobody's history is read
    rows = await evidence.histories(sorted({one.person for one in asked})) if asked else ()
    known = [row for row in rows if known_at is None or row.recorded <= known_at]
    words = await repo.words_of([one.id for one in asked])
    heard = [word for word in words if known_at is None or word.said_at <= known_at]
    return {one.id: _house(one, lines[one.sponsor], known, heard, today) for one in enrolments}


def _house(
    enrolment: Enrolment,
    line: Sequence[RulesVersion],
    rows: Sequence[Evidence],
    words: Sequence[ExcuseWord],
    today: date,
) -> House:
    rules, since = rules_on(line, today), late_logs_since(line, today)
    said = tuple(word for word in words if word.enrolment == enrolment.id)
    if rules.late_logs is None or since is None:
        return House(today=today, rules=rules, line=tuple(line))
    reports = reports_of(
        enrolment,
        [row for row in rows if row.person == enrolment.person],
        due_day=rules.late_logs.due_day,
        on_since=since,
        excused=excused_months(said),
        as_of=today,
    )
    return House(today=today, rules=rules, line=tuple(line), reports=reports, said=said)
