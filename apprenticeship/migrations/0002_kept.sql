-- What else is never changed, and what may be there once only.

-- A clock set back must not let a correction be known before what it corrects; a revocation names the
-- first row of an entry of the same person, because that is the name evidence goes by.
CREATE OR REPLACE FUNCTION name_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE earlier evidence%ROWTYPE;
BEGIN
    IF NEW.revokes IS NOT NULL THEN
        SELECT * INTO STRICT earlier FROM evidence WHERE id = NEW.revokes;
        IF earlier.person <> NEW.person OR earlier.entry <> earlier.id THEN
            RAISE EXCEPTION 'evidence % is not the first row of an entry of this person', NEW.revokes
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.supersedes IS NULL THEN
        NEW.entry := NEW.id;
        RETURN NEW;
    END IF;
    SELECT * INTO STRICT earlier FROM evidence WHERE id = NEW.supersedes;
    IF earlier.person <> NEW.person OR earlier.kind <> NEW.kind THEN
        RAISE EXCEPTION 'evidence % belongs to somebody or something else', NEW.supersedes
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.entry := earlier.entry;
    NEW.recorded := greatest(NEW.recorded, earlier.recorded);
    RETURN NEW;
END $$;

-- Rows of which one column may be written once, from nothing to something.
CREATE FUNCTION refuse_all_but_one() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free text := TG_ARGV[0];
BEGIN
    IF TG_OP = 'DELETE'
        OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free
        OR to_jsonb(OLD) ->> free IS NOT NULL
    THEN
        RAISE EXCEPTION 'of rows of % only % is written later, and once', TG_TABLE_NAME, free
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER consent_kept BEFORE UPDATE OR DELETE ON consent
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_one('revoked_at');
-- one consent at a time, so that taking it back leaves no other one behind
ALTER TABLE consent ADD CONSTRAINT consent_once EXCLUDE USING gist
    (person WITH =, organisation WITH =, purpose WITH =, daterange(since, until) WITH &&)
    WHERE (revoked_at IS NULL);

CREATE INDEX ON mentor_assignment (organisation);

-- An enrolment stays on the versions that it was made with.
CREATE TRIGGER enrolment_kept BEFORE UPDATE OR DELETE ON enrolment
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_one('ended');
CREATE TRIGGER enrolment_framework_kept BEFORE UPDATE OR DELETE ON enrolment_framework
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE published_standard ADD UNIQUE (id, key);
ALTER TABLE enrolment ADD FOREIGN KEY (program, program_key)
    REFERENCES published_standard (id, key) ON DELETE RESTRICT;
