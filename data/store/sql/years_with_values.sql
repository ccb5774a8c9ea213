-- The years in which anybody has a number for a KPI.
SELECT DISTINCT year
FROM lake.indicator_value AT (VERSION => $release)
WHERE kpi_id = $kpi_id AND value IS NOT NULL
ORDER BY year;
