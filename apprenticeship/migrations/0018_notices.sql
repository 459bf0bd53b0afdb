-- Notices are read off rows that are there anyway; kept are only how far somebody has read, and what letters they want.

CREATE TABLE notice_read (
    person uuid PRIMARY KEY REFERENCES person ON DELETE RESTRICT,
    up_to timestamptz NOT NULL
);

-- An address gets letters once its owner has shown that they read it. Wanting none deletes the row: it is personal.
CREATE TABLE notice_wish (
    person uuid PRIMARY KEY REFERENCES person ON DELETE RESTRICT,
    often text NOT NULL CHECK (often IN ('daily', 'weekly')),
    address text NOT NULL CHECK (length(address) <= 254),
    asked_at timestamptz NOT NULL,
    token_sha256 bytea CHECK (length(token_sha256) = 32),
    confirmed_at timestamptz,
    -- what is older was in a letter, or lies before the first
    told_up_to timestamptz,
    CHECK ((confirmed_at IS NULL) = (told_up_to IS NULL))
);
