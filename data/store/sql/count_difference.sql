-- How many values the difference makes, changes and takes away.
SELECT
    count(*) FILTER (change = 'new'),
    count(*) FILTER (change = 'changed'),
    count(*) FILTER (change = 'withdrawn')
FROM difference;
