"""The pipeline of real borders: an administrator's GeoJSON file → checked, simplified → stored beside the figures."""
