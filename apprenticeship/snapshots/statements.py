"""What the rows of evidence and enrolment say, as queries: the meaning is that of `apprenticeship.standing.facts`.

What depends on the standards (whether a grade passes, whether a credential has such a part) is left to the reader.
"""

from apprenticeship.snapshots.packing import NOTHING, UNKNOWN
from graph.facts import Status
from graph.gates.columns import NEVER_ENDS, STATUSES, UNRATED

_STATUSES = ", ".join(f"'{status.value}'" for status in STATUSES)

# what each row of evidence says; a row that says nothing (a failed test) still stands for what it supersedes
_TOLD = f"""
SELECT e.person, e.id, e.entry, e.supersedes, told.sort, told.key, told.detail, told.grade, e.happened_on,
    told.value, e.recorded, coalesce(e.status, '{Status.VERIFIED}') AS status, told.part
FROM evidence AS e CROSS JOIN LATERAL (
    SELECT CASE
            WHEN e.result = 'fail' THEN 'nothing'
            WHEN e.kind = 'credential' THEN 'pass'
            WHEN e.kind = 'competency' THEN 'rating'
            ELSE e.kind
        END AS sort,
        CASE e.kind WHEN 'hours' THEN e.work_process ELSE coalesce(e.subject, '') END AS key,
        coalesce(e.part, e.waives, '') AS detail, e.grade,
        CASE e.kind
            WHEN 'credential' THEN 0
            WHEN 'competency' THEN coalesce(e.rating, {UNRATED})
            WHEN 'hours' THEN e.minutes
            WHEN 'course' THEN {UNRATED}
            WHEN 'score' THEN e.score
            WHEN 'waiver' THEN coalesce(e.until - date '0001-01-01' + 1, {NEVER_ENDS})
            WHEN 'revocation' THEN e.revokes
        END AS value, 0 AS part
    UNION ALL
    SELECT 'hours', e.work_process, '', NULL, e.minutes, 1
    WHERE e.kind = 'course' AND e.minutes IS NOT NULL AND e.result IS DISTINCT FROM 'fail'
) AS told
WHERE e.person = ANY($1::uuid[])
"""  # noqa: S608 - put together from constants only

FACTS = f"""
SELECT t.person, t.id, t.entry, coalesce(t.supersedes, 0),
    (CASE t.sort WHEN 'nothing' THEN {NOTHING} ELSE coalesce(s.number, {UNKNOWN}) END)::int4, t.happened_on,
    (CASE WHEN t.grade IS NULL THEN t.value ELSE coalesce(g.number, {UNKNOWN}) END)::int8, t.recorded,
    (array_position(ARRAY[{_STATUSES}], t.status) - 1)::int2, t.part::int2, (t.sort = 'revocation')::int4::int2
FROM ({_TOLD}) AS t
LEFT JOIN snapshot_subject AS s ON (s.sort, s.key, s.detail) = (t.sort, t.key, t.detail)
LEFT JOIN snapshot_grade AS g ON g.grade = t.grade
ORDER BY t.person
"""  # noqa: S608 - put together from constants only

# the versions that a registration is read with, as one word
_VERSIONS = """concat_ws(',', e.program, (SELECT string_agg(f.standard::text, ',' ORDER BY f.standard)
    FROM enrolment_framework AS f WHERE f.enrolment = e.id))"""
REGISTRATIONS = f"""
SELECT e.id, e.person, coalesce(p.number, {UNKNOWN}) AS program, coalesce(s.number, {UNKNOWN}) AS standards,
    e.registered, e.ended
FROM enrolment AS e LEFT JOIN snapshot_program AS p ON p.key = e.program_key
LEFT JOIN snapshot_standards AS s ON s.versions = {_VERSIONS}
WHERE e.person = ANY($1::uuid[]) ORDER BY e.person, e.registered, e.id
"""  # noqa: S608 - put together from constants only

SUSPENSIONS = """
SELECT s.enrolment, s.since, s.until FROM suspension AS s JOIN enrolment AS e ON e.id = s.enrolment
WHERE e.person = ANY($1::uuid[]) ORDER BY s.since
"""

