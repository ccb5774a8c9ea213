-- How many cells the difference makes, changes, leaves and takes away.
SELECT
    count(*) FILTER (change = 'new'),
    count(*) FILTER (change = 'changed'),
    count(*) FILTER (change = 'unchanged'),
    count(*) FILTER (change = 'withdrawn')
FROM reported_difference;
