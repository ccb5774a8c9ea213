"""Förändrat: what the last release revised, and any comparison as known then."""
