-- Writes what is new and what is changed.
MERGE INTO lake.indicator_value AS kept
USING (FROM difference WHERE change <> 'withdrawn') AS difference
    ON kept.kpi_id = difference.kpi_id
    AND kept.municipality_id = difference.municipality_id
    AND kept.year = difference.year
    AND kept.gender = difference.gender
WHEN MATCHED THEN UPDATE SET value = difference.value, reason = difference.reason
WHEN NOT MATCHED THEN INSERT (kpi_id, municipality_id, year, gender, value, reason)
    VALUES (
        difference.kpi_id, difference.municipality_id, difference.year, difference.gender,
        difference.value, difference.reason
    );
