-- Whether any value of the KPIs in a batch is kept.
SELECT EXISTS (
    FROM lake.indicator_value
    WHERE kpi_id BETWEEN $first_kpi AND $last_kpi AND kpi_id IN (SELECT kpi_id FROM staged_value)
);
