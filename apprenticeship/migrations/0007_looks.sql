-- Results also tell since when somebody is in the program. Those that are there do not, and can be worked out again.
UPDATE cohort_run SET state = 'failed', finished_at = coalesce(finished_at, now()), counts = NULL
    WHERE state IN ('running', 'current');
DELETE FROM cohort_result;
ALTER TABLE cohort_result ADD began date NOT NULL;

-- Looks at everybody in a program: as of a day, and by other standards than those in force for them. Only counts are
-- kept, and only for a while; nothing here is a record of anything.

CREATE TABLE cohort_look (
    id uuid PRIMARY KEY,
    program_key text NOT NULL,
    as_of date NOT NULL,
    candidate jsonb CHECK (jsonb_typeof(candidate) = 'object'),
    asked_by uuid,
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    ranges_total integer CHECK (ranges_total >= 0),
    ranges_done integer NOT NULL DEFAULT 0 CHECK (ranges_done <= ranges_total),
    people integer NOT NULL DEFAULT 0 CHECK (people >= 0),
    seen jsonb,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK ((state = 'done') = (seen IS NOT NULL))
);
CREATE INDEX ON cohort_look (created_at);
CREATE INDEX ON cohort_look (asked_by);

CREATE TABLE cohort_look_range (
    look uuid NOT NULL REFERENCES cohort_look ON DELETE RESTRICT,
    number integer NOT NULL CHECK (number >= 0),
    seen jsonb NOT NULL,
    PRIMARY KEY (look, number)
);
