-- Takes away the results that come anew, and all that the upload held before.
DELETE FROM lake.evaluation_result
WHERE upload_id = $upload_id OR result_id IN (SELECT result_id FROM coming_evaluation);
