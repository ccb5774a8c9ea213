-- How many of the rows of a batch are values to keep.
SELECT count(*) FROM staged_value WHERE NOT is_deleted;
