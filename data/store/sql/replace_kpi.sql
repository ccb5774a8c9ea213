-- Puts the incoming rows in the place of all that is kept.
DELETE FROM lake.kpi;

INSERT INTO lake.kpi BY NAME FROM incoming;
