-- Puts the incoming rows in the place of all that is kept.
DELETE FROM lake.coverage;

INSERT INTO lake.coverage BY NAME FROM incoming;
