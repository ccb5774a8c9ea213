"""Mått: one measure in depth."""
