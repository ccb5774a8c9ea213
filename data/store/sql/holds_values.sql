-- Whether anything is kept at all.
SELECT EXISTS (FROM lake.indicator_value);
