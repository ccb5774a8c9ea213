"""Mått i nätverket: each measure on its road from proposal to retirement, what is said of it, and its versions."""
