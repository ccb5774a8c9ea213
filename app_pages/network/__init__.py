"""Mitt nätverk: who is in it, what it measures, what has been reported, what is new and what is next."""
