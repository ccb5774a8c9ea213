-- What has been asked for so far, one row a KPI.
FROM lake.coverage ORDER BY kpi_id;
