-- Puts the incoming rows in the place of all that is kept.
DELETE FROM lake.municipality;

INSERT INTO lake.municipality BY NAME FROM incoming;
