-- Deletes files that no commit knows: a killed writer left them.
CALL ducklake_delete_orphaned_files('lake', older_than => $before);
