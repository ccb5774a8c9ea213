"""Liknande kommuner: who is like mine, by variables and weights that the reader chooses."""
