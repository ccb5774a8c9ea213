-- Whether a table holds anything at a release. Reading a table without files takes several times as long as this.
SELECT count(*) > 0 FROM ducklake_list_files('lake', $table, snapshot_version => $release);
