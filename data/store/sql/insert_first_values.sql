-- The first load: sorted, so that later one KPI is one place in the files.
INSERT INTO lake.indicator_value
SELECT kpi_id, municipality_id, year, gender, value, reason
FROM read_parquet($files)
WHERE NOT is_deleted
ORDER BY kpi_id, year, municipality_id, gender;
