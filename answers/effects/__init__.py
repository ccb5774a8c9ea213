"""What a case did, on the figures: series or a panel file → design and doubts → effect, evidence, aims against outcome."""
