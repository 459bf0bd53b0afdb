-- Consent that a learner gave an employer in writing to see the college credit they have earned: what for, until when.
-- It is no row of `consent`: what a consent gives a college it can never give an employer, nor the other way round.
CREATE TABLE credit_share (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
    employer uuid NOT NULL REFERENCES organisation ON DELETE RESTRICT,
    purpose text NOT NULL CHECK (purpose <> '' AND length(purpose) <= 200),
    signed_as text NOT NULL CHECK (signed_as <> '' AND length(signed_as) <= 200),
    since date NOT NULL,
    until date,
    given_at timestamptz NOT NULL,
    CHECK (since < until)
);
CREATE INDEX ON credit_share (person);
CREATE INDEX ON credit_share (employer);
CREATE TRIGGER credit_share_kept BEFORE UPDATE OR DELETE ON credit_share
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_share_whole BEFORE TRUNCATE ON credit_share
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Consent taken back: from this moment on.
CREATE TABLE credit_share_end (
    credit_share uuid PRIMARY KEY REFERENCES credit_share ON DELETE RESTRICT,
    revoked_at timestamptz NOT NULL
);
CREATE TRIGGER credit_share_end_kept BEFORE UPDATE OR DELETE ON credit_share_end
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_share_end_whole BEFORE TRUNCATE ON credit_share_end
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
