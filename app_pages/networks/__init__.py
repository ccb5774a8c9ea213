"""Nätverk: all networks of the country, what they measure, what several share, and creating a new one."""
