"""How fast and how large: the product against bare tools within one run, so that the machine cancels out."""
