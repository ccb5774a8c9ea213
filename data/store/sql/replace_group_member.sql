-- Puts the incoming rows in the place of all that is kept.
DELETE FROM lake.group_member;

INSERT INTO lake.group_member BY NAME FROM incoming;
