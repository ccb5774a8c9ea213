-- Takes away cells that are withdrawn. Earlier releases still hold them.
DELETE FROM lake.reported_value AS kept
USING reported_difference AS difference
WHERE difference.change = 'withdrawn'
    AND kept.measure_id = difference.measure_id
    AND kept.municipality_id = difference.municipality_id
    AND kept.period = difference.period
    AND kept.gender = difference.gender;
