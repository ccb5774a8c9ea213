-- What evaluations have found, as known at a release; an empty list of measures or places means all.
FROM lake.evaluation_result AT (VERSION => $release)
WHERE (len($measure_ids::VARCHAR[]) = 0 OR list_contains($measure_ids::VARCHAR[], measure_id))
    AND (len($municipality_ids::VARCHAR[]) = 0 OR list_contains($municipality_ids::VARCHAR[], municipality_id))
ORDER BY project, municipality_id, result_id;
