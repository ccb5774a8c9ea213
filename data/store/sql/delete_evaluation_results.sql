-- Takes away an upload's results. Earlier releases still hold them.
DELETE FROM lake.evaluation_result WHERE upload_id = $upload_id;
