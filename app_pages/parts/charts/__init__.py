"""Charts, one per file. Each turns results of the domain into a `Chart`; none loads or computes figures."""
