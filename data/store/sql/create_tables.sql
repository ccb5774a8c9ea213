-- Creates the tables that are missing, as data/contracts describes them, and so upgrades an older lake: version 2 added
-- what members report and what evaluations find. DuckLake has no unique keys: writing.py keeps rows unique.
CREATE TABLE IF NOT EXISTS lake.indicator_value (
    kpi_id VARCHAR NOT NULL,
    municipality_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    gender VARCHAR NOT NULL,
    value DOUBLE,
    reason VARCHAR
);

ALTER TABLE lake.indicator_value SET SORTED BY (kpi_id ASC);

CREATE TABLE IF NOT EXISTS lake.kpi (
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    is_divided_by_gender BOOLEAN NOT NULL,
    municipality_type VARCHAR NOT NULL,
    operating_area VARCHAR NOT NULL,
    perspective VARCHAR NOT NULL,
    publication_date VARCHAR,
    prel_publication_date VARCHAR,
    publication_period VARCHAR
);

CREATE TABLE IF NOT EXISTS lake.municipality (
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    type VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS lake.municipality_group (
    group_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS lake.group_member (
    group_id VARCHAR NOT NULL,
    municipality_id VARCHAR NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS lake.level_break (
    kpi_id VARCHAR NOT NULL,
    first_year INTEGER,
    factor DOUBLE NOT NULL,
    share_of_places DOUBLE NOT NULL,
    found_by_run VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS lake.coverage (
    kpi_id VARCHAR NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    municipalities VARCHAR NOT NULL,
    fetched_at VARCHAR NOT NULL
);

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

CREATE TABLE IF NOT EXISTS lake.store_version (version INTEGER NOT NULL);

INSERT INTO lake.store_version SELECT 2 WHERE NOT EXISTS (FROM lake.store_version);

UPDATE lake.store_version SET version = 2 WHERE version < 2;
