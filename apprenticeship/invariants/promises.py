"""The promises that hold row by row, each with the query that finds what breaks it. Data, no logic.

The database's own constraints and triggers keep most of them; they are asked all the same, because a restored
dump, a repaired table or somebody with the administrator's rights can get around a constraint.
"""

from apprenticeship.invariants.model import RowPromise

BACKUP = "Restore the rows from a backup, and find out who changed them by other means than the product."
DAY = "(e.recorded AT TIME ZONE 'UTC')::date"
LOOKED = "(a.at AT TIME ZONE 'UTC')::date"
DECIDED = "(d.decided_at AT TIME ZONE 'UTC')::date"
COVERS = "{0}.since <= {1} AND ({0}.until IS NULL OR {0}.until > {1})"

EVIDENCE = (
    RowPromise(
        check="own work",
        holds="nobody has signed off or sent back their own work",
        repair="Let another assessor look at it: an administrator hands the entry in again and a mentor decides.",
        broken="""
            SELECT format('evidence %s was decided by its own person', e.id) AS what FROM evidence AS e
            WHERE e.recorded_by = e.person
            AND (e.status IN ('verified', 'rejected') OR e.kind IN ('waiver', 'revocation'))
        """,
    ),
    RowPromise(
        check="one decision",
        holds="every piece of evidence was decided or corrected once at most, and taken from a file once",
        repair=BACKUP,
        broken="""
            SELECT format('evidence %s was followed %s times', supersedes, count(*)) AS what
            FROM evidence WHERE supersedes IS NOT NULL GROUP BY supersedes HAVING count(*) > 1
            UNION ALL
            SELECT format('%s of person %s was taken in %s times', source_key, person, count(*))
            FROM evidence WHERE source_key IS NOT NULL GROUP BY person, source_key HAVING count(*) > 1
        """,
    ),
    RowPromise(
        check="history",
        holds="every correction follows an earlier row of the same person and kind",
        repair=BACKUP,
        broken="""
            SELECT format('evidence %s does not continue evidence %s', e.id, e.supersedes) AS what
            FROM evidence AS e LEFT JOIN evidence AS o ON o.id = e.supersedes
            WHERE e.supersedes IS NOT NULL AND (o.id IS NULL OR o.person <> e.person OR o.kind <> e.kind
                OR o.entry <> e.entry OR o.recorded > e.recorded)
            UNION ALL
            SELECT format('evidence %s begins nothing and continues nothing', id)
            FROM evidence WHERE supersedes IS NULL AND entry <> id
            UNION ALL
            SELECT format('evidence %s revokes evidence %s, which is not this person''s', e.id, e.revokes)
            FROM evidence AS e LEFT JOIN evidence AS o ON o.id = e.revokes
            WHERE e.revokes IS NOT NULL AND (o.id IS NULL OR o.person <> e.person)
        """,
    ),
    RowPromise(
        check="assessors",
        holds="everybody who signed off mentored the person on that day, and whoever entered evidence held a role",
        repair="Have a mentor of that person decide the entry again, or put the dates of the assignment right.",
        broken=f"""
            SELECT format('evidence %s was decided by person %s, no mentor of theirs on %s', e.id, e.recorded_by, {DAY})
                AS what
            FROM evidence AS e JOIN evidence AS o ON o.id = e.supersedes
            WHERE o.status = 'submitted' AND e.status IN ('verified', 'rejected') AND NOT EXISTS (
                SELECT FROM mentor_assignment AS m JOIN role_held AS r
                ON r.person = m.mentor AND r.organisation = m.organisation AND r.role = 'mentor'
                WHERE m.mentor = e.recorded_by AND m.apprentice = e.person
                AND {COVERS.format("m", DAY)} AND {COVERS.format("r", DAY)})
            UNION ALL
            SELECT format('evidence %s was entered by person %s, who held no role on %s', e.id, e.recorded_by, {DAY})
            FROM evidence AS e WHERE e.supersedes IS NULL
            AND (e.status = 'verified' OR e.kind IN ('waiver', 'revocation')) AND NOT EXISTS (
                SELECT FROM role_held AS r WHERE r.person = e.recorded_by AND r.role <> 'apprentice'
                AND {COVERS.format("r", DAY)})
        """,  # noqa: S608 - put together from the constants above
    ),
    RowPromise(
        check="hours",
        holds="nobody has more than 24 hours on a day",
        repair="Send one of the entries of that day back, with a reason.",
        broken="""
            SELECT format('person %s has %s minutes on %s', person, sum(minutes), happened_on) AS what
            FROM current_evidence WHERE kind = 'hours' AND status <> 'rejected'
            AND coalesce(source_key, '') NOT LIKE 'standing-claim:%'
            GROUP BY person, happened_on HAVING sum(minutes) > 1440
        """,
    ),
    RowPromise(
        check="consent",
        holds="colleges wrote only about people who consented or stood on their roster on that day",
        repair="Tell the person, and take the entry out with a revocation.",
        broken=f"""
            SELECT format('evidence %s was entered by a registrar without leave on %s', e.id, {DAY}) AS what
            FROM evidence AS e
            WHERE e.status = 'verified' AND e.supersedes IS NULL AND EXISTS (
                SELECT FROM role_held AS r WHERE r.person = e.recorded_by AND r.role = 'registrar'
                AND {COVERS.format("r", DAY)})
            AND NOT EXISTS (
                SELECT FROM role_held AS r WHERE r.person = e.recorded_by
                AND r.role NOT IN ('apprentice', 'registrar') AND {COVERS.format("r", DAY)})
            AND NOT EXISTS (
                SELECT FROM role_held AS r JOIN college_roster AS c ON c.college = r.organisation
                WHERE r.person = e.recorded_by AND r.role = 'registrar' AND c.person = e.person
                AND {COVERS.format("c", DAY)})
            AND NOT EXISTS (
                SELECT FROM role_held AS r JOIN consent AS c ON c.organisation = r.organisation
                WHERE r.person = e.recorded_by AND r.role = 'registrar' AND c.person = e.person
                AND {COVERS.format("c", DAY)} AND c.given_at <= e.recorded
                AND (c.revoked_at IS NULL OR c.revoked_at > e.recorded))
        """,  # noqa: S608 - put together from the constants above
    ),
)

