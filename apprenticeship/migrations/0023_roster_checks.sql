-- What a college's agreements give to everybody on its roster, worked out on one day. These are answers to a question,
-- kept for a while for whoever asked; nothing here is a record of anything.

CREATE TABLE roster_check (
    id uuid PRIMARY KEY,
    asked_by uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
    college uuid NOT NULL REFERENCES organisation ON DELETE RESTRICT,
    as_of date NOT NULL,
    agreements jsonb NOT NULL CHECK (jsonb_typeof(agreements) = 'array'),
    -- what of an uploaded list was not found: row, what it says, and why
    unfound jsonb NOT NULL CHECK (jsonb_typeof(unfound) = 'array'),
    people integer NOT NULL CHECK (people > 0),
    done integer NOT NULL DEFAULT 0 CHECK (done BETWEEN 0 AND people),
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK (state <> 'done' OR done = people)
);
CREATE INDEX ON roster_check (asked_by, created_at);
CREATE INDEX ON roster_check (college);
CREATE INDEX ON roster_check (created_at);

CREATE TABLE roster_check_row (
    roster_check uuid NOT NULL REFERENCES roster_check ON DELETE RESTRICT,
    place integer NOT NULL CHECK (place >= 0),
    person uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
    content jsonb CHECK (jsonb_typeof(content) = 'object'),
    PRIMARY KEY (roster_check, place),
    UNIQUE (roster_check, person)
);
CREATE INDEX ON roster_check_row (person);
