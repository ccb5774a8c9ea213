"""Charts: one a file. Each takes results of the domain and gives a `Chart`; none loads or computes figures."""
