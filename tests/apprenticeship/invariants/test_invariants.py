"""Every promise is broken on purpose, past all triggers and constraints, and the check-up finds it."""

from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from apprenticeship.credit.services import credit_of
from apprenticeship.invariants.model import Finding
from apprenticeship.invariants.promises import ROW_PROMISES
from apprenticeship.invariants.services import ALONE, RAISES, READABLE, REQUESTS, SNAPSHOTS, examine_rows
from tests.apprenticeship.acting import LATER, acting, award, rows
from tests.stack_fixtures import database_name
from tests.web.shop import Shop
from web.stack.postgres import EmbeddedPostgres

pytestmark = pytest.mark.stack

Break = Callable[..., Awaitable[None]]

FOLLOW = """
INSERT INTO evidence (id, entry, person, kind, subject, happened_on, status, recorded, recorded_by, supersedes)
SELECT {number}, e.entry, e.person, e.kind, e.subject, e.happened_on, 'verified', e.recorded,
    (SELECT person FROM role_held WHERE role = 'mentor'), e.id
FROM evidence AS e WHERE e.status = 'submitted' ORDER BY e.id LIMIT 1
"""
GIVE = """
INSERT INTO raise_decision (enrolment, step, kind, effective_on, as_of, decided_at, decided_by, evidence_up_to,
    standards, standards_sha256, because, explanation, explanation_sha256)
SELECT id, 'machinist:s2', 'approved', registered, registered, now(), person, 0, jsonb_build_array(program), 'none',
    '[]', 'null', '' FROM enrolment
"""
UNDO = """
INSERT INTO raise_decision (enrolment, step, kind, refers_to, as_of, decided_at, decided_by, evidence_up_to,
    standards, standards_sha256, because, explanation, explanation_sha256)
SELECT enrolment, 'machinist:s3', 'undone', id, as_of, decided_at, decided_by, 0, standards, standards_sha256,
    because, explanation, explanation_sha256 FROM raise_decision
"""
LOOK = """
INSERT INTO audit_entry (at, actor, action, subject_kind, subject, detail)
SELECT '2026-11-21 15:30Z', (SELECT person FROM role_held WHERE role = 'registrar'), 'credit.read', 'person',
    person, '{}' FROM enrolment WHERE person NOT IN (SELECT person FROM consent)
"""
SHARED = """
INSERT INTO audit_entry (at, actor, action, subject_kind, subject, detail)
SELECT '2026-11-21 15:30Z', (SELECT person FROM role_held WHERE role = 'employer' LIMIT 1), 'credit.read_shared',
    'person', id, '{}' FROM person WHERE name = 'Ada Tran'
"""
SHARE = """
INSERT INTO credit_share (id, person, employer, purpose, signed_as, since, given_at)
SELECT gen_random_uuid(), p.id, o.id, 'credit', 'Ada Tran', '2026-11-01', '2026-11-01 12:00Z'
FROM person AS p, organisation AS o WHERE p.name = 'Ada Tran' AND o.key = 'keystone'
"""
OPEN = """
INSERT INTO findable (id, person, shown_as, since, until, given_at)
SELECT gen_random_uuid(), id, 'name', '2026-11-01', '2027-01-01', '2026-11-01 12:00Z'
FROM person WHERE name = 'Ada Tran'
"""
FOUND = """
INSERT INTO audit_entry (at, actor, action, subject_kind, subject, detail)
SELECT '2026-11-21 15:30Z', r.person, 'people.find', 'person', p.id, jsonb_build_object('employer', r.organisation,
    'employer_name', 'Harbor Tool', 'findable', coalesce((SELECT id FROM findable LIMIT 1), gen_random_uuid()))
FROM person AS p, role_held AS r JOIN organisation AS o ON o.id = r.organisation
WHERE p.name = 'Ada Tran' AND r.role = 'employer' AND o.key = 'harbor'
"""
CIRCLE = (
    '{"framework":{"id":"round","issuer":"Nobody","title":"Round","version":"1"},"journeymark":1,"competencies":'
    '[{"id":"a","kind":"duty","prerequisites":{"competency":"b"},"title":"A"},'
    '{"id":"b","kind":"duty","prerequisites":{"competency":"a"},"title":"B"}]}'
)
PUBLISH = f"""
INSERT INTO published_standard (id, kind, key, version, title, content, canonical, sha256, published_at)
SELECT gen_random_uuid(), 'framework', 'round', '1', 'Round', c::jsonb, c,
    encode(sha256(convert_to(c, 'UTF8')), 'hex'), now() FROM (SELECT '{CIRCLE}'::text AS c) AS s
"""  # noqa: S608 - from the constant above
PROPOSE = """
INSERT INTO raise_proposal (enrolment, step, kind, turn, as_of, known_at, evidence_up_to, holds_since, standards,
    standards_sha256, because)
SELECT enrolment, step, kind, turn, as_of, known_at, evidence_up_to, holds_since, standards, standards_sha256, because
FROM raise_proposal LIMIT 1
"""
CORRECT = """
INSERT INTO raise_proposal (enrolment, step, kind, refers_to, as_of, known_at, evidence_up_to, was_on, standards,
    standards_sha256, because)
SELECT p.enrolment, p.step, 'correction', d.id, p.as_of, p.known_at, p.evidence_up_to, p.holds_since, p.standards,
    p.standards_sha256, p.because FROM raise_proposal AS p, raise_decision AS d WHERE d.enrolment <> p.enrolment LIMIT 1
"""
SAY = """
INSERT INTO raise_statement (enrolment, kind, proposal, said_at, said_by)
SELECT p.enrolment, '{kind}', p.id, p.known_at, {by} FROM raise_proposal AS p JOIN enrolment AS n ON n.id = p.enrolment
"""
BOSS = "(SELECT person FROM role_held WHERE role = 'employer' LIMIT 1)"
STAND = """
INSERT INTO raise_decision (enrolment, step, kind, effective_on, as_of, decided_at, evidence_up_to, standards,
    standards_sha256, because, explanation, explanation_sha256)
SELECT n.id, '{step}', 'approved', '2026-11-21', '2026-11-21', now() + interval '9 years', 0,
    jsonb_build_array(n.program), 'none', '[]', 'null', '' FROM enrolment AS n JOIN raise_proposal AS p
    ON p.enrolment = n.id
"""
SITES = [
    (
        "INSERT INTO work_site SELECT gen_random_uuid(), id, 'Main', '2025-01-01', now(), p FROM organisation, "
        "(SELECT person AS p FROM role_held LIMIT 1) AS one WHERE key = 'keystone'"
    ),
    (
        "INSERT INTO placement (id, site, person, number, words, since, entered_at, entered_by) "
        "SELECT n, s.id, e.person, 1, '', '2025-02-01', now(), e.person FROM work_site AS s, "
        "(SELECT person FROM enrolment LIMIT 1) AS e, generate_series(1, 2) AS n"
    ),
]
ALONE_NOW = (
    "INSERT INTO alone_release (enrolment, kind, subject, since, because, evidence_up_to, standards_sha256, "
    "released_at, released_by) SELECT id, 'competency', 'nims-machining-1:chucking', '2026-11-20', '[]', 0, '', "
    "now(), person FROM enrolment WHERE program_key = 'machinist'"
)
ASK = """
INSERT INTO credit_request (person, college, agreement, agreement_key, asked_at, as_of, evidence_up_to, standards,
    standards_sha256, granted, lines, answer, answer_sha256)
SELECT n.person, o.id, s.id, s.key, now(), '2026-11-21', 0, '[]', '', '[]', '[]', '{}', ''
FROM (SELECT person FROM enrolment LIMIT 1) AS n, organisation AS o, published_standard AS s
WHERE o.key = 'lakeside' AND s.key = 'lakeside-mfgt'
"""
GRANT = """
INSERT INTO credit_decision (request, award, turn, kind, credits, course, evidence, decided_at, decided_by)
SELECT q.id, 'mfg-101', 0, 'accepted', 200, 'MFG 101', '[]', now(), {by} FROM credit_request AS q
"""
REGISTRAR = "(SELECT person FROM role_held WHERE role = 'registrar' LIMIT 1)"
CASES = {
    "own work": ["UPDATE evidence SET recorded_by = person WHERE status = 'verified'"],
    "one decision": [
        "ALTER TABLE evidence DROP CONSTRAINT evidence_supersedes_key",
        FOLLOW.format(number=9001),
        FOLLOW.format(number=9002),
    ],
    "one decision, a file taken in twice": [
        "ALTER TABLE evidence DROP CONSTRAINT evidence_person_source_key_key",
        "UPDATE evidence SET source_key = 'hours milling 2025-05-09'",
    ],
    "history": ["UPDATE evidence SET entry = entry + 1 WHERE kind = 'hours'"],
    "history, a correction of another person's": [
        FOLLOW.format(number=9001),
        "UPDATE evidence SET person = (SELECT person FROM role_held WHERE role = 'registrar') WHERE id = 9001",
    ],
    "history, a revocation of another person's": [
        (
            "UPDATE evidence SET kind = 'revocation', subject = NULL, status = NULL, "
            "revokes = (SELECT id FROM evidence AS o WHERE o.person <> evidence.person LIMIT 1) "
            "WHERE status = 'submitted'"
        ),
    ],
    "assessors": [FOLLOW.format(number=9001), "DELETE FROM mentor_assignment"],
    "assessors, somebody without a role": ["DELETE FROM role_held WHERE role = 'mentor'"],
    "hours": [
        (
            "INSERT INTO evidence (id, entry, person, kind, minutes, work_process, happened_on, status, recorded, "
            "recorded_by) SELECT 9001, 9001, person, kind, 961, work_process, happened_on, status, recorded, "
            "recorded_by FROM evidence WHERE kind = 'hours'"
        ),
    ],
    "consent": [
        (
            "UPDATE evidence SET recorded_by = (SELECT person FROM role_held WHERE role = 'registrar') "
            "WHERE status = 'verified' AND person NOT IN (SELECT person FROM consent)"
        ),
    ],
    "consent, taken back before": [
        (
            "UPDATE evidence SET recorded_by = (SELECT person FROM role_held WHERE role = 'registrar') "
            "WHERE status = 'verified'"
        ),
        "UPDATE consent SET revoked_at = given_at",
    ],
    "disclosures": [LOOK],
    "shared credit": [SHARED],
    "shared credit, after it was taken back": [
        SHARE,
        "INSERT INTO credit_share_end SELECT id, '2026-11-21 15:10Z' FROM credit_share",
        SHARED,
    ],
    "hiring": [FOUND],
    "hiring, after leave was taken back": [
        OPEN,
        "INSERT INTO findable_end SELECT id, '2026-11-21 15:10Z' FROM findable",
        FOUND,
    ],
    "disclosures, after consent was taken back": [
        LOOK.replace("NOT IN", "IN"),
        "UPDATE consent SET revoked_at = given_at",
    ],
    "published versions": ["UPDATE published_standard SET content = '{}' WHERE key = 'osha'"],
    "organisations": ["UPDATE organisation SET kind = 'agency' WHERE kind = 'college'"],
    "enrolments": ["UPDATE enrolment SET program = gen_random_uuid()"],
    "enrolments, read with a program": [
        "UPDATE enrolment_framework SET standard = (SELECT program FROM enrolment LIMIT 1) WHERE id = 1"
    ],
    "suspended accounts": [
        "INSERT INTO signin_session SELECT sha256('token'), id, now(), now() FROM account LIMIT 1",
        "UPDATE account SET suspended_at = now()",
    ],
    "raises once": ["DROP INDEX raise_decision_once", GIVE, GIVE],
    "raises once, an undo of another step": [GIVE, UNDO],
    "proposals once": ["DROP INDEX raise_proposal_once", PROPOSE],
    "proposals once, a correction of another raise": [GIVE, CORRECT],
    "proposals once, evidence of later": [
        "UPDATE raise_proposal SET known_at = known_at - interval '1 year'"
    ],
    "said about raises": [SAY.format(kind="appeal", by=BOSS)],
    "said about raises, by the wrong one": [SAY.format(kind="objection", by="n.person")],
    "said about raises, elsewhere": [
        SAY.format(kind="objection", by=BOSS),
        "UPDATE raise_statement AS s SET enrolment = (SELECT id FROM enrolment AS n WHERE n.id <> s.enrolment LIMIT 1)",
    ],
    "said about raises, twice": [
        "DROP INDEX raise_answer_once",
        SAY.format(kind="accepted", by=BOSS),
        SAY.format(kind="set_aside", by=BOSS),
    ],
    "said about raises, upheld twice": [
        "DROP INDEX raise_upheld_once",
        SAY.format(kind="appeal", by="n.person"),
        SAY.format(kind="upheld", by=BOSS),
        SAY.format(kind="upheld", by=BOSS),
    ],
    "said about raises, upheld without an appeal": [
        "ALTER TABLE raise_statement DISABLE TRIGGER raise_statement_upheld",
        SAY.format(kind="upheld", by=BOSS),
    ],
    "raises by themselves": [STAND.format(step="machinist:s3")],
    "raises by themselves, over an objection": [
        SAY.format(kind="objection", by=BOSS),
        STAND.format(step="machinist:s2"),
    ],
    "sites": SITES,
    "sites, an end that makes nothing shorter": [
        SITES[0],
        SITES[1].replace("(1, 2)", "(1, 1)"),
        "INSERT INTO placement_end SELECT 1, id, '2025-01-01', now(), entered_by FROM placement",
    ],
    "working alone": [ALONE_NOW],
    "credit for experience": [
        "UPDATE evidence SET source_key = 'standing-claim:1:milling' WHERE kind = 'hours'"
    ],
    "credit once": [ASK, ASK, GRANT.format(by=REGISTRAR)],
    "credit once, to oneself": [ASK, GRANT.format(by="q.person")],
    "credit once, by a stranger": [ASK, GRANT.format(by=BOSS)],
    "credit requests": [ASK],
    "imports": [
        (
            "INSERT INTO import_job (id, organisation, requested_by, file_name, file_sha256, keep, state, rows_total, "
            "rows_done, created_at, finished_at) SELECT gen_random_uuid(), organisation, person, 'a.csv', "
            "repeat('0', 64), 'all', 'done', 1, 1, now(), now() FROM role_held LIMIT 1"
        ),
    ],
    "guards": ["ALTER TABLE evidence DISABLE TRIGGER evidence_kept"],
    "guards, gone altogether": ["DROP TRIGGER raise_decision_kept ON raise_decision"],
    "guards, references unchecked": ["ALTER TABLE evidence DISABLE TRIGGER ALL"],
    "whole numbers": ["ALTER TABLE raise_decision ADD COLUMN bonus numeric"],
    "standards": [PUBLISH],
    "raises": [GIVE],
    "snapshots": ["UPDATE evidence_snapshot SET facts = ''"],
    "snapshots, of nobody": ["DELETE FROM evidence_snapshot"],
    "snapshots, written past": ["UPDATE enrolment SET ended = registered + 100"],
    "snapshots, of words without a number": ["DELETE FROM snapshot_subject"],
}


