-- Snapshots also tell which published versions each registration is read with, so that who is in a program, and by
-- which versions, is read from them alone. What was kept is made anew: it can be worked out from the rows.

CREATE TABLE snapshot_standards (
    number integer PRIMARY KEY CHECK (number >= 0),
    versions text NOT NULL UNIQUE
);
CREATE TRIGGER snapshot_standards_kept BEFORE UPDATE OR DELETE ON snapshot_standards
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

DELETE FROM evidence_snapshot;
ALTER TABLE evidence_snapshot ADD standards bytea NOT NULL, ADD CHECK (length(standards) * 3 = length(enrolments));
ALTER TABLE evidence_snapshot ALTER standards SET STORAGE EXTERNAL;
