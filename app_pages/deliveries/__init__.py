"""Rapporteringsläge: who of a network has delivered what, what is to be read, and whom to remind."""
