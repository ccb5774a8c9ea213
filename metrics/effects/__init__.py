"""What a change did: designs that compare with those who did nothing, and the checks that test each estimate."""
