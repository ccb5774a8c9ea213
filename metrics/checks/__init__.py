"""Whether a value that somebody hands in is likely: against its own past, against others, against what is published.

Every method takes arrays and says which values stand out and what would not have. None of them says that a value is
wrong: it asks for an explanation.
"""
