-- The number of the newest commit: the key by which everything read may be remembered.
SELECT id FROM lake.current_snapshot();
