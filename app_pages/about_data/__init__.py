"""Om data: what is kept, how fresh it is, and where it comes from."""
