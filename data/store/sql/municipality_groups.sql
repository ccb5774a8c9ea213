-- The source's own groups and how many members each has.
SELECT municipality_group.group_id, title, count(group_member.group_id) AS member_count
FROM lake.municipality_group AT (VERSION => $release)
LEFT JOIN lake.group_member AT (VERSION => $release) ON group_member.group_id = municipality_group.group_id
GROUP BY ALL
ORDER BY title, municipality_group.group_id;
