"""The effect of a case: series or a panel file → design and checks → effect, evidence, and aims compared with outcomes."""
