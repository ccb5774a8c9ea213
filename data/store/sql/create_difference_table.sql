-- What a merge will change: nothing so far.
CREATE OR REPLACE TEMP TABLE difference (
    kpi_id VARCHAR,
    municipality_id VARCHAR,
    year INTEGER,
    gender VARCHAR,
    value DOUBLE,
    reason VARCHAR,
    change VARCHAR
);
