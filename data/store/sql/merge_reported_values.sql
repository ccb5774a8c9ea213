-- Writes the cells that are new and changed.
MERGE INTO lake.reported_value AS kept
USING (FROM reported_difference WHERE change IN ('new', 'changed')) AS difference
    ON kept.measure_id = difference.measure_id
    AND kept.municipality_id = difference.municipality_id
    AND kept.period = difference.period
    AND kept.gender = difference.gender
WHEN MATCHED THEN UPDATE SET
    value = difference.value,
    reason = difference.reason,
    basis = difference.basis,
    footnote = difference.footnote,
    upload_id = difference.upload_id
WHEN NOT MATCHED THEN INSERT (
    measure_id, municipality_id, period, gender, value, reason, basis, footnote, upload_id
) VALUES (
    difference.measure_id, difference.municipality_id, difference.period, difference.gender,
    difference.value, difference.reason, difference.basis, difference.footnote, difference.upload_id
);
