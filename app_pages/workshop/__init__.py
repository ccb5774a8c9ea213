"""Mätverkstad: a formula with its result at once, and from formula to a proposed measure."""
