"""Administration: people and their roles, and the log of everything that has been changed or refused."""
