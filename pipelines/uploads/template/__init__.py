"""The template that a municipality fills in: a workbook and a text file, made for it, its network and a period."""
