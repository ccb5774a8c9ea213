-- Whether any break in level is kept at a release. Reading a table without files takes several times as long as this.
SELECT count(*) > 0 AS has_any
FROM ducklake_list_files('lake', 'level_break', snapshot_version => $release);
