-- Deletes files that merging has replaced, once nobody can still be reading them.
CALL ducklake_cleanup_old_files('lake', older_than => $before);
