"""Mått i nätverket: the life of each measure from proposal to retirement, its discussion, and its versions."""
