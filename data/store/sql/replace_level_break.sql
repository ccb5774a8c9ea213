-- Puts the incoming rows in the place of all that is kept.
DELETE FROM lake.level_break;

INSERT INTO lake.level_break BY NAME FROM incoming;
