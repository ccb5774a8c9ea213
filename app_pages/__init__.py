"""The screens. A folder is a page (choose, load, show, and `page.py`, its table of contents); `parts` is shared."""
