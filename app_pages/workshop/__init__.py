"""Mätverkstad: a formula with its result at once, and the way from formula to proposed measure."""
