-- What is kept of one member, in the order of its key.
FROM lake.reported_value
WHERE municipality_id = $municipality_id
ORDER BY measure_id, period, gender;
