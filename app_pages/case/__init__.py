"""Exempel: one case as a story, with what the figures say of it, and who else tries it."""
