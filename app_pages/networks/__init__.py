"""Nätverk: all networks of the country, what they measure, what several share, and founding a new one."""
