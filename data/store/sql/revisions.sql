-- What the commits after one release, up to another, did to the values, netted to one row a cell: a cell changed
-- twice is one revision, a cell changed and changed back is none. An empty list of KPIs means all.
WITH changes AS (
    SELECT
        snapshot_id, kpi_id, municipality_id, year, gender, value, reason,
        change_type IN ('delete', 'update_preimage') AS is_before
    FROM ducklake_table_changes('lake', 'main', 'indicator_value', $first_snapshot::BIGINT, $last_snapshot::BIGINT)
    WHERE len($kpi_ids::VARCHAR[]) = 0 OR kpi_id IN (SELECT unnest($kpi_ids::VARCHAR[]))
),

touched AS (
    SELECT
        kpi_id, municipality_id, year, gender,
        min(snapshot_id) AS first_touch,
        max(snapshot_id) AS last_touch
    FROM changes
    GROUP BY kpi_id, municipality_id, year, gender
),

net AS (
    SELECT
        kpi_id, municipality_id, year, gender,
        bool_or(is_before AND snapshot_id = first_touch) AS was_kept,
        any_value(value) FILTER (is_before AND snapshot_id = first_touch) AS old_value,
        any_value(reason) FILTER (is_before AND snapshot_id = first_touch) AS old_reason,
        bool_or(NOT is_before AND snapshot_id = last_touch) AS is_kept,
        any_value(value) FILTER (NOT is_before AND snapshot_id = last_touch) AS new_value,
        any_value(reason) FILTER (NOT is_before AND snapshot_id = last_touch) AS new_reason
    FROM changes
    JOIN touched USING (kpi_id, municipality_id, year, gender)
    GROUP BY kpi_id, municipality_id, year, gender
)

SELECT
    kpi_id, municipality_id, year, gender, old_value, old_reason, new_value, new_reason,
    CASE WHEN NOT was_kept THEN 'new' WHEN NOT is_kept THEN 'withdrawn' ELSE 'changed' END AS change
FROM net
WHERE was_kept <> is_kept
    OR (was_kept AND (old_value IS DISTINCT FROM new_value OR old_reason IS DISTINCT FROM new_reason))
ORDER BY kpi_id, year, municipality_id, gender;
