-- What members have reported, as known at a release; an empty list of measures or places means all.
FROM lake.reported_value AT (VERSION => $release)
WHERE (len($measure_ids::VARCHAR[]) = 0 OR list_contains($measure_ids::VARCHAR[], measure_id))
    AND (len($municipality_ids::VARCHAR[]) = 0 OR list_contains($municipality_ids::VARCHAR[], municipality_id))
ORDER BY measure_id, municipality_id, period, gender;
