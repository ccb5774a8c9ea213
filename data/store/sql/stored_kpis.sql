-- How much is kept of each KPI.
SELECT kpi_id, min(year) AS first_year, max(year) AS last_year, count(*) AS row_count, count(value) AS value_count
FROM lake.indicator_value AT (VERSION => $release)
GROUP BY kpi_id
ORDER BY kpi_id;
