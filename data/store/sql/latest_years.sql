-- The latest year in which any municipality has a number; for KPIs that only regions have, any region.
SELECT
    kpi_id,
    coalesce(max(year) FILTER (municipality_id >= '0100'), max(year) FILTER (municipality_id <> '0000')) AS year
FROM lake.indicator_value AT (VERSION => $release)
WHERE kpi_id BETWEEN $first_kpi AND $last_kpi
    AND kpi_id IN (SELECT unnest($kpi_ids::VARCHAR[]))
    AND gender = $gender
    AND value IS NOT NULL
GROUP BY kpi_id
HAVING year IS NOT NULL;
