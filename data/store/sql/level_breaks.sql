-- Breaks in level; an empty list of KPIs means all.
FROM lake.level_break AT (VERSION => $release)
WHERE len($kpi_ids::VARCHAR[]) = 0 OR kpi_id IN (SELECT unnest($kpi_ids::VARCHAR[]))
ORDER BY kpi_id, first_year NULLS FIRST;
