"""Samband: two measures against each other."""
