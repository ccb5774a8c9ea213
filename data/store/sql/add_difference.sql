-- What the staged rows of a batch would change. Kept rows within the scope that was fetched in full, and that did
-- not come, are withdrawn; not so for a KPI of which nothing came. Unchanged rows are left out, so that they are
-- never rewritten and history stays small.
INSERT INTO difference
WITH kept AS (
    FROM lake.indicator_value
    WHERE kpi_id BETWEEN $first_kpi AND $last_kpi AND kpi_id IN (SELECT kpi_id FROM staged_value)
),

came AS (
    SELECT DISTINCT kpi_id FROM staged_value WHERE kpi_id IN (SELECT unnest($scope_kpi_ids::VARCHAR[]))
),

joined AS (
    SELECT
        coalesce(staged.kpi_id, kept.kpi_id) AS kpi_id,
        coalesce(staged.municipality_id, kept.municipality_id) AS municipality_id,
        coalesce(staged.year, kept.year) AS year,
        coalesce(staged.gender, kept.gender) AS gender,
        staged.value AS value,
        staged.reason AS reason,
        CASE
            WHEN kept.kpi_id IS NULL THEN if(staged.is_deleted, 'unchanged', 'new')
            WHEN staged.is_deleted THEN 'withdrawn'
            WHEN staged.kpi_id IS NULL THEN if(
                kept.kpi_id IN (FROM came)
                AND kept.year IN (SELECT unnest($scope_years::INTEGER[]))
                AND (
                    len($scope_municipality_ids::VARCHAR[]) = 0
                    OR kept.municipality_id IN (SELECT unnest($scope_municipality_ids::VARCHAR[]))
                ),
                'withdrawn',
                'unchanged'
            )
            WHEN staged.value IS DISTINCT FROM kept.value OR staged.reason IS DISTINCT FROM kept.reason THEN 'changed'
            ELSE 'unchanged'
        END AS change
    FROM staged_value AS staged
    FULL JOIN kept
        ON kept.kpi_id = staged.kpi_id
        AND kept.municipality_id = staged.municipality_id
        AND kept.year = staged.year
        AND kept.gender = staged.gender
)

FROM joined WHERE change <> 'unchanged';
