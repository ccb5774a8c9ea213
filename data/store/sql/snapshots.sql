-- Every commit, rising: when, in whose words, and what it said about itself.
SELECT snapshot_id, snapshot_time, commit_message, commit_extra_info
FROM ducklake_snapshots('lake')
ORDER BY snapshot_id;
