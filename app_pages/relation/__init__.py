"""Samband: the relation between two measures."""
