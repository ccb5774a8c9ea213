-- Values of KPIs of which nothing is kept. The table is sorted by KPI as it is written (see
-- create_tables.sql): that is what questions begin with, and sorting further takes half as long again.
INSERT INTO lake.indicator_value
SELECT kpi_id, municipality_id, year, gender, value, reason
FROM staged_value
WHERE NOT is_deleted;