RELATIONS = (
    RowPromise(
        check="disclosures",
        holds="every look of a college at somebody was by their consent or its roster on that day",
        repair="Tell the person who looked and when; their own page of looks says it too.",
        broken=f"""
            SELECT format('look %s at person %s on %s had no leave', a.id, a.subject, {LOOKED}) AS what
            FROM audit_entry AS a WHERE a.action IN ('credit.read', 'record.read', 'standing.read')
            AND a.subject_kind = 'person'
            AND NOT EXISTS (
                SELECT FROM role_held AS r JOIN college_roster AS c ON c.college = r.organisation
                WHERE r.person = a.actor AND c.person::text = a.subject
                AND (r.role = 'registrar' OR r.role = 'administrator' AND a.action <> 'credit.read')
                AND {COVERS.format("r", LOOKED)} AND {COVERS.format("c", LOOKED)})
            AND NOT EXISTS (
                SELECT FROM role_held AS r JOIN consent AS c ON c.organisation = r.organisation
                WHERE r.person = a.actor AND r.role = 'registrar' AND c.person::text = a.subject
                AND {COVERS.format("r", LOOKED)} AND {COVERS.format("c", LOOKED)} AND c.given_at <= a.at
                AND (c.revoked_at IS NULL OR c.revoked_at > a.at))
        """,  # noqa: S608 - put together from the constants above
    ),
    RowPromise(
        check="shared credit",
        holds="every look of an employer at somebody's credit was by a consent to that employer at that moment",
        repair="Tell the person who looked and when; their own page of looks says it too.",
        broken=f"""
            SELECT format('look %s at person %s on %s had no leave', a.id, a.subject, {LOOKED}) AS what
            FROM audit_entry AS a WHERE a.action = 'credit.read_shared' AND a.subject_kind = 'person'
            AND NOT EXISTS (
                SELECT FROM role_held AS r JOIN credit_share AS c ON c.employer = r.organisation
                LEFT JOIN credit_share_end AS e ON e.credit_share = c.id
                WHERE r.person = a.actor AND r.role = 'employer' AND c.person::text = a.subject
                AND {COVERS.format("r", LOOKED)} AND {COVERS.format("c", LOOKED)} AND c.given_at <= a.at
                AND (e.revoked_at IS NULL OR e.revoked_at > a.at))
        """,  # noqa: S608 - put together from the constants above
    ),
    RowPromise(
        check="hiring",
        holds="every person whom a search showed had agreed to be found by that employer, and did not work for it",
        repair="Tell the person who looked and when; their own page of looks says it too.",
        broken=f"""
            SELECT format('look %s at person %s on %s had no leave', a.id, a.subject, {LOOKED}) AS what
            FROM audit_entry AS a WHERE a.action = 'people.find' AND a.subject_kind = 'person'
            AND NOT EXISTS (
                SELECT FROM findable AS f LEFT JOIN findable_end AS e ON e.findable = f.id
                JOIN role_held AS r ON r.person = a.actor AND r.role = 'employer'
                WHERE f.id::text = a.detail ->> 'findable' AND f.person::text = a.subject
                AND r.organisation::text = a.detail ->> 'employer'
                AND (f.employer IS NULL OR f.employer = r.organisation)
                AND {COVERS.format("f", LOOKED)} AND {COVERS.format("r", LOOKED)}
                AND f.given_at <= a.at AND (e.revoked_at IS NULL OR e.revoked_at >= a.at)
                AND NOT EXISTS (
                    SELECT FROM employment AS j WHERE j.person = f.person AND j.employer = r.organisation
                    AND {COVERS.format("j", LOOKED)}))
        """,  # noqa: S608 - put together from the constants above
    ),
    RowPromise(
        check="published versions",
        holds="every published version has the content that its hash names",
        repair=BACKUP,
        broken="""
            SELECT format('%s %s %s has other content than was published', kind, key, version) AS what
            FROM published_standard
            WHERE sha256 <> encode(sha256(convert_to(canonical, 'UTF8')), 'hex')
            OR NOT pg_input_is_valid(canonical, 'jsonb') OR content IS DISTINCT FROM canonical::jsonb
        """,
    ),
    RowPromise(
        check="organisations",
        holds="every role, employment, mentor, roster and consent is with an organisation of the right kind",
        repair="End the entry and make it again with the right organisation.",
        broken="""
            SELECT format('%s %s of person %s is with the %s %s', r.role, r.id, r.person, o.kind, o.key) AS what
            FROM role_held AS r JOIN organisation AS o ON o.id = r.organisation
            WHERE (r.role IN ('apprentice', 'mentor', 'employer') AND o.kind <> 'employer')
            OR (r.role = 'registrar' AND o.kind <> 'college')
            UNION ALL
            SELECT format('employment %s of person %s is with the %s %s', e.id, e.person, o.kind, o.key)
            FROM employment AS e JOIN organisation AS o ON o.id = e.employer WHERE o.kind <> 'employer'
            UNION ALL
            SELECT format('mentor assignment %s is with the %s %s', m.id, o.kind, o.key)
            FROM mentor_assignment AS m JOIN organisation AS o ON o.id = m.organisation WHERE o.kind <> 'employer'
            UNION ALL
            SELECT format('roster entry %s of person %s is with the %s %s', c.id, c.person, o.kind, o.key)
            FROM college_roster AS c JOIN organisation AS o ON o.id = c.college WHERE o.kind <> 'college'
            UNION ALL
            SELECT format('consent %s of person %s is for the %s %s', c.id, c.person, o.kind, o.key)
            FROM consent AS c JOIN organisation AS o ON o.id = c.organisation WHERE o.kind <> 'college'
        """,
    ),
    RowPromise(
        check="enrolments",
        holds="every enrolment is in a published version of its program, read with published frameworks",
        repair="Publish the version that is missing again from its document; its hash must be the same.",
        broken="""
            SELECT format('enrolment %s is in no published version of %s', e.id, e.program_key) AS what
            FROM enrolment AS e LEFT JOIN published_standard AS s ON s.id = e.program
            WHERE s.id IS NULL OR s.kind <> 'program' OR s.key <> e.program_key
            UNION ALL
            SELECT format('enrolment %s is read with %s, which is no published framework', f.enrolment, f.standard)
            FROM enrolment_framework AS f LEFT JOIN published_standard AS s ON s.id = f.standard
            WHERE s.id IS NULL OR s.kind <> 'framework'
        """,
    ),
    RowPromise(
        check="suspended accounts",
        holds="no suspended account is still signed in",
        repair="Suspend the account again; that ends its sessions.",
        broken="""
            SELECT format('account %s', a.id) AS what FROM account AS a
            WHERE a.suspended_at IS NOT NULL
            AND EXISTS (SELECT FROM signin_session AS s WHERE s.account = a.id AND s.ended_at IS NULL)
        """,
    ),
    RowPromise(
        check="raises once",
        holds="no wage step was given twice, and every undo takes back one decision about the same step",
        repair=BACKUP,
        broken="""
            SELECT format('enrolment %s was given %s %s times', enrolment, step, count(*)) AS what
            FROM raise_decision AS d WHERE kind = 'approved'
            AND NOT EXISTS (SELECT FROM raise_decision AS u WHERE u.refers_to = d.id)
            GROUP BY enrolment, step HAVING count(*) > 1
            UNION ALL
            SELECT format('decision %s takes back nothing that was decided about its step', u.id)
            FROM raise_decision AS u LEFT JOIN raise_decision AS d ON d.id = u.refers_to AND d.id < u.id
                AND d.enrolment = u.enrolment AND d.step = u.step AND d.kind <> 'undone'
            WHERE u.kind = 'undone' AND d.id IS NULL
        """,
    ),
    RowPromise(
        check="proposals once",
        holds="every step was proposed once a turn, and every correction is about a raise that was given",
        repair=BACKUP,
        broken="""
            SELECT format('%s of enrolment %s was proposed %s times', step, enrolment, count(*)) AS what
            FROM raise_proposal WHERE kind = 'raise' GROUP BY enrolment, step, turn HAVING count(*) > 1
            UNION ALL
            SELECT format('correction %s is about no approval of its step', p.id)
            FROM raise_proposal AS p LEFT JOIN raise_decision AS d ON d.id = p.refers_to
                AND d.enrolment = p.enrolment AND d.step = p.step AND d.kind = 'approved'
            WHERE p.kind = 'correction' AND d.id IS NULL
            UNION ALL
            SELECT format('proposal %s of enrolment %s knows evidence of a later moment', p.id, p.enrolment)
            FROM raise_proposal AS p JOIN evidence AS e ON e.id = p.evidence_up_to WHERE e.recorded > p.known_at
        """,
    ),
    RowPromise(
        check="said about raises",
        holds="apprentices appealed for themselves, others answered them, each with a reason or its erasure, and once",
        repair=BACKUP,
        broken="""
            SELECT format('appeal %s is not by the apprentice', s.id) AS what
            FROM raise_statement AS s JOIN enrolment AS n ON n.id = s.enrolment
            WHERE s.kind = 'appeal' AND s.said_by <> n.person
            UNION ALL
            SELECT format('%s %s is by the apprentice', s.kind, s.id)
            FROM raise_statement AS s JOIN enrolment AS n ON n.id = s.enrolment
            WHERE s.kind <> 'appeal' AND s.said_by = n.person
            UNION ALL
            SELECT format('statement %s is about another enrolment', s.id)
            FROM raise_statement AS s LEFT JOIN raise_proposal AS p ON p.id = s.proposal
                LEFT JOIN raise_decision AS d ON d.id = s.decision
            WHERE coalesce(p.enrolment, d.enrolment) IS DISTINCT FROM s.enrolment
            UNION ALL
            SELECT format('%s was answered %s times', proposal, count(*)) FROM raise_statement
            WHERE kind IN ('accepted', 'set_aside') GROUP BY proposal HAVING count(*) > 1
            UNION ALL
            SELECT format('%s %s was upheld %s times, appealed against %s times',
                CASE WHEN decision IS NULL THEN 'proposal' ELSE 'decision' END, coalesce(decision, proposal),
                count(*) FILTER (WHERE kind = 'upheld'), count(*) FILTER (WHERE kind = 'appeal'))
            FROM raise_statement WHERE kind IN ('appeal', 'upheld') GROUP BY proposal, decision
            HAVING count(*) FILTER (WHERE kind = 'upheld') > 1
                OR count(*) FILTER (WHERE kind = 'upheld') > count(*) FILTER (WHERE kind = 'appeal')
        """,
    ),
    RowPromise(
        check="raises by themselves",
        holds="a raise that nobody decided was proposed before, and nobody had objected to it",
        repair="Undo the raise and decide it again, with a reason.",
        broken="""
            SELECT format('decision %s was proposed by nobody, or somebody objected', d.id) AS what
            FROM raise_decision AS d WHERE d.decided_by IS NULL AND NOT EXISTS (
                SELECT FROM raise_proposal AS p WHERE p.enrolment = d.enrolment AND p.step = d.step
                AND p.kind = 'raise' AND p.turn = d.turn AND p.known_at < d.decided_at
                AND NOT EXISTS (SELECT FROM raise_statement AS s
                    WHERE s.proposal = p.id AND s.kind = 'objection' AND s.said_at < d.decided_at))
        """,
    ),
    RowPromise(
        check="sites",
        holds="nobody is placed at two sites at once, and every end makes a placement shorter",
        repair=BACKUP,
        broken="""
            SELECT format('person %s is placed twice, by %s and %s', a.person, a.id, b.id) AS what
            FROM current_placement AS a JOIN current_placement AS b ON b.person = a.person AND b.id > a.id
            WHERE a.since < coalesce(a.until, 'infinity') AND b.since < coalesce(b.until, 'infinity')
            AND daterange(a.since, a.until) && daterange(b.since, b.until)
            UNION ALL
            SELECT format('end %s does not make placement %s shorter', e.id, p.id)
            FROM placement_end AS e JOIN placement AS p ON p.id = e.placement
            WHERE e.until < p.since OR e.until >= p.until
        """,
    ),
    RowPromise(
        check="credit for experience",
        holds="every credited hour was granted by a decision about a claim, in time, and all that was granted is there",
        repair="Take the entry out with a revocation, and decide the claim again on paper with the agency.",
        broken="""
            SELECT format('credited hours %s are not what was granted', e.id) AS what FROM evidence AS e
            WHERE e.source_key LIKE 'standing-claim:%' AND NOT EXISTS (
                SELECT FROM standing_decision AS d JOIN standing_claim AS c ON c.id = d.claim
                JOIN enrolment AS n ON n.id = c.enrolment
                WHERE n.person = e.person AND e.source_key = format('standing-claim:%s:%s', c.id, e.work_process)
                AND (d.granted ->> e.work_process)::bigint = e.minutes)
            UNION ALL
            SELECT format('claim %s was granted hours in %s that are not there', d.claim, g.key)
            FROM standing_decision AS d JOIN standing_claim AS c ON c.id = d.claim
            JOIN enrolment AS n ON n.id = c.enrolment CROSS JOIN LATERAL jsonb_each_text(d.granted) AS g
            WHERE NOT EXISTS (SELECT FROM evidence AS e WHERE e.person = n.person
                AND e.source_key = format('standing-claim:%s:%s', d.claim, g.key))
            UNION ALL
            SELECT format('claim %s was granted after probation', claim) FROM standing_decision
            WHERE granted <> jsonb_build_object() AND decided_on >= probation_ends
        """,
    ),
    RowPromise(
        check="credit once",
        holds="no college granted one award twice to one person, and nobody decided about their own credit",
        repair="Decide the later of the two again, as not granted, with the reason that it was granted before.",
        broken=f"""
            SELECT format('%s of %s was granted %s times to person %s', d.award, q.agreement_key, count(*), q.person)
                AS what
            FROM credit_decision AS d JOIN credit_request AS q ON q.id = d.request
            WHERE d.kind <> 'refused' AND d.override_until IS NULL AND NOT EXISTS (
                SELECT FROM credit_decision AS n
                WHERE n.request = d.request AND n.award = d.award AND n.turn > d.turn)
            GROUP BY q.person, q.college, q.agreement_key, d.award HAVING count(*) > 1
            UNION ALL
            SELECT format('credit decision %s was made by the learner', d.id)
            FROM credit_decision AS d JOIN credit_request AS q ON q.id = d.request WHERE d.decided_by = q.person
            UNION ALL
            SELECT format('credit decision %s was made by no registrar of the college', d.id)
            FROM credit_decision AS d JOIN credit_request AS q ON q.id = d.request WHERE NOT EXISTS (
                SELECT FROM role_held AS r WHERE r.person = d.decided_by AND r.organisation = q.college
                AND r.role = 'registrar' AND {COVERS.format("r", DECIDED)})
        """,  # noqa: S608 - put together from the constants above
    ),
    RowPromise(
        check="imports",
        holds="what imports say of their rows is what became of the rows",
        repair="Import the same file again: what is there already is left as it is.",
        broken="""
            SELECT format('import %s says %s changed and %s refused of %s; its rows say %s, %s and %s',
                j.id, j.rows_changed, j.rows_refused, j.rows_total, n.changed, n.refused, n.total) AS what
            FROM import_job AS j CROSS JOIN LATERAL (
                SELECT count(*) AS total, count(*) FILTER (WHERE state = 'changed') AS changed,
                    count(*) FILTER (WHERE state = 'refused') AS refused
                FROM import_row WHERE job = j.id) AS n
            WHERE j.state = 'done' AND (n.total, n.changed, n.refused)
                <> (j.rows_total, j.rows_changed, j.rows_refused)
        """,
    ),
)

