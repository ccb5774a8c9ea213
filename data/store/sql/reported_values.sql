-- What members have reported, as known at a release; an empty list of measures or places means all. What was
-- suppressed in a later release is hidden in this one too, or it would give the value away, unless the newest shows
-- that very value.
WITH hidden_later AS (
    SELECT DISTINCT measure_id, municipality_id, period, gender
    FROM ducklake_table_changes('lake', 'main', 'reported_value', $release::BIGINT, $newest::BIGINT)
    WHERE snapshot_id > $release
        AND change_type IN ('insert', 'update_postimage')
        AND reason = 'suppressed'
),

known AS (
    FROM lake.reported_value AT (VERSION => $release)
    WHERE (len($measure_ids::VARCHAR[]) = 0 OR list_contains($measure_ids::VARCHAR[], measure_id))
        AND (len($municipality_ids::VARCHAR[]) = 0 OR list_contains($municipality_ids::VARCHAR[], municipality_id))
),

newest AS (FROM lake.reported_value AT (VERSION => $newest)),

looked_at AS (
    SELECT
        known.*,
        known.value IS NOT NULL
        AND hidden_later.measure_id IS NOT NULL
        AND known.value IS DISTINCT FROM newest.value AS is_hidden
    FROM known
    LEFT JOIN hidden_later USING (measure_id, municipality_id, period, gender)
    LEFT JOIN newest USING (measure_id, municipality_id, period, gender)
)

SELECT
    measure_id, municipality_id, period, gender,
    if(is_hidden, NULL, value) AS value,
    if(is_hidden, 'suppressed', reason) AS reason,
    if(is_hidden, NULL, basis) AS basis,
    if(is_hidden, '', footnote) AS footnote,
    upload_id
FROM looked_at
ORDER BY measure_id, municipality_id, period, gender;
