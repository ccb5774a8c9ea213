-- Makes one file of many small neighbours; each release still reads its own rows. Large files are left, since they
-- are already in order and would have to be sorted anew.
CALL ducklake_merge_adjacent_files('lake', max_file_size => 1000000);
