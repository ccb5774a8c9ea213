-- Whether any value at all is kept.
SELECT EXISTS (FROM lake.indicator_value);
