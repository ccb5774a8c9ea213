-- Puts the incoming rows in the place of all that is kept.
DELETE FROM lake.municipality_group;

INSERT INTO lake.municipality_group BY NAME FROM incoming;
