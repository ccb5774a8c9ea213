-- Cells that must not be read at any release any longer, since the third of total, women and men would follow: just two of
-- the three can be read, and not both of them as they stand together now (or stood, where nothing is left of the three). What
-- stands together has been protected together. Where nothing was ever suppressed and no basis ever given there is nothing to
-- protect. An empty list of measures or places means all.
WITH events AS (
    SELECT snapshot_id, measure_id, municipality_id, period, gender, value, reason, basis, change_type
    FROM ducklake_table_changes('lake', 'main', 'reported_value', $first::BIGINT, $newest::BIGINT)
    WHERE (len($measure_ids::VARCHAR[]) = 0 OR list_contains($measure_ids::VARCHAR[], measure_id))
        AND (len($municipality_ids::VARCHAR[]) = 0 OR list_contains($municipality_ids::VARCHAR[], municipality_id))
),

cells AS (
    SELECT
        measure_id, municipality_id, period, gender,
        arg_max(value IS NOT NULL, snapshot_id) AS can_be_read
    FROM events
    WHERE change_type IN ('insert', 'update_postimage') AND (value IS NOT NULL OR reason = 'suppressed')
    GROUP BY measure_id, municipality_id, period, gender
),

newest AS (
    SELECT measure_id, municipality_id, period, gender, value IS NOT NULL AS is_number
    FROM lake.reported_value AT (VERSION => $newest)
),

last_touch AS (
    SELECT
        measure_id, municipality_id, period,
        max(snapshot_id) AS snapshot_id,
        bool_or(reason = 'suppressed' OR basis IS NOT NULL) AS has_secrets
    FROM events
    GROUP BY measure_id, municipality_id, period
),

last_cells AS (
    SELECT measure_id, municipality_id, period, gender, value IS NOT NULL AS is_number
    FROM events
    JOIN last_touch USING (measure_id, municipality_id, period, snapshot_id)
    ANTI JOIN newest USING (measure_id, municipality_id, period)
    WHERE change_type = 'delete'
),

standing_together AS (FROM newest UNION ALL FROM last_cells),

looked_at AS (
    SELECT
        cells.*,
        has_secrets,
        coalesce(is_number, FALSE) AS stands,
        count(*) FILTER (can_be_read) OVER (PARTITION BY measure_id, municipality_id, period) AS readable_count
    FROM cells
    JOIN last_touch USING (measure_id, municipality_id, period)
    LEFT JOIN standing_together USING (measure_id, municipality_id, period, gender)
)

SELECT measure_id, municipality_id, period, gender
FROM looked_at
WHERE has_secrets AND readable_count = 2 AND can_be_read AND NOT stands;
