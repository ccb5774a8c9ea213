-- How many results an upload holds.
SELECT count(*) FROM lake.evaluation_result WHERE upload_id = $upload_id;
