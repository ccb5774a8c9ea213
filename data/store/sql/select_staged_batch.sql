-- The staged rows of some neighbouring KPIs; a row without KPI comes with the first batch, to be refused there.
FROM read_parquet($files)
WHERE kpi_id BETWEEN $first_kpi AND $last_kpi OR (kpi_id IS NULL AND $takes_nameless);
