-- Takes away what the source has withdrawn. Earlier releases still hold it.
DELETE FROM lake.indicator_value AS kept
USING difference
WHERE difference.change = 'withdrawn'
    AND kept.kpi_id = difference.kpi_id
    AND kept.municipality_id = difference.municipality_id
    AND kept.year = difference.year
    AND kept.gender = difference.gender;