GUARDS = (
    RowPromise(
        check="guards",
        holds="the database refuses to change what is kept for ever, and no rule is switched off",
        repair="Switch the trigger or constraint on again (ALTER TABLE ... ENABLE TRIGGER, VALIDATE CONSTRAINT), "
        "then run the check again.",
        broken="""
            SELECT format('rows of %s can be changed', kept) AS what
            FROM unnest(ARRAY['agreement_draft', 'agreement_end', 'agreement_move', 'alone_end', 'alone_release',
                'audit_entry', 'consent', 'contact_answer', 'contact_request', 'credit_decision', 'credit_request',
                'credit_share', 'credit_share_end',
                'credit_statement', 'difference_accepted', 'enrolment', 'enrolment_framework', 'evidence', 'findable',
                'findable_end', 'house_rules', 'kept_forecast', 'late_log_excuse', 'payroll_handover', 'payroll_line',
                'placement', 'placement_end', 'published_standard', 'raise_decision', 'raise_first_approval',
                'raise_proposal', 'raise_seconded', 'raise_statement', 'snapshot_grade', 'snapshot_program',
                'snapshot_standards', 'snapshot_subject', 'standing_claim', 'standing_decision', 'standing_told',
                'target_role', 'work_site']) AS kept
            WHERE NOT EXISTS (SELECT FROM pg_trigger
                WHERE tgrelid = to_regclass(kept) AND tgname = kept || '_kept' AND tgenabled = 'O')
            UNION ALL
            SELECT DISTINCT format('a rule of %s is switched off', c.relname)
            FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled <> 'O'
            UNION ALL
            SELECT format('constraint %s is not validated', conname) FROM pg_constraint
            WHERE connamespace = current_schema()::regnamespace AND NOT convalidated
        """,
    ),
    RowPromise(
        check="whole numbers",
        holds="money, hours and credits are kept as whole cents, minutes and hundredths",
        repair="Change the column to a whole number in a migration of your own release, not by hand.",
        broken="""
            SELECT format('%s.%s is %s', table_name, column_name, data_type) AS what
            FROM information_schema.columns WHERE table_schema = current_schema()
            AND data_type IN ('numeric', 'real', 'double precision', 'money')
        """,
    ),
)

ROW_PROMISES = (*EVIDENCE, *RELATIONS, *GUARDS)
