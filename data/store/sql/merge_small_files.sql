-- Makes one file of many small neighbours; each release still reads its own rows.
CALL ducklake_merge_adjacent_files('lake');
