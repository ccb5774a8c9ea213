-- Which version of the tables this lake holds.
SELECT max(version) FROM lake.store_version;