# numbers go on without a gap: whoever adds is alone until the transaction ends
ALONE = "SELECT pg_advisory_xact_lock(hashtext('snapshot vocabulary'))"
_NEXT = "(SELECT coalesce(max(number), -1) FROM {0}) + row_number() OVER (ORDER BY {1})"
NEW_WORDS = (
    f"""
    INSERT INTO snapshot_subject (number, sort, key, detail)
    SELECT {_NEXT.format("snapshot_subject", "sort, key, detail")}, sort, key, detail
    FROM (SELECT DISTINCT sort, key, detail FROM ({_TOLD}) AS t WHERE sort <> 'nothing') AS w
    WHERE NOT EXISTS (SELECT FROM snapshot_subject AS s
        WHERE (s.sort, s.key, s.detail) = (w.sort, w.key, w.detail))
    """,  # noqa: S608 - put together from constants only
    f"""
    INSERT INTO snapshot_grade (number, grade)
    SELECT {_NEXT.format("snapshot_grade", "grade")}, grade
    FROM (SELECT DISTINCT grade FROM ({_TOLD}) AS t WHERE grade IS NOT NULL) AS w
    WHERE NOT EXISTS (SELECT FROM snapshot_grade AS g WHERE g.grade = w.grade)
    """,  # noqa: S608 - put together from constants only
    f"""
    INSERT INTO snapshot_program (number, key)
    SELECT {_NEXT.format("snapshot_program", "program_key")}, program_key
    FROM (SELECT DISTINCT program_key FROM enrolment WHERE person = ANY($1::uuid[])) AS w
    WHERE NOT EXISTS (SELECT FROM snapshot_program AS p WHERE p.key = w.program_key)
    """,  # noqa: S608 - put together from constants only
    f"""
    INSERT INTO snapshot_standards (number, versions)
    SELECT {_NEXT.format("snapshot_standards", "versions")}, versions
    FROM (SELECT DISTINCT {_VERSIONS} AS versions FROM enrolment AS e WHERE e.person = ANY($1::uuid[])) AS w
    WHERE NOT EXISTS (SELECT FROM snapshot_standards AS s WHERE s.versions = w.versions)
    """,  # noqa: S608 - put together from constants only
)

KEEP = """
INSERT INTO evidence_snapshot (person, facts, enrolments, pauses, standards, last_row, evidence_rows)
SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bigint[], $7::int[])
ON CONFLICT (person) DO UPDATE SET facts = excluded.facts, enrolments = excluded.enrolments,
    pauses = excluded.pauses, standards = excluded.standards, last_row = excluded.last_row,
    evidence_rows = excluded.evidence_rows
"""
CHANGED = "INSERT INTO snapshot_change (person) SELECT unnest($1::uuid[])"

# everybody of whom there is anything to keep, in order, so many at a time
NEXT_PEOPLE = """
SELECT person FROM (
    (SELECT DISTINCT person FROM enrolment WHERE person > $1 ORDER BY person LIMIT $2)
    UNION (SELECT DISTINCT person FROM evidence WHERE person > $1 ORDER BY person LIMIT $2)
    UNION (SELECT person FROM evidence_snapshot WHERE person > $1 ORDER BY person LIMIT $2)
) AS somebody ORDER BY person LIMIT $2
"""
KEPT = """
SELECT person, facts, enrolments, pauses, standards, last_row, evidence_rows FROM evidence_snapshot
WHERE person = ANY($1::uuid[])
"""

# many snapshots as one row: what is put one after the other here need not be taken apart and put together there
_READ = """
SELECT coalesce(string_agg(uuid_send(person), ''), '') AS people,
    coalesce(string_agg(int4send(length(facts)) || int4send(length(enrolments)) || int4send(length(pauses)), ''), '')
        AS lengths,
    coalesce(string_agg(facts, ''), '') AS facts, coalesce(string_agg(enrolments, ''), '') AS enrolments,
    coalesce(string_agg(pauses, ''), '') AS pauses, coalesce(string_agg(standards, ''), '') AS standards
FROM (SELECT * FROM evidence_snapshot AS s WHERE {} ORDER BY person) AS chosen
"""
READ_AMONG = _READ.format("s.person = ANY($1::uuid[])")
# the same bounds twice: without them a join of both in order would begin at the first person
_BOUNDS = "{0}.person >= $2 AND ($3::uuid IS NULL OR {0}.person < $3)"
READ_BETWEEN = _READ.format(
    f"{_BOUNDS.format('s')} AND EXISTS (SELECT FROM enrolment AS e "
    f"WHERE e.program_key = $1 AND e.person = s.person AND {_BOUNDS.format('e')})"
)
