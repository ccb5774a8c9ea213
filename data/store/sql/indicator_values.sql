-- Values of some KPIs as known at a release; an empty list of years, places or genders means all. In years_of_all_places every
-- place is returned, whatever the list of places.
-- The bounds on kpi_id let whole files and row groups be passed over. The lists are short: looking a row up in one is
-- quicker than joining with it.
SELECT kpi_id, municipality_id, year, gender, value, reason
FROM lake.indicator_value AT (VERSION => $release)
WHERE kpi_id BETWEEN $first_kpi AND $last_kpi
    AND ($first_kpi = $last_kpi OR list_contains($kpi_ids::VARCHAR[], kpi_id))
    AND (len($years::INTEGER[]) = 0 OR list_contains($years::INTEGER[], year))
    AND (
        len($municipality_ids::VARCHAR[]) = 0
        OR municipality_id IN (SELECT unnest($municipality_ids::VARCHAR[]))
        OR list_contains($years_of_all_places::INTEGER[], year)
    )
    AND (len($genders::VARCHAR[]) = 0 OR list_contains($genders::VARCHAR[], gender));
