-- Which KPIs came, and how many rows of each.
SELECT kpi_id, count(*) AS row_count
FROM read_parquet($files)
GROUP BY kpi_id
ORDER BY kpi_id NULLS FIRST;
