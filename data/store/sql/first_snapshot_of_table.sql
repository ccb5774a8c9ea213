-- The commit that made a table; none if it is not made.
SELECT min(snapshot_id)
FROM ducklake_snapshots('lake')
WHERE list_contains(changes['tables_created'], 'main.' || $table);
