-- Plans of whom to train where and when. They are answers to a question, kept for a while for whoever asked; nothing
-- here is a record of anything.

CREATE TABLE training_plan (
    id uuid PRIMARY KEY,
    asked_by uuid NOT NULL,
    as_of date NOT NULL,
    asked jsonb NOT NULL CHECK (jsonb_typeof(asked) = 'object'),
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    answer jsonb CHECK (jsonb_typeof(answer) = 'object'),
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK ((state = 'done') = (answer IS NOT NULL))
);
CREATE INDEX ON training_plan (asked_by, created_at);
CREATE INDEX ON training_plan (created_at);