@pytest.fixture
def break_by(embedded_postgres: EmbeddedPostgres, shop_url: str) -> Break:
    """Give a function that runs statements as the server's administrator, with all triggers off."""

    async def run(*statements: str) -> None:
        connection = await asyncpg.connect(embedded_postgres.url(database_name(shop_url), "postgres"))
        try:
            await connection.execute("SET session_replication_role = replica")
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    return run


async def broken() -> dict[str, Finding]:
    return {finding.check: finding for finding in await examine_rows() if not finding.well}


async def test_a_healthy_shop_keeps_every_promise(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    await award(
        boss,
        shop.people["ada"],
        program="machinist",
        step="machinist:s2",
        effective_on=LATER.date(),
        now=LATER,
    )
    await credit_of(await acting(shop, "registrar"), shop.people["ada"], now=LATER)
    findings = await examine_rows()
    assert [finding.words for finding in findings if not finding.well] == []
    assert len({finding.check for finding in findings}) == len(findings) == len(ROW_PROMISES) + 5


@pytest.mark.parametrize("case", CASES)
async def test_a_broken_promise_is_found_and_says_what_to_do(case: str, shop: Shop, break_by: Break) -> None:
    assert shop.people
    await break_by(*CASES[case])
    found = (await broken())[case.partition(",")[0]]
    assert found.words
    assert found.repair.endswith(".")


def test_every_promise_is_broken_here_at_least_once() -> None:
    promised = {one.check for one in (*ROW_PROMISES, READABLE, RAISES, REQUESTS, SNAPSHOTS, ALONE)}
    assert {case.partition(",")[0] for case in CASES} == promised


async def test_every_table_that_is_kept_for_ever_is_watched(shop: Shop) -> None:
    assert shop.people
    kept = await rows("SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname LIKE '%\\_kept'")
    (guards,) = [one.broken for one in ROW_PROMISES if one.check == "guards"]
    assert [row["name"] for row in kept if f"'{row['name']}'" not in guards] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("effective_on = '2025-03-01', as_of = '2025-03-01'", "its rule did not hold"),
        ("effective_on = '2024-03-01', as_of = '2024-03-01'", "nobody was enrolled on that day"),
        ("decided_at = decided_at - interval '1 day'", "its rule did not hold"),
        ("step = 'machinist:s9'", "the program has no such step"),
        ("standards_sha256 = 'another'", "it was decided under other standards"),
        ("because = '[\"e000009999\"]'", "its reasons name e000009999, which is not in the record"),
        ("because = '[]'", "it rests on other evidence now"),
        ("explanation = jsonb_set(explanation, '{holds}', 'false')", "the proof kept with it was changed"),
        ("explanation_sha256 = 'another', explanation = '1'", "the proof kept with it was changed"),
        (
            "explanation = '1', explanation_sha256 = encode(sha256('1'), 'hex')",
            "its proof reads otherwise now",
        ),
        ("cents_after = cents_after + 1", "the pay before or after it comes out differently"),
        ("evidence_up_to = evidence_up_to + 1", "rows of evidence that were there are missing"),
        (
            "standards = '[\"00000000-0000-4000-8000-000000000000\"]'",
            "the standards that it was decided under are not there",
        ),
    ],
)
async def test_a_raise_is_decided_again_by_what_was_known(
    change: str, words: str, shop: Shop, break_by: Break
) -> None:
    boss = await acting(shop, "employer")
    day = LATER.date()
    await award(
        boss, shop.people["ada"], program="machinist", step="machinist:s2", effective_on=day, now=LATER
    )
    assert await broken() == {}
    await break_by(f"UPDATE raise_decision SET {change}")  # noqa: S608 - from the table above
    (found,) = (await broken()).values()
    assert found.check == "raises"
    assert found.words.endswith(words)


async def test_a_check_that_cannot_be_made_does_not_stop_the_others(shop: Shop, break_by: Break) -> None:
    assert shop.people
    await break_by("DROP TABLE import_row", "UPDATE evidence SET recorded_by = person")
    found = await broken()
    assert found["imports"].words.startswith("could not be checked: ")
    assert "own work" in found


async def test_more_than_a_few_places_are_counted(shop: Shop, break_by: Break) -> None:
    assert shop.people
    await break_by("UPDATE evidence SET recorded_by = person WHERE status = 'verified'")
    words = (await broken())["own work"].words
    assert words.count("was decided by its own person") == 3
    assert words.endswith(" and 4 more")
