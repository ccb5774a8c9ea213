"""Lär av: from a measure to who is like me and better, what they did, how, and where one can go and look."""
