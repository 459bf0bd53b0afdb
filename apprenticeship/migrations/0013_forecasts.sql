-- Forecasts as they were: one for an employer and a quarter, so that what came can be held against what was foreseen.

CREATE TABLE kept_forecast (
    id uuid PRIMARY KEY,
    employer uuid NOT NULL REFERENCES organisation ON DELETE RESTRICT,
    quarter date NOT NULL CHECK (quarter = date_trunc('quarter', quarter)::date),
    as_of date NOT NULL,
    made_at timestamptz NOT NULL,
    -- nobody: the schedule
    made_by uuid REFERENCES person ON DELETE RESTRICT,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    UNIQUE (employer, quarter),
    CHECK (as_of >= quarter AND as_of < quarter + interval '3 months')
);
CREATE INDEX ON kept_forecast (made_by);

CREATE TRIGGER kept_forecast_kept BEFORE UPDATE OR DELETE ON kept_forecast
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_forecast_whole BEFORE TRUNCATE ON kept_forecast
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
