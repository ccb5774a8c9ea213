"""Översikt: how my municipality stands among those it compares itself with, over a set of measures."""
