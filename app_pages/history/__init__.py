"""Historik: what has been done to a reported value, and a municipality's files with their states; undoing one."""
