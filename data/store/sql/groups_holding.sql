-- Every group that holds a place, with all its members in the source's order.
SELECT municipality_group.group_id, title, group_member.municipality_id
FROM lake.group_member AT (VERSION => $release) AS mine
JOIN lake.municipality_group AT (VERSION => $release) ON municipality_group.group_id = mine.group_id
JOIN lake.group_member AT (VERSION => $release) ON group_member.group_id = mine.group_id
WHERE mine.municipality_id = $municipality_id
ORDER BY municipality_group.group_id, group_member.position;
