-- Every change to reported values up to a commit, oldest first; an empty list of measures or places means all.
SELECT
    snapshot_id, change_type, measure_id, municipality_id, period, gender, value, reason, basis, footnote, upload_id
FROM ducklake_table_changes('lake', 'main', 'reported_value', $first::BIGINT, $newest::BIGINT)
WHERE (len($measure_ids::VARCHAR[]) = 0 OR list_contains($measure_ids::VARCHAR[], measure_id))
    AND (len($municipality_ids::VARCHAR[]) = 0 OR list_contains($municipality_ids::VARCHAR[], municipality_id))
ORDER BY snapshot_id, measure_id, municipality_id, period, gender;
