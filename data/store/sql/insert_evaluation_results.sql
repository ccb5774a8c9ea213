-- Writes the results that have come.
INSERT INTO lake.evaluation_result BY NAME FROM coming_evaluation;
