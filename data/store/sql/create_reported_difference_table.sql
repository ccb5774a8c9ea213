-- What the coming cells would change. Unchanged ones are left alone, so that history stays small.
CREATE OR REPLACE TEMP TABLE reported_difference AS
SELECT
    coming.* EXCLUDE (is_deleted),
    CASE
        WHEN kept.measure_id IS NULL THEN if(is_deleted, 'nothing', 'new')
        WHEN is_deleted THEN 'withdrawn'
        WHEN (coming.value, coming.reason, coming.basis, coming.footnote, coming.upload_id)
            IS DISTINCT FROM (kept.value, kept.reason, kept.basis, kept.footnote, kept.upload_id) THEN 'changed'
        ELSE 'unchanged'
    END AS change
FROM coming_reported AS coming
LEFT JOIN lake.reported_value AS kept
    ON kept.measure_id = coming.measure_id
    AND kept.municipality_id = coming.municipality_id
    AND kept.period = coming.period
    AND kept.gender = coming.gender;
