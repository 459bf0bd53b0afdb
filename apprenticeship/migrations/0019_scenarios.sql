-- Questions about a crew that somebody saved: the question only, asked anew each time it is opened. No decision rests
-- on one, so it can be thrown away.

CREATE TABLE crew_scenario (
    id uuid PRIMARY KEY,
    saved_by uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
    name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    question text NOT NULL CHECK (length(question) <= 20000),
    saved_at timestamptz NOT NULL
);
CREATE INDEX ON crew_scenario (saved_by);
