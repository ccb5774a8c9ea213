-- Municipalities, regions and Riket as known at a release.
FROM lake.municipality AT (VERSION => $release) ORDER BY id;
