"""Om data: which data are stored, how fresh they are, and where they come from."""
