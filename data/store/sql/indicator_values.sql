-- Values of some KPIs as known at a release; an empty list of years, places or genders means all.
-- The bounds on kpi_id let whole files and row groups be passed over.
SELECT kpi_id, municipality_id, year, gender, value, reason
FROM lake.indicator_value AT (VERSION => $release)
WHERE kpi_id BETWEEN $first_kpi AND $last_kpi
    AND kpi_id IN (SELECT unnest($kpi_ids::VARCHAR[]))
    AND (len($years::INTEGER[]) = 0 OR year IN (SELECT unnest($years::INTEGER[])))
    AND (len($municipality_ids::VARCHAR[]) = 0 OR municipality_id IN (SELECT unnest($municipality_ids::VARCHAR[])))
    AND (len($genders::VARCHAR[]) = 0 OR gender IN (SELECT unnest($genders::VARCHAR[])));
