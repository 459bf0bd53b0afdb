-- An appeal is also answered by leaving things as they are: about the decision or the proposal appealed against, once.

ALTER TABLE raise_statement DROP CONSTRAINT raise_statement_kind_check;
ALTER TABLE raise_statement ADD CONSTRAINT raise_statement_kind_check
    CHECK (kind IN ('objection', 'appeal', 'accepted', 'set_aside', 'upheld'));
ALTER TABLE raise_statement DROP CONSTRAINT raise_statement_check1;
ALTER TABLE raise_statement ADD CONSTRAINT raise_statement_check1
    CHECK (kind IN ('appeal', 'upheld') OR decision IS NULL);
CREATE UNIQUE INDEX raise_upheld_once ON raise_statement (proposal, decision) NULLS NOT DISTINCT WHERE kind = 'upheld';

CREATE FUNCTION follow_upheld() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM raise_statement AS s
        WHERE s.kind = 'appeal' AND s.enrolment = NEW.enrolment
            AND s.proposal IS NOT DISTINCT FROM NEW.proposal AND s.decision IS NOT DISTINCT FROM NEW.decision
    ) THEN
        RAISE EXCEPTION 'nobody appealed against this' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER raise_statement_upheld BEFORE INSERT ON raise_statement
    FOR EACH ROW WHEN (NEW.kind = 'upheld') EXECUTE FUNCTION follow_upheld();
