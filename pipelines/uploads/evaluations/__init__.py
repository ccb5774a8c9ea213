"""Results of projects: a workbook with what was measured before and after → checked → kept beside the figures."""
