-- What is never deleted row by row is not emptied at once either.

CREATE TRIGGER consent_whole BEFORE TRUNCATE ON consent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER enrolment_whole BEFORE TRUNCATE ON enrolment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER enrolment_framework_whole BEFORE TRUNCATE ON enrolment_framework
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
