"""Framgångsbanken: cases to find, as cards with picture, evidence and effect."""
