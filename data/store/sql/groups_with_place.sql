-- Every group that holds a place, with all its members in the source's order.
WITH members AS (FROM lake.group_member AT (VERSION => $release)),

titles AS (FROM lake.municipality_group AT (VERSION => $release))

SELECT group_id, title, members.municipality_id
FROM members AS mine
JOIN titles USING (group_id)
JOIN members USING (group_id)
WHERE mine.municipality_id = $municipality_id
ORDER BY group_id, members.position;
