-- Everything that has been done to one cell, rising; whoever reads it must hide what has been suppressed since.
SELECT
    snapshot_id AS number,
    bool_or(change_type IN ('delete', 'update_preimage')) AS was_kept,
    bool_or(change_type IN ('insert', 'update_postimage')) AS is_kept,
    any_value(value) FILTER (change_type IN ('insert', 'update_postimage')) AS value,
    any_value(reason) FILTER (change_type IN ('insert', 'update_postimage')) AS reason,
    any_value(footnote) FILTER (change_type IN ('insert', 'update_postimage')) AS footnote,
    any_value(upload_id) FILTER (change_type IN ('insert', 'update_postimage')) AS upload_id
FROM ducklake_table_changes('lake', 'main', 'reported_value', $first::BIGINT, $newest::BIGINT)
WHERE measure_id = $measure_id
    AND municipality_id = $municipality_id
    AND period = $period
    AND gender = $gender
GROUP BY snapshot_id
ORDER BY snapshot_id;
