-- Puts the incoming rows in the place of all rows of a table, which is named in the braces since no parameter can name it.
DELETE FROM lake.{table};

INSERT INTO lake.{table} BY NAME FROM incoming;
