"""What a change did: designs that compare with those who did nothing, and the doubts that each estimate is put to."""
