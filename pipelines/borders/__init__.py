"""The road of real borders: a GeoJSON file of an administrator's → checked, simplified → kept beside the figures."""
