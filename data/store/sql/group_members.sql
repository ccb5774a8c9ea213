-- Who belongs to one of the source's groups, in the source's order.
SELECT municipality_id
FROM lake.group_member AT (VERSION => $release)
WHERE group_id = $group_id
ORDER BY position;
