-- Version 2 keeps what members report themselves and what evaluations have found.
CREATE TABLE IF NOT EXISTS lake.reported_value (
    measure_id VARCHAR NOT NULL,
    municipality_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    gender VARCHAR NOT NULL,
    value DOUBLE,
    reason VARCHAR,
    basis DOUBLE,
    footnote VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS lake.evaluation_result (
    result_id VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    municipality_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    measure_text VARCHAR NOT NULL,
    before DOUBLE,
    after DOUBLE,
    unit VARCHAR NOT NULL,
    before_day VARCHAR NOT NULL,
    after_day VARCHAR NOT NULL,
    person_count BIGINT,
    method VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS lake.reported_turn (number BIGINT NOT NULL);

INSERT INTO lake.reported_turn SELECT 0 WHERE NOT EXISTS (FROM lake.reported_turn);

UPDATE lake.store_version SET version = 2;
