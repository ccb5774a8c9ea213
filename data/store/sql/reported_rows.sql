-- What one municipality has reported of some measures, as it stands within a transaction.
SELECT measure_id, municipality_id, period, gender, value, reason, basis, footnote, upload_id
FROM lake.reported_value
WHERE municipality_id = $municipality_id
    AND list_contains($measure_ids::VARCHAR[], measure_id)
ORDER BY measure_id, period, gender;
