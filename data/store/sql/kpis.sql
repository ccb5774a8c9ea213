-- The catalogue as known at a release.
FROM lake.kpi AT (VERSION => $release) ORDER BY id;
